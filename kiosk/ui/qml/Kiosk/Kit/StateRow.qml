// A sentence about how things stand, led by its lamp: what is already safe comes first.
import QtQuick

Item {
    id: row

    required property string kind
    required property string head
    required property string note
    property int headLines: 2

    implicitWidth: Theme.px(984)
    implicitHeight: Math.max(lamp.size, words.height)

    Lamp {
        id: lamp
        anchors.verticalCenter: parent.verticalCenter
        kind: row.kind
    }
    Pair {
        id: words
        x: lamp.size + Theme.px(38)
        anchors.verticalCenter: parent.verticalCenter
        room: row.width - x
        head: row.head
        headStep: Theme.plateStep
        headWeight: Theme.black
        headLines: row.headLines
        note: row.note
        noteLines: 2
    }
}
