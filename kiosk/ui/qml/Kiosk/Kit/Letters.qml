// A to Z in order, because nobody has to know a typewriter; each letter is the first of a syllable.
// Another `alphabet` of at most four lines less two keys may stand in its place.
pragma ComponentBehavior: Bound
import QtQuick

Item {
    id: letters

    required property string eraseWord
    property real keyWidth: Theme.px(120)
    property real keyHeight: Theme.px(144)
    property real rowGap: Theme.gap
    property string alphabet: "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    property int columns: 7

    signal letter(string letter)
    signal erase

    implicitWidth: columns * keyWidth + (columns - 1) * Theme.gap
    implicitHeight: 4 * keyHeight + 3 * rowGap

    Repeater {
        model: letters.alphabet.split("")

        PadKey {
            required property int index
            required property string modelData
            objectName: "letter." + label
            x: index % letters.columns * (letters.keyWidth + Theme.gap)
            y: Math.floor(index / letters.columns) * (letters.keyHeight + letters.rowGap)
            width: letters.keyWidth
            height: letters.keyHeight
            label: modelData
            step: Theme.clockStep
            onTapped: letters.letter(label)
        }
    }
    PadKey {
        objectName: "letter.erase"
        x: (letters.columns - 2) * (letters.keyWidth + Theme.gap)
        y: 3 * (letters.keyHeight + letters.rowGap)
        width: 2 * letters.keyWidth + Theme.gap
        height: letters.keyHeight
        icon: "ui/backspace"
        label: letters.eraseWord
        onTapped: letters.erase()
    }
}
