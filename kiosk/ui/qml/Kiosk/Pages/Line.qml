// Where to work: the places as stops on the line of a station, by the minutes it takes to get there.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

WorkerPage {
    id: page

    readonly property real stripHeight: views.line.hasStations ? Theme.px(Theme.low ? 244 : Theme.large ? 268 : 232) : 0
    readonly property real lineTop: touchTop + stripHeight + Theme.px(Theme.landscape ? 20 : 28)
    readonly property real room: bodyBottom - bodyTop - lineTop - Theme.px(Theme.landscape ? 24 : 0)

    title: qsTrId("finding.line.title")
    aloft: "ui/line"
    foot.goLabel: views.line.goLabel
    foot.goReady: views.line.isReady
    foot.secondaryIcon: "ui/near_me"
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
        y: page.touchTop
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
    // The line itself, behind its stops: it begins at the station and goes on where more stops follow. In the
    // low position it runs down twice, from the foot of the first piece to the head of the second.
    Repeater {
        model: stops.columns === 2 && stops.count > 3 ? 2 : 1

        Rectangle {
            id: track
            required property int index
            readonly property int first: 3 * index
            readonly property int last: stops.columns === 2 ? Math.min(stops.count, first + 3) : stops.count
            readonly property bool goesOn: last < stops.count || page.views.line.canTurnDown
            readonly property real start: index === 0 && page.views.line.begins ? stops.pitch / 2 : 0
            readonly property real end: stops.pitch * (last - first - (goesOn ? 0 : 0.5))
            readonly property real thick: Theme.px(14)
            visible: page.views.line.hasStops
            x: Theme.landscape ? stops.x + start : stops.x + index * (stops.stopWidth + stops.spacing) + stops.axis - thick / 2
            y: Theme.landscape ? page.lineTop + Theme.px(44) - thick / 2 : page.lineTop + start
            width: Theme.landscape ? end - start : thick
            height: Theme.landscape ? thick : end - start
            color: Theme.ink
        }
    }
    Grid {
        id: stops
        x: Theme.px(48)
        y: page.lineTop
        columns: Theme.landscape ? 6 : Theme.low ? 2 : 1
        flow: Theme.low ? Grid.TopToBottom : Grid.LeftToRight
        rows: Theme.landscape ? 1 : Theme.low ? 3 : 6
        spacing: Theme.px(Theme.landscape ? 24 : 20)
        readonly property int count: places.count
        readonly property int inLine: Theme.landscape ? columns : rows
        readonly property real length: Theme.landscape ? page.width - 2 * x : page.room
        readonly property real across: (length - (inLine - 1) * spacing) / inLine
        readonly property real pitch: across + spacing
        readonly property real stopWidth: Theme.landscape ? across : (page.width - 2 * x - (columns - 1) * spacing) / columns
        readonly property real axis: Theme.px(Theme.low ? 40 : 60)

        Repeater {
            id: places
            model: page.views.line.stops

            LineStop {
                required property int index
                objectName: "stop." + index
                width: stops.stopWidth
                isTight: Theme.low
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
