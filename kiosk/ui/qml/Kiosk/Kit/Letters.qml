// A to Z in order, because nobody has to know a typewriter; each letter is the first of a syllable.
pragma ComponentBehavior: Bound
import QtQuick

Item {
    id: letters

    required property string eraseWord
    property real keyWidth: Theme.px(120)
    property real keyHeight: Theme.px(144)
    property real rowGap: Theme.gap
    readonly property string alphabet: "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

    signal letter(string letter)
    signal erase

    implicitWidth: 7 * keyWidth + 6 * Theme.gap
    implicitHeight: 4 * keyHeight + 3 * rowGap

    Repeater {
        model: letters.alphabet.length

        PadKey {
            required property int index
            objectName: "letter." + label
            x: index % 7 * (letters.keyWidth + Theme.gap)
            y: Math.floor(index / 7) * (letters.keyHeight + letters.rowGap)
            width: letters.keyWidth
            height: letters.keyHeight
            label: letters.alphabet[index]
            step: Theme.clockStep
            onTapped: letters.letter(label)
        }
    }
    PadKey {
        objectName: "letter.erase"
        x: 5 * (letters.keyWidth + Theme.gap)
        y: 3 * (letters.keyHeight + letters.rowGap)
        width: 2 * letters.keyWidth + Theme.gap
        height: letters.keyHeight
        icon: "ui/backspace"
        label: letters.eraseWord
        onTapped: letters.erase()
    }
}
