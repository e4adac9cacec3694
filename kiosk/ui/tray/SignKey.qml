// A small key on the black sign.
import QtQuick
import Kiosk.Kit

Touch {
    id: key

    implicitWidth: Theme.px(176)
    implicitHeight: Theme.px(88)

    Rectangle {
        anchors.fill: parent
        radius: Theme.px(16)
        color: key.pressed ? Theme.paper : Theme.key

        FitWords {
            anchors.centerIn: parent
            room: key.width - Theme.px(24)
            text: key.label
            step: Theme.noteStep
            color: key.pressed ? Theme.ink : Theme.paper
        }
    }
}
