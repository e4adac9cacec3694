// Day work or steady work, asked anew.
AskSpan {
    foot.secondaryLabel: qsTrId("own.span.same")
}
