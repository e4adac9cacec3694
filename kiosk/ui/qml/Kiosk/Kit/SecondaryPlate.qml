// The white plate beside the yellow one: back-type answers, or an arrow that turns the page.
import QtQuick

Touch {
    id: plate

    property string icon: ""
    property string note: ""
    property bool mosaic: false
    property bool wordless: false
    // A small plate whose word stands under its picture.
    property bool captioned: false
    // On the black bar a plate needs no edge.
    readonly property color figure: !enabled ? Theme.mute : pressed ? Theme.paper : Theme.ink

    objectName: "secondary"
    implicitHeight: Theme.plateHeight

    Rectangle {
        anchors.fill: parent
        visible: plate.enabled
        radius: Theme.px(24)
        color: plate.pressed ? Theme.ink : Theme.paper
        border { width: Theme.px(6); color: plate.pressed ? Theme.paper : Theme.ink }
    }
    Dashes {
        anchors.fill: parent
        visible: !plate.enabled
    }
    FitWords {
        anchors.horizontalCenter: parent.horizontalCenter
        y: plate.height - height - Theme.px(10)
        visible: plate.captioned
        room: plate.width - Theme.px(20)
        text: plate.label
        step: Theme.secondStep
        weight: Theme.black
        color: plate.figure
    }
    Row {
        anchors { horizontalCenter: parent.horizontalCenter; verticalCenter: parent.verticalCenter; verticalCenterOffset: plate.captioned ? -Theme.px(24) : 0 }
        spacing: Theme.px(18)

        Mosaic {
            anchors.verticalCenter: parent.verticalCenter
            visible: plate.mosaic
        }
        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: plate.icon.length > 0
            name: plate.icon
            size: Theme.px(plate.wordless ? 84 : 64)
            tint: plate.figure
        }
        Column {
            anchors.verticalCenter: parent.verticalCenter
            visible: !plate.wordless

            FitWords {
                anchors.horizontalCenter: parent.horizontalCenter
                room: plate.width - Theme.px(40) - (plate.mosaic ? Theme.px(106) : plate.icon.length > 0 ? Theme.px(82) : 0)
                lines: text.includes(" ") && !plate.note ? 2 : 1
                horizontalAlignment: Text.AlignHCenter
                text: plate.label
                step: Theme.headStep
                weight: Theme.black
                color: plate.figure
            }
            FitWords {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: plate.note.length > 0
                room: plate.width - Theme.px(40)
                text: plate.note
                step: Theme.noteStep
                weight: Theme.medium
                color: plate.figure
            }
        }
    }
}
