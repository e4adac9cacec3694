// A key of the desk: white with an ink edge, yellow for the one main act, dashed while it cannot be used.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

Touch {
    id: plate

    property bool main: false
    property bool ready: true
    property string icon: ""
    // In an ink head a key shows its figure alone and stands free of the edges, though the whole height is touched.
    property bool inHead: false
    readonly property real free: Theme.px(inHead ? 9 : 0)
    property real step: 44
    readonly property real room: width - Theme.px(icon.length > 0 ? 94 : 32)
    // Words take a second line where one would be much too small, and stand no larger than both find room.
    readonly property bool takesTwo: label.includes(" ") && oneLine.advanceWidth * 0.8 > room
    readonly property real mostOfTwo: (height - Theme.px(20)) / 2.12 / (Theme.type(100) / 100)
    readonly property color face: main !== pressed ? (main ? Theme.go : Theme.ink) : main ? Theme.ink : Theme.paper
    readonly property color figure: !ready ? (inHead ? Theme.rule : Theme.mute) : main !== pressed ? (main ? Theme.ink : Theme.paper) : main ? Theme.go : Theme.ink

    implicitHeight: Theme.px(112)
    enabled: ready

    Rectangle {
        anchors { fill: parent; topMargin: plate.free; bottomMargin: plate.free }
        visible: plate.ready
        radius: Theme.px(plate.inHead ? 14 : 20)
        color: plate.face
        border { width: Theme.px(plate.main ? 5 : 4); color: plate.pressed && !plate.main ? Theme.paper : Theme.ink }
    }
    Loader {
        anchors { fill: parent; topMargin: plate.free; bottomMargin: plate.free }
        active: !plate.ready
        sourceComponent: Dashes {
            radius: Theme.px(plate.inHead ? 14 : 24)
            fill: plate.inHead ? Theme.ink : Theme.paper
            edge: Theme.px(plate.inHead ? 4 : 6)
        }
    }
    TextMetrics {
        id: oneLine
        text: plate.label
        font.family: Theme.face
        font.pixelSize: Theme.type(plate.step)
        font.weight: Theme.black
    }
    Row {
        anchors.centerIn: parent
        spacing: Theme.px(14)

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: plate.icon.length > 0
            name: plate.icon
            size: Theme.px(48)
            tint: plate.figure
        }
        FitWords {
            anchors.verticalCenter: parent.verticalCenter
            visible: !plate.inHead
            room: plate.room
            lines: plate.takesTwo ? 2 : 1
            smallest: Theme.px(28)
            lineHeight: Math.round(font.pixelSize * (wraps ? 1.12 : 1.3))
            horizontalAlignment: Text.AlignHCenter
            text: plate.label
            step: lines > 1 ? Math.min(plate.step, plate.mostOfTwo) : plate.step
            weight: Theme.black
            color: plate.figure
        }
    }
}
