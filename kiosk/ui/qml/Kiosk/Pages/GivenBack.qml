// The place is given back; its paper goes to the window, so that somebody else can have the place.

FigurePage {
    title: qsTrId("hiring.given_back.title")
    figure: "pictograms/slip_back"
    words: qsTrId("hiring.given_back.done")
    note: qsTrId("hiring.given_back.note")
    foot.goLabel: qsTrId("hiring.given_back.go")
    foot.goIcon: "ui/tick"
    onGo: views.visit.go()
}
