// Half of a comparison: what a job asks for, or what is recorded of a person, drawn as it is or as missing.
import QtQuick
import Kiosk.Kit

Rectangle {
    id: card

    required property string caption
    required property string figure
    required property string words
    required property string numeral
    required property bool isMissing

    radius: Theme.px(20)
    color: Theme.paper
    border { width: Theme.edge; color: Theme.ink }

    FitWords {
        id: title
        x: Theme.px(32)
        y: Theme.px(20)
        room: card.width - 2 * x
        text: card.caption
        step: Theme.secondStep
        weight: Theme.medium
        color: Theme.mute
    }
    Item {
        id: middle
        anchors { left: parent.left; right: parent.right; top: title.bottom; bottom: said.top; topMargin: Theme.px(card.figure.length > 0 && number.visible ? 8 : -8); bottomMargin: -Theme.px(4) }
    }
    // A number alone stands as large as a figure; beside a figure it stands below it.
    Column {
        anchors.centerIn: middle

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: card.figure.length > 0 && size > Theme.px(72)
            name: card.figure
            size: Math.min(middle.height - (number.visible ? number.height : 0), Theme.px(216))
        }
        FitWords {
            id: number
            anchors.horizontalCenter: parent.horizontalCenter
            visible: text.length > 0
            room: middle.width - Theme.px(48)
            lineHeight: font.pixelSize
            text: card.numeral
            step: card.figure.length > 0 ? 64 : Math.min(216, middle.height / Theme.s) / (Theme.large ? 1.36 : 1)
            weight: Theme.black
        }
    }
    Row {
        id: said
        anchors { horizontalCenter: parent.horizontalCenter; bottom: parent.bottom; bottomMargin: Theme.px(12) }
        spacing: Theme.px(18)

        Lamp {
            anchors.verticalCenter: parent.verticalCenter
            visible: card.isMissing
            kind: "stop"
            size: Theme.px(52)
        }
        FitWords {
            anchors.verticalCenter: parent.verticalCenter
            room: card.width - Theme.px(48) - (card.isMissing ? Theme.px(70) : 0)
            lines: 2
            lineHeight: Math.round(font.pixelSize * 1.1)
            horizontalAlignment: Text.AlignHCenter
            text: card.words
            step: Theme.latin ? (Theme.large ? 30 : 38) : Theme.valueStep
            weight: Theme.black
        }
    }
}
