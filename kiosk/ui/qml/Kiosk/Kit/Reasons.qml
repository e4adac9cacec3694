// Why a job is shown where it is: up to three drawings with a few signs each, side by side or below each other.
pragma ComponentBehavior: Bound
import QtQuick

Grid {
    id: reasons

    required property list<string> words
    required property list<string> icons
    property bool stacked: false
    property real iconSize: Theme.px(52)
    property real step: Theme.secondStep
    // Three columns always, so that the same reason stands below itself from card to card.
    readonly property real cell: stacked ? width : (width - 2 * columnSpacing) / 3

    columns: stacked ? 1 : 3
    columnSpacing: Theme.px(16)
    rowSpacing: 0
    verticalItemAlignment: Grid.AlignVCenter

    Repeater {
        model: reasons.words.length

        Row {
            id: reason
            required property int index
            width: reasons.cell
            spacing: Theme.px(14)

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: reasons.icons[reason.index] ?? ""
                size: reasons.iconSize
            }
            FitWords {
                anchors.verticalCenter: parent.verticalCenter
                room: reason.width - reasons.iconSize - reason.spacing
                text: reasons.words[reason.index] ?? ""
                step: reasons.step
            }
        }
    }
}
