// The yellow plate, the one thing to do next; dashed and quiet while it is not yet time.
pragma ComponentBehavior: Bound
import QtQuick

Touch {
    id: plate

    property bool ready: true
    property string icon: "ui/arrow"
    readonly property color face: pressed ? Theme.goInk : Theme.go
    readonly property color figure: !ready ? Theme.mute : pressed ? Theme.go : Theme.goInk
    readonly property real pad: Theme.px(width < Theme.px(560) ? 40 : 56)
    readonly property real arrowSize: icon.length > 0 ? Theme.px(width < Theme.px(560) ? 84 : 104) : 0

    objectName: "go"
    implicitHeight: Theme.plateHeight
    enabled: ready

    Rectangle {
        anchors.fill: parent
        visible: plate.ready
        radius: Theme.px(24)
        color: plate.face
        border { width: Theme.px(6); color: Theme.goEdge }
    }
    Loader {
        anchors.fill: parent
        active: !plate.ready
        sourceComponent: Dashes {}
    }
    FitWords {
        x: plate.icon.length > 0 ? plate.pad : (plate.width - width) / 2
        anchors.verticalCenter: parent.verticalCenter
        room: plate.width - 2 * plate.pad - (plate.icon.length > 0 ? plate.arrowSize + Theme.px(20) : 0)
        text: plate.label
        step: plate.icon.length > 0 ? Theme.goStep : 68
        weight: Theme.black
        color: plate.figure
    }
    Icon {
        anchors { right: parent.right; rightMargin: plate.pad; verticalCenter: parent.verticalCenter }
        name: plate.icon
        size: plate.arrowSize
        tint: plate.figure
    }
}
