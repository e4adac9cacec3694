// One key of the bar: a figure or a number over a word; it keeps its place when it cannot be used.
import QtQuick

Touch {
    id: key

    property string icon: ""
    property string number: ""
    property bool on: false
    isOn: on
    told: number
    property bool usable: true
    readonly property bool light: on !== pressed
    readonly property color figure: !usable ? Theme.keyOff : light ? Theme.board : Theme.boardInk

    implicitWidth: Theme.px(112)
    implicitHeight: Theme.px(148)
    enabled: usable

    Rectangle {
        anchors.fill: parent
        visible: key.usable
        radius: Theme.px(16)
        color: key.light ? Theme.boardInk : Theme.key
        border { width: Theme.edge; color: Theme.boardInk }
    }
    Icon {
        anchors { horizontalCenter: parent.horizontalCenter; verticalCenter: parent.verticalCenter; verticalCenterOffset: -Theme.px(24) }
        visible: key.icon.length > 0
        name: key.icon
        size: Theme.px(64)
        tint: key.figure
    }
    Words {
        anchors { horizontalCenter: parent.horizontalCenter; verticalCenter: parent.verticalCenter; verticalCenterOffset: -Theme.px(24) }
        visible: key.number.length > 0
        text: key.number
        font.pixelSize: Theme.px(text.length > 2 ? 54 : 64)
        weight: Theme.black
        color: key.figure
    }
    Words {
        anchors { horizontalCenter: parent.horizontalCenter; verticalCenter: parent.verticalCenter; verticalCenterOffset: Theme.px(36) }
        text: key.label
        font { pixelSize: Theme.px(Theme.keyStep); letterSpacing: text.length > 5 ? -2 : 0 }
        color: key.figure
    }
}
