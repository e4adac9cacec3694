// The day as a line of stops with counts above; what hangs beside the line stands apart at its end.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Desk
import Kiosk.Kit

Rectangle {
    id: line

    required property AdminView admin
    readonly property real step: width / Math.max(1, admin.stopCount)

    implicitHeight: Theme.px(216)
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

            x: index * line.step
            width: line.step
            height: line.height

            Rectangle {
                x: stop.width / 2
                y: Theme.px(142) - height / 2
                width: stop.isOnWay && stop.index < 2 ? line.step : 0
                height: Theme.px(12)
                color: Theme.ink
            }
            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                y: Theme.px(142) - height / 2
                width: Theme.px(stop.isOnWay ? 40 : 36)
                height: width
                radius: width / 2
                color: stop.isOnWay ? Theme.ink : Theme.paper
                border { width: Theme.px(stop.isOnWay ? 0 : 7); color: Theme.off }
            }
            Words {
                anchors.horizontalCenter: parent.horizontalCenter
                y: Theme.px(14)
                text: stop.count
                font.pixelSize: Theme.px(80)
                weight: Theme.black
                color: stop.isOnWay || stop.count !== "0" ? Theme.ink : Theme.mute
            }
            FitWords {
                x: (stop.width - width) / 2
                y: Theme.px(162)
                room: stop.width - Theme.px(12)
                smallest: Theme.px(26)
                text: stop.word
                step: 34
                weight: Theme.bold
            }
        }
    }
}
