// A ring that becomes a ticked disc: this one is chosen.
import QtQuick

Rectangle {
    id: radio

    property bool chosen: false
    property color ring: Theme.mute
    property color disc: Theme.ink
    property color tick: Theme.paper
    property real size: Theme.px(68)

    width: size
    height: size
    radius: size / 2
    color: chosen ? disc : "transparent"
    border { width: chosen ? 0 : Math.max(2, size * 0.07); color: ring }

    Icon {
        anchors.centerIn: parent
        visible: radio.chosen
        name: "ui/tick"
        size: Math.round(radio.size * 0.62)
        tint: radio.tick
    }
}
