// One way to have the screen otherwise: its picture, its word, and white when it is on.
import QtQuick

Touch {
    id: key

    required property string icon
    property bool on: false
    isChoice: true
    isOn: on
    readonly property bool light: on !== pressed
    readonly property color figure: light ? Theme.board : Theme.boardInk

    implicitHeight: Theme.px(148)

    Rectangle {
        anchors.fill: parent
        radius: Theme.px(20)
        color: key.light ? Theme.boardInk : Theme.key
        border { width: Theme.line(4); color: Theme.boardInk }
    }
    Row {
        anchors.centerIn: parent
        spacing: Theme.px(24)

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: key.icon
            size: Theme.px(104)
            tint: key.figure
        }
        FitWords {
            anchors.verticalCenter: parent.verticalCenter
            room: key.width - Theme.px(104 + 24 + 48)
            lines: 2
            text: key.label
            step: Theme.plateStep
            weight: Theme.black
            color: key.figure
        }
    }
}
