// A filter that is on or off: black when on.
pragma ComponentBehavior: Bound
import QtQuick

Touch {
    id: chip

    property string icon: ""
    property bool mosaic: false
    property bool on: false
    isOn: on
    readonly property bool dark: on !== pressed

    implicitWidth: Theme.px(228)
    implicitHeight: Theme.px(132)

    Rectangle {
        anchors.fill: parent
        radius: Theme.px(20)
        color: chip.dark ? Theme.ink : Theme.paper
        border { width: Theme.edge; color: Theme.ink }
    }
    // Figure above word where the chip is narrow, beside it where it is low.
    Grid {
        anchors.centerIn: parent
        columns: chip.height > Theme.px(110) ? 1 : 2
        columnSpacing: Theme.px(14)
        rowSpacing: Theme.px(2)
        horizontalItemAlignment: Grid.AlignHCenter
        verticalItemAlignment: Grid.AlignVCenter

        Item {
            width: Theme.px(72)
            height: Theme.px(60)

            Loader {
                anchors.centerIn: parent
                active: chip.mosaic
                sourceComponent: Mosaic {
                    cell: Theme.px(22)
                    edged: chip.dark
                }
            }
            Icon {
                anchors.centerIn: parent
                visible: !chip.mosaic
                name: chip.icon
                size: Theme.px(60)
                tint: chip.dark ? Theme.paper : Theme.ink
            }
        }
        FitWords {
            room: chip.width - Theme.px(chip.height > Theme.px(110) ? 16 : 24 + 14 + 72)
            text: chip.label
            step: Theme.large && chip.height < Theme.px(130) ? 34 : Theme.secondStep
            weight: chip.dark ? Theme.black : Theme.bold
            color: chip.dark ? Theme.paper : Theme.ink
        }
    }
}
