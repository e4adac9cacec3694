// What the door of a coach says, so large that it is read from the kerb: a shape, a colour, the words, and the seat.
import QtQuick
import Kiosk.Desk
import Kiosk.Kit

Rectangle {
    id: sign

    required property PanelView panel
    readonly property bool hasFigure: panel.figure.length > 0
    readonly property bool waits: panel.lamp === "waiting"
    readonly property color words: waits ? Theme.ink : Theme.paper
    readonly property real inset: Theme.px(40)
    readonly property real lampSize: Math.min(Theme.px(180), height * 0.2)
    readonly property real tallyHeight: Math.min(Theme.px(200), height * 0.24)

    bottomLeftRadius: Theme.px(20)
    bottomRightRadius: Theme.px(20)
    color: waits ? Theme.paper : panel.lamp === "ok" ? Theme.ok : panel.lamp === "stop" ? Theme.stop : Theme.ink

    Column {
        x: sign.inset
        width: sign.width - 2 * x
        y: (sign.height - sign.tallyHeight - height) / 2
        spacing: Theme.px(16)

        Row {
            spacing: Theme.px(32)

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: "ui/lamp_" + sign.panel.lamp
                size: sign.lampSize
                tint: sign.words
            }
            FitWords {
                objectName: "sign.head"
                anchors.verticalCenter: parent.verticalCenter
                room: sign.width - 2 * sign.inset - sign.lampSize - Theme.px(32)
                // Where a seat stands below, there is no room for a second line.
                lines: sign.hasFigure ? 1 : 2
                text: sign.panel.head
                step: Theme.latin ? 104 : 132
                fullSize: Theme.px(Theme.latin ? 104 : 132)
                weight: Theme.black
                color: sign.words
            }
        }
        // The seat stands as large as there is room, with what it is and whose beside it.
        Row {
            visible: sign.hasFigure
            spacing: Theme.px(36)

            Item {
                width: figureWords.width
                height: figureWords.font.pixelSize * 0.86

                Words {
                    id: figureWords
                    objectName: "sign.figure"
                    anchors.centerIn: parent
                    text: sign.panel.figure
                    font.pixelSize: Math.round(Math.min(sign.height * 0.42, Theme.px(400)))
                    weight: Theme.black
                    color: sign.words
                }
            }
            Column {
                anchors.verticalCenter: parent.verticalCenter

                FitWords {
                    room: sign.width - 2 * sign.inset - figureWords.width - Theme.px(36)
                    text: sign.panel.figureWord
                    step: 68
                    fullSize: Theme.px(68)
                    weight: Theme.black
                    color: sign.words
                }
                FitWords {
                    objectName: sign.hasFigure ? "sign.note" : ""
                    room: sign.width - 2 * sign.inset - figureWords.width - Theme.px(36)
                    lines: 2
                    text: sign.hasFigure ? sign.panel.note : ""
                    step: Theme.latin ? 60 : 68
                    fullSize: Theme.px(Theme.latin ? 60 : 68)
                    weight: Theme.bold
                    color: sign.words
                }
            }
        }
        PausedWords {
            objectName: sign.hasFigure ? "" : "sign.note"
            visible: !sign.hasFigure
            room: sign.width - 2 * sign.inset
            lines: 2
            sentence: sign.hasFigure ? "" : sign.panel.note
            step: Theme.latin ? 60 : 68
            fullSize: Theme.px(Theme.latin ? 60 : 68)
            weight: Theme.bold
            color: sign.words
        }
    }
    Rectangle {
        x: sign.inset
        y: sign.height - sign.tallyHeight
        width: sign.width - 2 * x
        height: Theme.line(4)
        color: sign.words
    }
    Row {
        x: sign.inset
        y: sign.height - sign.tallyHeight + (sign.tallyHeight - height) / 2
        spacing: Theme.px(24)

        Words {
            id: tally
            objectName: "sign.tally"
            text: sign.panel.tally
            font.pixelSize: Math.round(sign.tallyHeight * 0.62)
            weight: Theme.black
            color: sign.words
        }
        Words {
            anchors.baseline: tally.baseline
            text: sign.panel.tallyWord
            font.pixelSize: Theme.px(56)
            weight: Theme.bold
            color: sign.words
        }
    }
}
