// The keys of a sheet: ten digits and perhaps X, the signs of a number plate, or letters, with the characters a syllable can mean above them.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Desk
import Kiosk.Kit

Item {
    id: keys

    required property SheetView sheet
    readonly property real gap: Theme.px(20)
    readonly property int padRows: sheet.hasX ? 5 : 4

    Keypad {
        visible: keys.sheet.hasDigits
        spacing: keys.gap
        keyWidth: (keys.width - 2 * keys.gap) / 3
        keyHeight: (keys.height - (keys.padRows - 1) * keys.gap) / keys.padRows
        clearWord: qsTrId("ui.keys.clear")
        eraseWord: qsTrId("ui.keys.erase")
        onDigit: digit => keys.sheet.type(digit)
        onErase: keys.sheet.erase()
        onClear: keys.sheet.clear()
    }
    PadKey {
        objectName: "key.X"
        y: keys.height - height
        visible: keys.sheet.hasDigits && keys.sheet.hasX
        width: keys.width
        height: (keys.height - 4 * keys.gap) / 5
        label: "X"
        step: 96
        onTapped: keys.sheet.type("X")
    }
    Row {
        id: offered
        visible: keys.sheet.isSpelling
        height: Theme.px(124)
        spacing: keys.gap

        Repeater {
            model: keys.sheet.candidates

            PadKey {
                required property int index
                required property string character
                objectName: "candidate." + index
                width: (keys.width - 6 * keys.gap) / 7
                height: Theme.px(124)
                label: character
                step: 80
                onTapped: keys.sheet.take(character)
            }
        }
        AdminPlate {
            objectName: "candidate.more"
            visible: keys.sheet.spelled.length > 0
            width: (keys.width - 6 * keys.gap) / 7
            height: Theme.px(124)
            label: qsTrId("desk.more_characters")
            step: 32
            onTapped: keys.sheet.moreCharacters()
        }
    }
    Words {
        visible: keys.sheet.isSpelling && keys.sheet.spelled.length === 0
        height: Theme.px(124)
        width: keys.width
        wrapMode: Text.Wrap
        verticalAlignment: Text.AlignVCenter
        text: qsTrId("desk.spell_how")
        step: Theme.latin ? 34 : 38
        weight: Theme.medium
        color: Theme.mute
    }
    Letters {
        id: letters
        y: keys.sheet.isSpelling ? Theme.px(124) + keys.gap : 0
        visible: keys.sheet.hasLetters
        alphabet: keys.sheet.isPlate ? "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        columns: keys.sheet.isPlate ? 9 : 7
        keyWidth: (keys.width - (columns - 1) * Theme.gap) / columns
        keyHeight: (keys.height - y - (keys.sheet.isSpelling || keys.sheet.isPlate ? 0 : Theme.px(120) + keys.gap) - 3 * Theme.gap) / 4
        eraseWord: qsTrId("ui.keys.erase")
        onLetter: letter => keys.sheet.type(letter)
        onErase: keys.sheet.erase()
    }
    AdminPlate {
        objectName: "letter.space"
        y: keys.height - height
        visible: keys.sheet.hasLetters && !keys.sheet.isSpelling && !keys.sheet.isPlate
        width: keys.width
        height: Theme.px(120)
        label: qsTrId("desk.space")
        onTapped: keys.sheet.type(" ")
    }
}
