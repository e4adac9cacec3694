// The printer has no paper, or could not begin.
SlipTrouble {
    title: qsTrId("ui.slip.paper_out_title")
    figure: "pictograms/paperout"
}
