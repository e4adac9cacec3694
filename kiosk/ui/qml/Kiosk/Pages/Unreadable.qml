// The reader gave up on the card: why, and what helps.

FigurePage {
    title: qsTrId("ui.unreadable.title")
    refusal: true
    figure: "pictograms/laycard"
    words: views.notice.sentence
    note: qsTrId("ui.unreadable.again")
    foot.goLabel: qsTrId("ui.unreadable.go")
    onGo: views.visit.go()
}
