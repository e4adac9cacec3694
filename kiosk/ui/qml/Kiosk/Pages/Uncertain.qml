// Nobody knows whether the paper came out, and nobody pretends to know.
SlipTrouble {
    title: qsTrId("ui.slip.uncertain_title")
    figure: "ui/print"
}
