// One answer of a sheet: a word with a ring, or a tile of a trade with its figure; black edge and tick when chosen.
import QtQuick
import Kiosk.Kit

Touch {
    id: plate

    required property string note
    required property string picture
    required property string family
    required property bool chosen
    readonly property bool dark: pressed
    readonly property bool tile: picture.length > 0

    Rectangle {
        anchors.fill: parent
        radius: Theme.px(20)
        color: plate.tile ? Theme.family(plate.family) : plate.dark ? Theme.ink : Theme.paper
        border { width: plate.chosen ? Theme.px(9) : 0; color: Theme.ink }
    }
    Icon {
        x: Theme.px(20)
        anchors.verticalCenter: parent.verticalCenter
        visible: plate.tile
        name: plate.picture
        size: Theme.px(96)
        tint: Theme.paper
    }
    // Answers beside one another are of one size: a long one takes its second line at once.
    Column {
        id: words
        readonly property real room: plate.width - x - Theme.px(108)
        x: Theme.px(plate.tile ? 136 : 28)
        anchors.verticalCenter: parent.verticalCenter

        PausedWords {
            room: words.room
            lines: plate.note.length > 0 ? 1 : 2
            wrapBelow: 1
            sentence: plate.label
            step: Theme.latin ? 38 : 44
            weight: Theme.black
            color: plate.tile || plate.dark ? Theme.paper : Theme.ink
        }
        PausedWords {
            room: words.room
            visible: plate.note.length > 0
            lines: 2
            // Only words without a pause shrink a little before they wrap.
            wrapBelow: pause > 0 ? 1 : 0.8
            sentence: plate.note
            step: 32
            weight: Theme.medium
            color: plate.tile || plate.dark ? Theme.paper : Theme.mute
        }
    }
    Radio {
        anchors { right: parent.right; rightMargin: Theme.px(22); verticalCenter: parent.verticalCenter }
        size: Theme.px(58)
        chosen: plate.chosen
        ring: plate.tile ? Theme.paper : Theme.mute
        disc: plate.tile ? Theme.paper : Theme.ink
        tick: plate.tile ? Theme.ink : Theme.paper
    }
}
