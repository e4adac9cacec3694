// Another number to call, or none from now on.
AskPhone {
    foot.goLabel: qsTrId("own.phone.done")
    foot.secondaryLabel: qsTrId("own.phone.none")
}
