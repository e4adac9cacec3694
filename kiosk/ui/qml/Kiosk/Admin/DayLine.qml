// The day as a line of stops with counts above; what nobody knows yet lies ahead, other ends stand apart.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Desk
import Kiosk.Kit

Rectangle {
    id: line

    required property AdminView admin
    readonly property real step: width / Math.max(1, admin.stopCount)

    implicitHeight: Theme.px(200)
    radius: Theme.px(20)
    color: Theme.paper

    Repeater {
        model: line.admin.stops

        Item {
            id: stop
            required property int index
            required property string word
            required property string count
            required property bool isOnWay
            required property bool isKnown
            required property string leads
            readonly property bool isReached: isOnWay && isKnown

            x: index * line.step
            width: line.step
            height: line.height

            Rectangle {
                x: stop.width / 2
                y: Theme.px(128) - height / 2
                width: stop.leads.length > 0 ? line.step : 0
                height: Theme.px(12)
                color: stop.leads === "travelled" ? Theme.ink : Theme.rule
            }
            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                y: Theme.px(128) - height / 2
                width: Theme.px(stop.isReached ? 40 : 36)
                height: width
                radius: width / 2
                color: stop.isReached ? Theme.ink : Theme.paper
                border { width: Theme.px(stop.isReached ? 0 : 7); color: Theme.off }
            }
            FitWords {
                x: (stop.width - width) / 2
                y: Theme.px(2) + (Theme.px(104) - height) / 2
                room: stop.width - Theme.px(28)
                smallest: Theme.px(36)
                text: stop.count
                step: Theme.large ? 60 : Theme.landscape ? 80 : 68
                weight: Theme.black
                color: stop.isReached || !(stop.isOnWay || stop.count === "0") ? Theme.ink : Theme.mute
            }
            FitWords {
                x: (stop.width - width) / 2
                y: Theme.px(146)
                room: stop.width - Theme.px(16)
                smallest: Theme.px(26)
                text: stop.word
                step: Theme.large && !Theme.landscape ? 28 : 34
                weight: Theme.bold
            }
        }
    }
}
