// One thing said on a card: figure, sentence, and quietly what goes with it.
import QtQuick

Rectangle {
    id: row

    required property string icon
    required property string head
    property string note: ""
    property bool forbidden: false
    property real figureSize: Theme.px(132)

    implicitWidth: Theme.px(984)
    implicitHeight: Theme.px(208)
    radius: Theme.px(20)
    color: Theme.paper
    border { width: Theme.edge; color: Theme.ink }

    Icon {
        x: Theme.px(46) + (row.figureSize - size) / 2
        anchors.verticalCenter: parent.verticalCenter
        name: row.icon
        size: row.forbidden ? Math.round(row.figureSize * 0.62) : row.figureSize
    }
    Icon {
        x: Theme.px(46)
        anchors.verticalCenter: parent.verticalCenter
        visible: row.forbidden
        name: "ui/forbidden"
        size: row.figureSize
        tint: Theme.stop
    }
    Pair {
        x: Theme.px(46 + 48) + row.figureSize
        anchors.verticalCenter: parent.verticalCenter
        room: row.width - x - Theme.px(32)
        head: row.head
        headStep: Theme.latin ? 50 : 60
        headWeight: Theme.black
        note: row.note
        noteLines: 2
    }
}
