// What could go is gone; what law holds is locked away. The card goes home with its owner.

FigurePage {
    title: qsTrId("own.data.title")
    figure: "pictograms/takecard"
    words: qsTrId("own.erased.words")
    note: views.notice.sentence
    foot.goLabel: qsTrId("own.erased.go")
    foot.goIcon: "ui/tick"
    onGo: views.visit.go()
}
