// A page on the way from choosing work to boarding: the route is drawn above it in the colour of the work.
WorkerPage {
    property string at: "choose"
    // No stop is drawn, and none is ticked, that this way does not have.
    property bool hasClass: false
    property bool hasCoach: true
    property bool isOnRoute: true
    readonly property list<string> names: ["choose"].concat(hasClass ? ["safety"] : [], ["confirm", "slip", "end"])

    stops: isOnRoute ? [qsTrId("ui.stop.choose")].concat(hasClass ? [qsTrId("ui.stop.safety")] : [], [qsTrId("ui.stop.confirm"), qsTrId("ui.stop.slip"), hasCoach ? qsTrId("ui.stop.board") : qsTrId("ui.stop.work")]) : []
    stop: names.indexOf(at)
}
