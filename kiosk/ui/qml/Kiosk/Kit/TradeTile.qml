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

    implicitWidth: Theme.px(476)
    implicitHeight: Theme.px(332)

    Chosen {
        visible: tile.chosen || tile.pressed
    }
    Rectangle {
        anchors.fill: parent
        radius: Theme.px(20)
        color: Theme.family(tile.family)
    }
    Icon {
        anchors { horizontalCenter: parent.horizontalCenter; horizontalCenterOffset: -Theme.px(16) }
        y: Theme.px(16)
        name: tile.figure
        size: Math.round(tile.height - Theme.px(108))
        tint: Theme.paper
    }
    Radio {
        anchors { right: parent.right; rightMargin: Theme.px(22); top: parent.top; topMargin: Theme.px(22) }
        visible: tile.choosable
        size: Theme.px(88)
        chosen: tile.chosen
        ring: Theme.paper
        disc: Theme.paper
        tick: Theme.ink
    }
    FitWords {
        anchors { left: parent.left; leftMargin: Theme.px(28); baseline: number.baseline }
        room: tile.width - Theme.px(72) - number.width
        text: tile.label
        step: Theme.latin ? 44 : 56
        weight: Theme.black
        color: Theme.paper
    }
    Words {
        id: number
        anchors { right: parent.right; rightMargin: Theme.px(28); bottom: parent.bottom; bottomMargin: Theme.px(10) }
        text: tile.count
        font.pixelSize: Theme.px(56)
        weight: Theme.black
        color: Theme.paper
    }
}
