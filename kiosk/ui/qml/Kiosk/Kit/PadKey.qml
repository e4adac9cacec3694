// A key of the number pad or the letters: a sign or a word on a white plate.
import QtQuick

Touch {
    id: key

    property string icon: ""
    property real step: 120

    Rectangle {
        anchors.fill: parent
        radius: Theme.px(20)
        color: key.pressed ? Theme.ink : Theme.paper
        border { width: Theme.edge; color: Theme.ink }
    }
    FitWords {
        anchors.centerIn: parent
        visible: key.icon.length === 0
        room: key.width - Theme.px(16)
        text: key.label
        step: key.step
        weight: Theme.black
        color: key.pressed ? Theme.paper : Theme.ink
    }
    Icon {
        anchors.centerIn: parent
        name: key.icon
        size: Theme.px(96)
        tint: key.pressed ? Theme.paper : Theme.ink
    }
}
