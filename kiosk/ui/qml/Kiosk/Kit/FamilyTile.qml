// A family of work as a coloured plate: the figure, the word, how many are wanted.
import QtQuick

Touch {
    id: tile

    required property string family
    required property string figure
    required property string count
    told: count

    implicitWidth: Theme.px(312)
    implicitHeight: Theme.px(304)

    Rectangle {
        anchors.fill: parent
        radius: Theme.px(20)
        color: tile.pressed ? Theme.paper : Theme.family(tile.family)
        border { width: tile.pressed ? Theme.px(10) : 0; color: Theme.family(tile.family) }
    }
    Icon {
        anchors.horizontalCenter: parent.horizontalCenter
        y: Theme.px(20)
        name: tile.figure
        size: Math.round(tile.height - Theme.px(116))
        tint: tile.pressed ? Theme.family(tile.family) : Theme.paper
    }
    FitWords {
        anchors { left: parent.left; leftMargin: Theme.px(24); baseline: number.baseline }
        room: tile.width - Theme.px(60) - number.width
        text: tile.label
        step: Theme.latin ? 40 : 52
        weight: Theme.black
        color: tile.pressed ? Theme.ink : Theme.paper
    }
    Words {
        id: number
        anchors { right: parent.right; rightMargin: Theme.px(24); bottom: parent.bottom; bottomMargin: Theme.px(8) }
        text: tile.count
        font.pixelSize: Theme.px(60)
        weight: Theme.black
        color: tile.pressed ? Theme.ink : Theme.paper
    }
}
