// Ten digits as on a telephone, with clear and take-back at their sides.
pragma ComponentBehavior: Bound
import QtQuick

Grid {
    id: pad

    required property string clearWord
    required property string eraseWord
    property real keyWidth: Theme.px(312)
    property real keyHeight: Theme.px(196)

    signal digit(string digit)
    signal erase
    signal clear

    columns: 3
    spacing: Theme.gap

    Repeater {
        model: 9

        PadKey {
            required property int index
            objectName: "key." + (index + 1)
            width: pad.keyWidth
            height: pad.keyHeight
            label: index + 1
            onTapped: pad.digit(label)
        }
    }
    PadKey {
        objectName: "key.clear"
        width: pad.keyWidth
        height: pad.keyHeight
        icon: "ui/cross"
        label: pad.clearWord
        onTapped: pad.clear()
    }
    PadKey {
        objectName: "key.0"
        width: pad.keyWidth
        height: pad.keyHeight
        label: "0"
        onTapped: pad.digit("0")
    }
    PadKey {
        objectName: "key.erase"
        width: pad.keyWidth
        height: pad.keyHeight
        icon: "ui/backspace"
        label: pad.eraseWord
        onTapped: pad.erase()
    }
}
