// The card is being read; it takes about a second.

FigurePage {
    title: qsTrId("ui.reading.title")
    figure: "pictograms/restcard"
    words: qsTrId("ui.reading.words")
    note: qsTrId("ui.reading.note")
    foot.goLabel: qsTrId("ui.reading.waiting")
    foot.goReady: false
    foot.goIcon: ""
}
