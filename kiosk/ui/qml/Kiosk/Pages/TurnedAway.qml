// The visit ends before it began: too young, or the person said no. The card goes home with its owner.

FigurePage {
    title: qsTrId("ui.turned_away.title")
    figure: "pictograms/takecard"
    words: qsTrId("ui.goodbye.take_card")
    note: views.notice.sentence
    foot.goLabel: qsTrId("ui.turned_away.go")
    foot.goIcon: "ui/tick"
    onGo: views.visit.go()
}
