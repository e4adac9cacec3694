// A key of the desk: white with an ink edge, yellow for the one main act, dashed while it cannot be used.
import QtQuick
import Kiosk.Kit

Touch {
    id: plate

    property bool main: false
    property bool ready: true
    property string icon: ""
    // The word is a name alone where the figure says enough.
    property bool figureOnly: false
    property real step: 44
    // Words that may take a second line stand no larger than both of them find room.
    readonly property real mostOfTwo: (height - Theme.px(8)) / 2.12 / (Theme.type(100) / 100)
    readonly property color face: main !== pressed ? (main ? Theme.go : Theme.ink) : main ? Theme.ink : Theme.paper
    readonly property color figure: !ready ? Theme.mute : main !== pressed ? (main ? Theme.ink : Theme.paper) : main ? Theme.go : Theme.ink

    implicitHeight: Theme.px(112)
    enabled: ready

    Rectangle {
        anchors.fill: parent
        visible: plate.ready
        radius: Theme.px(20)
        color: plate.face
        border { width: Theme.px(plate.main ? 5 : 4); color: plate.pressed && !plate.main ? Theme.paper : Theme.ink }
    }
    Dashes {
        anchors.fill: parent
        visible: !plate.ready
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
            visible: !plate.figureOnly
            room: plate.width - Theme.px(plate.icon.length > 0 ? 94 : 32)
            lines: text.includes(" ") ? 2 : 1
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
