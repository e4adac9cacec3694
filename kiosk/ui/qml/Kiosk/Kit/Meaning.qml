// What a touch means, or what to mind before it: a figure, the sentence, and quietly what goes with it.
import QtQuick

Item {
    id: meaning

    required property string figure
    required property string head
    required property string note

    Icon {
        anchors.verticalCenter: parent.verticalCenter
        name: meaning.figure
        size: Theme.px(88)
    }
    Pair {
        x: Theme.px(114)
        anchors.verticalCenter: parent.verticalCenter
        room: meaning.width - x
        head: meaning.head
        headWeight: Theme.black
        note: meaning.note
    }
}
