// One coach of the day as a line of a departure board: when, where to, which bay, how many seats, and how it stands.
import QtQuick
import Kiosk.Kit

Item {
    id: row

    required property string clock
    required property string head
    required property string bay
    required property real share
    required property string aside
    required property string lamp
    required property string note
    property bool touchable: false
    property bool ruled: true
    readonly property real gap: Theme.px(16)

    signal tapped

    implicitHeight: Theme.px(100)

    Touch {
        objectName: row.objectName + ".touch"
        anchors { fill: parent; margins: Theme.px(8) }
        visible: row.touchable
        label: [row.clock, row.head, row.bay, row.aside, row.note].join(" ")
        onTapped: row.tapped()
    }
    Rectangle {
        x: Theme.px(24)
        y: parent.height - height
        width: parent.width - 2 * x
        height: Theme.line(2)
        visible: row.ruled
        color: Theme.rule
    }
    FitWords {
        id: time
        x: Theme.px(28)
        anchors.verticalCenter: parent.verticalCenter
        room: Theme.px(158)
        text: row.clock
        step: 60
        weight: Theme.black
    }
    FitWords {
        id: town
        anchors { left: parent.left; leftMargin: Theme.px(28 + 158 + 14); verticalCenter: parent.verticalCenter }
        room: plate.x - x - Theme.px(12)
        smallest: Theme.px(26)
        text: row.head
        step: 44
        weight: Theme.black
    }
    PlacePlate {
        id: plate
        x: Math.round(parent.width * 0.48) - width
        anchors.verticalCenter: parent.verticalCenter
        visible: row.bay.length > 0
        size: Theme.px(64)
        text: row.bay
    }
    Rectangle {
        id: track
        anchors { left: plate.right; leftMargin: row.gap; right: seats.left; rightMargin: row.gap; verticalCenter: parent.verticalCenter }
        height: Theme.px(26)
        visible: row.share >= 0
        color: Theme.rule

        Rectangle {
            width: Math.round(parent.width * Math.min(1, row.share))
            height: parent.height
            color: Theme.ink
        }
    }
    FitWords {
        id: seats
        anchors { right: state.left; rightMargin: row.gap; verticalCenter: parent.verticalCenter }
        room: Theme.px(96)
        width: room
        smallest: Theme.px(28)
        horizontalAlignment: Text.AlignRight
        text: row.aside
        step: 38
        weight: Theme.bold
    }
    Item {
        id: state
        anchors { right: parent.right; rightMargin: Theme.px(24) }
        width: Math.round(parent.width * 0.22)
        height: parent.height

        Lamp {
            anchors.verticalCenter: parent.verticalCenter
            kind: row.lamp.length > 0 ? row.lamp : "unknown"
            size: Theme.px(44)
        }
        FitWords {
            x: Theme.px(56)
            anchors.verticalCenter: parent.verticalCenter
            room: state.width - x
            smallest: Theme.px(26)
            text: row.note
            step: Theme.latin ? 34 : 38
            weight: Theme.bold
        }
    }
}
