// A trade to choose: the figure, the word, how many are wanted, and a disc that takes the tick.
import QtQuick

Touch {
    id: tile

    required property string family
    required property string figure
    required property string count
    required property bool chosen
    // The tile that shows the rest of a family takes no tick.
    property bool choosable: true
    isChoice: choosable
    isOn: chosen
    told: count
    // A tile too low for a figure above its word has them side by side.
    readonly property bool flat: height < Theme.px(180)

    implicitWidth: Theme.px(476)
    implicitHeight: Theme.px(332)

    Chosen {
        visible: tile.chosen || tile.pressed
    }
    Rectangle {
        anchors.fill: parent
        radius: Theme.px(20)
        color: Theme.family(tile.family)
        border { width: Theme.edge; color: Theme.paper }
    }
    Icon {
        x: tile.flat ? Theme.px(20) : (tile.width - width) / 2 - Theme.px(16)
        y: tile.flat ? (tile.height - height) / 2 : Theme.px(16)
        name: tile.figure
        size: Math.round(tile.height - Theme.px(tile.flat ? 20 : 108))
        tint: Theme.paper
    }
    Radio {
        anchors { right: parent.right; rightMargin: Theme.px(22) }
        y: tile.flat ? (tile.height - height) / 2 : Theme.px(22)
        visible: tile.choosable
        size: Theme.px(tile.flat ? 76 : 88)
        chosen: tile.chosen
        ring: Theme.paper
        disc: Theme.paper
        tick: Theme.ink
    }
    FitWords {
        anchors { left: parent.left; leftMargin: Theme.px(28); baseline: number.baseline }
        visible: !tile.flat
        room: tile.width - Theme.px(72) - number.width
        text: tile.label
        step: Theme.latin ? 44 : 56
        weight: Theme.black
        color: Theme.paper
    }
    Words {
        id: number
        anchors { right: parent.right; rightMargin: Theme.px(28); bottom: parent.bottom; bottomMargin: Theme.px(10) }
        visible: !tile.flat
        text: tile.count
        font.pixelSize: Theme.px(56)
        weight: Theme.black
        color: Theme.paper
    }
    Column {
        x: tile.height + Theme.px(16)
        anchors.verticalCenter: parent.verticalCenter
        visible: tile.flat

        FitWords {
            room: tile.width - tile.height - Theme.px(16 + 16 + 22) - (tile.choosable ? Theme.px(76) : 0)
            lines: text.includes(" ") ? 2 : 1
            lineHeight: Math.round(font.pixelSize * 1.12)
            text: tile.label
            step: Theme.latin ? (Theme.large ? 28 : 34) : 48
            weight: Theme.black
            color: Theme.paper
        }
        Words {
            text: tile.count
            font.pixelSize: Theme.px(40)
            lineHeight: Math.round(font.pixelSize * 1.12)
            weight: Theme.black
            color: Theme.paper
        }
    }
}
