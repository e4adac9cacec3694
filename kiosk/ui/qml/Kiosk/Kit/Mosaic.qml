// Six squares, one of each family's colour: the sign for all work, everywhere. Large ones show the families at work.
pragma ComponentBehavior: Bound
import QtQuick

Grid {
    id: mosaic

    property real cell: Theme.px(26)
    // On ink the darker families need a white edge to be seen.
    property bool edged: false
    readonly property bool drawn: cell > Theme.px(120)

    columns: 3
    spacing: drawn ? Theme.gap : Theme.px(4)

    Repeater {
        model: ["farm", "build", "factory", "kitchen", "care", "transport"]

        Rectangle {
            required property string modelData
            width: mosaic.cell
            height: mosaic.cell
            radius: Theme.px(mosaic.drawn ? 20 : 4)
            color: Theme.family(modelData)
            border { width: mosaic.edged ? Theme.line(3) : 0; color: Theme.paper }

            Icon {
                anchors.centerIn: parent
                visible: mosaic.drawn
                name: mosaic.drawn ? "pictograms/" + parent.modelData : ""
                size: Math.round(mosaic.cell * 0.78)
                tint: Theme.paper
            }
        }
    }
}
