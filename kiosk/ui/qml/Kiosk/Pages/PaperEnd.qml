// What became of a ticket, receipt or pass; the way goes on to the greeting.

FigurePage {
    title: qsTrId("ui.papers.title")
    figure: views.papers.endFigure
    words: views.papers.endWords
    note: views.papers.endNote
    foot.goLabel: qsTrId("ui.papers.go_on")
    onGo: views.visit.go()
}
