// The printer holds the slip out: take it, before the machine draws it back in.

FigurePage {
    title: qsTrId("ui.take_slip.title")
    isOnRoute: true
    at: "slip"
    family: views.slip.family
    hasClass: views.slip.hasClass
    hasCoach: views.slip.hasCoach
    figure: "pictograms/takeslip"
    words: qsTrId("ui.take_slip.words")
    note: qsTrId("ui.take_slip.note")
    foot.goLabel: qsTrId("ui.take_slip.waiting")
    foot.goReady: false
    foot.goIcon: ""
}
