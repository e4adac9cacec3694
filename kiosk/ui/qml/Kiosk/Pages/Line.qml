// Where to work: the places as stops on the line of a station, by the minutes it takes to get there.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

WorkerPage {
    id: page

    readonly property real stripHeight: views.line.hasStations ? Theme.px(Theme.large ? 268 : 232) : 0
    readonly property real lineTop: stripHeight + Theme.px(Theme.landscape ? 20 : 28)
    readonly property real room: bodyBottom - bodyTop - lineTop - Theme.px(Theme.landscape ? 24 : 0)

    title: qsTrId("finding.line.title")
    foot.goLabel: views.line.goLabel
    foot.goReady: views.line.isReady
    foot.secondaryLabel: views.line.hasPages ? "" : qsTrId("finding.line.any")
    foot.upLabel: views.line.hasPages ? qsTrId("finding.line.up") : ""
    foot.downLabel: views.line.hasPages ? qsTrId("finding.line.down") : ""
    foot.canTurnUp: !views.line.begins
    foot.canTurnDown: views.line.canTurnDown
    onGo: views.line.see()
    onSecondary: views.line.anywhere()
    onTurnUp: views.line.turn(-1)
    onTurnDown: views.line.turn(1)

    Rectangle {
        width: page.width
        height: page.stripHeight
        visible: page.views.line.hasStations
        color: Theme.paper

        Row {
            anchors.centerIn: parent
            spacing: Theme.px(40)

            Repeater {
                model: page.views.line.stations

                StationTab {
                    required property int index
                    required property string station
                    objectName: "station." + index
                    height: page.stripHeight - Theme.px(36)
                    onTapped: page.views.line.open(station)
                }
            }
        }
    }
    // The line itself, behind its stops: it begins at the station and goes on where more stops follow.
    Rectangle {
        id: track
        readonly property real start: page.views.line.begins ? stops.pitch / 2 : 0
        readonly property real end: stops.pitch * (stops.count - (page.views.line.canTurnDown ? 0 : 0.5))
        readonly property real thick: Theme.px(14)
        visible: page.views.line.hasStops
        x: Theme.landscape ? stops.x + start : stops.x + Theme.px(60) - thick / 2
        y: Theme.landscape ? page.lineTop + Theme.px(44) - thick / 2 : page.lineTop + start
        width: Theme.landscape ? end - start : thick
        height: Theme.landscape ? thick : end - start
        color: Theme.ink
    }
    Grid {
        id: stops
        x: Theme.px(48)
        y: page.lineTop
        columns: Theme.landscape ? 6 : 1
        spacing: Theme.px(Theme.landscape ? 24 : 20)
        readonly property int count: places.count
        readonly property real length6: Theme.landscape ? page.width - 2 * x : page.room
        readonly property real across: (length6 - 5 * spacing) / 6
        readonly property real pitch: across + spacing

        Repeater {
            id: places
            model: page.views.line.stops

            LineStop {
                required property int index
                objectName: "stop." + index
                width: Theme.landscape ? stops.across : page.width - 2 * stops.x
                height: Theme.landscape ? page.room : stops.across
                unit: qsTrId("finding.line.unit")
                onTapped: page.views.line.choose(town)
            }
        }
    }
    FigureNote {
        anchors.centerIn: parent
        visible: !page.views.line.hasStops
        width: page.width - Theme.px(Theme.landscape ? 700 : 96)
        figure: "ui/line"
        words: qsTrId("finding.line.nothing")
        note: qsTrId("finding.line.nothing_note")
    }
}
