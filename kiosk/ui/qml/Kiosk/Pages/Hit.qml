// A trade that was found by its letters.
import QtQuick
import Kiosk.Kit

Touch {
    id: hit

    required property string family
    required property string figure
    required property string note
    required property bool chosen
    isChoice: true
    isOn: chosen
    told: note

    Chosen {
        visible: hit.chosen || hit.pressed
    }
    Rectangle {
        anchors.fill: parent
        radius: Theme.px(20)
        color: Theme.paper
        border { width: Theme.edge; color: Theme.ink }
    }
    Rectangle {
        width: hit.height
        height: hit.height
        topLeftRadius: Theme.px(20)
        bottomLeftRadius: Theme.px(20)
        color: Theme.family(hit.family)

        Icon {
            anchors.centerIn: parent
            name: hit.figure
            size: Math.round(hit.height * 0.8)
            tint: Theme.paper
        }
    }
    Pair {
        x: hit.height + Theme.px(28)
        anchors.verticalCenter: parent.verticalCenter
        room: hit.width - x - Theme.px(16)
        head: hit.label
        headStep: Theme.low ? (Theme.large ? 34 : Theme.latin ? 36 : 44) : Theme.latin ? 36 : 56
        noteStep: Theme.low && Theme.large ? 28 : Theme.secondStep
        headWeight: Theme.black
        headLines: Theme.latin && !Theme.low ? 2 : 1
        note: hit.note
    }
}
