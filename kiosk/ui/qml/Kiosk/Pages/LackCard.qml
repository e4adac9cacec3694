// Half of a comparison: what a job asks for, or what is recorded of a person, drawn as it is or as missing.
import QtQuick
import Kiosk.Kit

Rectangle {
    id: card

    required property string caption
    required property string figure
    required property string words
    property bool missing: false

    radius: Theme.px(20)
    color: Theme.paper

    FitWords {
        x: Theme.px(32)
        y: Theme.px(20)
        room: card.width - 2 * x
        text: card.caption
        step: Theme.secondStep
        weight: Theme.medium
        color: Theme.mute
    }
    Icon {
        anchors { horizontalCenter: parent.horizontalCenter; verticalCenter: parent.verticalCenter; verticalCenterOffset: -Theme.px(Theme.latin ? 22 : 4) }
        name: card.figure
        size: Theme.px(Theme.latin ? 124 : 150)
    }
    Row {
        anchors { horizontalCenter: parent.horizontalCenter; bottom: parent.bottom; bottomMargin: Theme.px(12) }
        spacing: Theme.px(18)

        Lamp {
            anchors.verticalCenter: parent.verticalCenter
            visible: card.missing
            kind: "stop"
            size: Theme.px(52)
        }
        FitWords {
            anchors.verticalCenter: parent.verticalCenter
            room: card.width - Theme.px(48) - (card.missing ? Theme.px(70) : 0)
            lines: 2
            lineHeight: Math.round(font.pixelSize * 1.1)
            horizontalAlignment: Text.AlignHCenter
            text: card.words
            step: Theme.latin ? (Theme.large ? 30 : 38) : Theme.valueStep
            weight: Theme.black
        }
    }
}
