// Six small squares, one of each family's colour: the sign for all work, everywhere.
pragma ComponentBehavior: Bound
import QtQuick

Grid {
    id: mosaic

    property real cell: Theme.px(26)

    columns: 3
    spacing: Theme.px(4)

    Repeater {
        model: [Theme.farm, Theme.build, Theme.factory, Theme.kitchen, Theme.care, Theme.transport]

        Rectangle {
            required property color modelData
            width: mosaic.cell
            height: mosaic.cell
            radius: Theme.px(4)
            color: modelData
        }
    }
}
