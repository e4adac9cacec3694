// A fact in two lines: the fact itself, and quietly what goes with it.
import QtQuick

Column {
    id: pair

    required property string head
    property string note: ""
    required property real room
    property real headStep: Theme.valueStep
    property real noteStep: Theme.secondStep
    property int headWeight: Theme.bold
    property color headColor: Theme.ink
    property color noteColor: Theme.mute
    property int noteLines: 1
    property real noteWrapBelow: 0.8
    property int headLines: 1
    property real headWrapBelow: 0.8
    property int align: Text.AlignLeft

    FitWords {
        anchors.right: pair.align === Text.AlignRight ? parent.right : undefined
        room: pair.room
        lines: pair.headLines
        wrapBelow: pair.headWrapBelow
        text: pair.head
        step: pair.headStep
        weight: pair.headWeight
        color: pair.headColor
    }
    FitWords {
        anchors.right: pair.align === Text.AlignRight ? parent.right : undefined
        visible: pair.note.length > 0
        room: pair.room
        lines: pair.noteLines
        wrapBelow: pair.noteWrapBelow
        text: pair.note
        step: pair.noteStep
        weight: Theme.medium
        color: pair.noteColor
    }
}
