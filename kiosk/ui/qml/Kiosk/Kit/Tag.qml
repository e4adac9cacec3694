// A word in a box: the payday of a job.
import QtQuick

Rectangle {
    id: tag

    required property string text
    property real size: Theme.px(60)
    property real room: Theme.px(320)

    implicitHeight: size
    implicitWidth: word.width + Theme.px(36)
    radius: Theme.px(12)
    color: "transparent"
    border { width: Theme.px(5); color: Theme.ink }

    FitWords {
        id: word
        anchors.centerIn: parent
        room: tag.room - Theme.px(36)
        text: tag.text
        step: Theme.secondStep
        weight: Theme.black
    }
}
