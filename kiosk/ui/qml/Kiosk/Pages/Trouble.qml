// Something failed that the person has no part in: what it was, and that an attendant helps.

FigurePage {
    title: qsTrId("ui.trouble.title")
    refusal: true
    figure: "pictograms/call"
    words: qsTrId("ui.trouble.words")
    note: views.notice.sentence
    foot.goLabel: qsTrId("ui.trouble.go")
    onGo: views.visit.go()
}
