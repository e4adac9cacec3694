// An empty place that says why it is empty and what to do.
import QtQuick
import Kiosk.Kit

Column {
    id: note

    required property string figure
    required property string words
    required property string note

    spacing: Theme.px(20)

    Icon {
        x: (note.width - width) / 2
        name: note.figure
        size: Theme.px(200)
        tint: Theme.mute
    }
    FitWords {
        x: (note.width - width) / 2
        room: note.width
        text: note.words
        step: Theme.goStep
        weight: Theme.black
    }
    FitWords {
        x: (note.width - width) / 2
        room: note.width
        lines: 2
        horizontalAlignment: Text.AlignHCenter
        text: note.note
        step: Theme.valueStep
        weight: Theme.medium
        color: Theme.mute
    }
}
