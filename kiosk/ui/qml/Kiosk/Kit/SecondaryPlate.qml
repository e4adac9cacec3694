// The white plate beside the yellow one: back-type answers, or an arrow that turns the page.
pragma ComponentBehavior: Bound
import QtQuick

Touch {
    id: plate

    property string icon: ""
    property string note: ""
    // Where the answer fills its line, the picture stands before the note below it.
    property string noteIcon: ""
    property bool mosaic: false
    property bool wordless: false
    // A narrow plate has its picture above its word.
    readonly property bool stacked: !wordless && note.length === 0 && width < Theme.px(420)
    readonly property bool pictured: mosaic || icon.length > 0
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
    Loader {
        anchors.fill: parent
        active: !plate.enabled
        sourceComponent: Dashes {}
    }
    Grid {
        anchors.centerIn: parent
        columns: plate.stacked ? 1 : 3
        columnSpacing: Theme.px(18)
        rowSpacing: Theme.px(plate.mosaic ? 8 : 0)
        horizontalItemAlignment: Grid.AlignHCenter
        verticalItemAlignment: Grid.AlignVCenter

        Loader {
            visible: active
            active: plate.mosaic
            sourceComponent: Mosaic {}
        }
        Icon {
            visible: plate.icon.length > 0
            name: plate.icon
            size: Theme.px(plate.wordless ? 84 : 64)
            tint: plate.figure
        }
        Column {
            visible: !plate.wordless

            FitWords {
                anchors.horizontalCenter: parent.horizontalCenter
                room: plate.width - Theme.px(40) - (plate.pictured && !plate.stacked ? Theme.px(plate.mosaic ? 106 : 82) : 0)
                lines: text.includes(" ") && !plate.note && !(plate.stacked && plate.pictured) ? 2 : 1
                horizontalAlignment: Text.AlignHCenter
                text: plate.label
                step: plate.noteIcon.length > 0 || (plate.stacked && plate.pictured) ? Theme.rowStep : Theme.headStep
                weight: Theme.black
                color: plate.figure
            }
            Loader {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: active
                active: plate.note.length > 0
                sourceComponent: Row {
                    spacing: Theme.px(8)

                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        visible: plate.noteIcon.length > 0
                        name: plate.noteIcon
                        size: Theme.px(44)
                        tint: plate.figure
                    }
                    FitWords {
                        anchors.verticalCenter: parent.verticalCenter
                        room: plate.width - Theme.px(plate.pictured ? 122 : plate.noteIcon.length > 0 ? 84 : 40)
                        text: plate.note
                        step: Theme.noteStep
                        weight: Theme.medium
                        color: plate.figure
                    }
                }
            }
        }
    }
}
