// One fact of a job: figure, fact, and what goes with it.
import QtQuick

Item {
    id: cell

    required property string icon
    required property string head
    required property string note
    readonly property bool isNarrow: width < Theme.px(520)

    implicitWidth: Theme.px(539)
    implicitHeight: Theme.px(152)

    Icon {
        x: Theme.px(cell.isNarrow ? 30 : 48)
        anchors.verticalCenter: parent.verticalCenter
        name: cell.icon
        size: Theme.px(cell.isNarrow ? 76 : 84)
    }
    Pair {
        x: Theme.px(cell.isNarrow ? 122 : 156)
        anchors.verticalCenter: parent.verticalCenter
        room: cell.width - x - Theme.px(16)
        head: cell.head
        headLines: Theme.latin ? 2 : 1
        headWrapBelow: 0.64
        headStep: Theme.latin ? 40 : 48
        note: cell.note
        noteLines: 2
        // Only what one line cannot hold at all takes two, and smaller ones, so that the cell holds them.
        noteWrapBelow: 0
        noteStep: cell.note.length > (Theme.latin ? 22 : 11) ? (Theme.large ? 28 : 34) : Theme.secondStep
    }
}
