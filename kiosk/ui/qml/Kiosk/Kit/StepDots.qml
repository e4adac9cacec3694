// How far one is within a stop: done, wrong, now, ahead; the same in words beside it.
pragma ComponentBehavior: Bound
import QtQuick

Row {
    id: dots

    // Rows of DotFace.
    required property QtObject marks
    required property string words
    required property real room
    readonly property real dot: Math.min(Theme.px(56), (room - repeater.count * Theme.px(14)) / Math.max(1, repeater.count + 7))

    spacing: Theme.px(14)

    Repeater {
        id: repeater
        model: dots.marks

        Item {
            id: place
            required property string mark
            readonly property bool isOver: mark === "done" || mark === "wrong"

            width: dots.dot
            height: dots.dot

            Rectangle {
                anchors.fill: parent
                radius: width / 2
                color: place.isOver || place.mark === "now" ? Theme.ink : Theme.off

                Rectangle {
                    anchors.centerIn: parent
                    visible: !place.isOver
                    width: Math.round(dots.dot * (place.mark === "now" ? 0.54 : 0.76))
                    height: width
                    radius: width / 2
                    color: place.mark === "now" ? Theme.paper : Theme.ground
                }
                Icon {
                    anchors.centerIn: parent
                    visible: place.isOver
                    name: place.mark === "wrong" ? "ui/cross" : "ui/tick"
                    size: Math.round(dots.dot * 0.62)
                    tint: Theme.paper
                }
            }
        }
    }
    FitWords {
        anchors.verticalCenter: parent.verticalCenter
        leftPadding: Theme.px(18)
        room: dots.room - repeater.count * (dots.dot + dots.spacing)
        text: dots.words
        step: Theme.secondStep
        weight: Theme.bold
    }
}
