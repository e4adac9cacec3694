// One plain sentence at the foot of the first page, with its lamp; a touch leads to what it speaks of.
import QtQuick
import Kiosk.Kit

Touch {
    id: line

    required property string lamp
    // Words that may take a second line stand no larger than both of them find room.
    readonly property real mostOfTwo: (height - Theme.px(12)) / 2.3 / (Theme.type(100) / 100)

    implicitHeight: Theme.px(104)

    Rectangle {
        anchors.fill: parent
        radius: Theme.px(20)
        color: line.pressed ? Theme.ink : Theme.paper
    }
    Lamp {
        id: shape
        x: Theme.px(24)
        anchors.verticalCenter: parent.verticalCenter
        kind: line.lamp.length > 0 ? line.lamp : "unknown"
        size: Theme.px(52)
    }
    PausedWords {
        x: Theme.px(92)
        anchors.verticalCenter: parent.verticalCenter
        room: line.width - x - Theme.px(20)
        lines: Theme.landscape ? 2 : 1
        smallest: Theme.px(28)
        // Sentences side by side are of one size: a long one takes its second line at once.
        wrapBelow: 1
        lineHeight: Math.round(font.pixelSize * (wraps ? 1.15 : 1.3))
        sentence: line.label
        step: lines > 1 ? Math.min(Theme.latin ? 32 : 38, line.mostOfTwo) : Theme.latin ? 32 : 38
        weight: Theme.bold
        color: line.pressed ? Theme.paper : Theme.ink
    }
}
