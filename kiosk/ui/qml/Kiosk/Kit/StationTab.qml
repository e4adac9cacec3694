// A station whose line can be looked at: its badge as over the door, its word, and how far it is.
import QtQuick

Touch {
    id: tab

    required property string badge
    required property string minutes
    required property bool isOpen
    isChoice: true
    isOn: isOpen
    told: minutes

    implicitWidth: Theme.px(144)
    implicitHeight: Theme.px(196)

    Rectangle {
        anchors { fill: parent; margins: -Theme.px(8) }
        visible: tab.isOpen || tab.pressed
        radius: Theme.px(28)
        color: Theme.ink
    }
    Rectangle {
        x: (tab.width - width) / 2
        y: Theme.px(8)
        // Larger words leave it less room.
        width: Math.min(Theme.px(96), words.y - y)
        height: width
        radius: Theme.px(16)
        color: tab.isOpen || tab.pressed ? Theme.paper : Theme.ink

        Words {
            anchors.centerIn: parent
            text: tab.badge
            font.pixelSize: Math.round(parent.width * 2 / 3)
            weight: Theme.black
            color: tab.isOpen || tab.pressed ? Theme.ink : Theme.paper
        }
    }
    Column {
        id: words
        anchors { horizontalCenter: parent.horizontalCenter; bottom: parent.bottom }

        FitWords {
            anchors.horizontalCenter: parent.horizontalCenter
            room: tab.width
            lineHeight: Math.round(font.pixelSize * 1.15)
            text: tab.label
            step: Theme.latin ? 34 : 38
            weight: tab.isOpen ? Theme.black : Theme.bold
            color: tab.isOpen || tab.pressed ? Theme.paper : Theme.ink
        }
        FitWords {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: text.length > 0
            room: tab.width
            lineHeight: Math.round(font.pixelSize * 1.15)
            text: tab.minutes
            step: 32
            color: tab.isOpen || tab.pressed ? Theme.paper : Theme.mute
        }
    }
}
