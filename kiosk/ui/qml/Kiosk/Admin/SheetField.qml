// What is being keyed: the text so far, the syllable behind it, and the caret.
import QtQuick
import Kiosk.Kit

Rectangle {
    id: field

    required property string text
    required property string spelled

    implicitHeight: Theme.px(132)
    radius: Theme.px(20)
    color: Theme.paper
    border { width: Theme.px(8); color: Theme.ink }

    Row {
        x: Theme.px(36)
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.px(10)

        FitWords {
            anchors.verticalCenter: parent.verticalCenter
            room: field.width - Theme.px(100) - syllable.width
            lines: text.length > 16 ? 2 : 1
            smallest: Theme.px(34)
            text: field.text
            step: 72
            weight: Theme.black
        }
        Words {
            id: syllable
            anchors.verticalCenter: parent.verticalCenter
            text: field.spelled
            step: 56
            weight: Theme.medium
            color: Theme.mute
        }
        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.px(7)
            height: Theme.px(76)
            color: Theme.ink
        }
    }
}
