// The yellow plate that asks for the card: words, the figure of a card going down, and what is kept of it.
import QtQuick

Touch {
    id: plate

    required property string words
    required property string purpose
    // The ten-second notice, in the white strip at the foot of the plate.
    required property string notice
    readonly property color faceInk: pressed ? Theme.ink : Theme.goInk
    property string figure: "pictograms/laycard"
    label: words
    readonly property bool tall: height > width * 0.72
    readonly property real stripHeight: noticeWords.height + Theme.px(40)
    readonly property real faceHeight: height - stripHeight
    // A plate as broad as a landscape page has words and figure stand together in its middle.
    readonly property bool broad: width > Theme.px(1300)
    readonly property bool squat: faceHeight < Theme.px(300)
    readonly property real figureSize: Math.round(tall ? Math.min(faceHeight * 0.91 - said.height, Theme.px(600)) : Math.min(faceHeight * 0.86, Theme.px(broad ? 460 : 336)))

    Rectangle {
        anchors.fill: parent
        radius: Theme.px(24)
        color: plate.pressed ? Theme.paper : Theme.go
        border { width: Theme.px(6); color: Theme.goEdge }
    }
    Rectangle {
        x: Theme.px(6)
        y: plate.height - plate.stripHeight
        width: plate.width - 2 * x
        height: plate.stripHeight - Theme.px(6)
        bottomLeftRadius: Theme.px(18)
        bottomRightRadius: Theme.px(18)
        color: Theme.paper
    }
    Column {
        id: said
        x: plate.tall ? (plate.width - width) / 2 : plate.broad ? (plate.width - width - Theme.px(160) - plate.figureSize) / 2 : Theme.px(60)
        y: plate.tall ? plate.faceHeight * 0.05 : (plate.faceHeight - height) / 2
        spacing: Theme.px(8)
        readonly property real room: plate.width - (plate.tall ? Theme.px(80) : plate.figureSize + Theme.px(plate.broad ? 160 + 240 : 170))

        FitWords {
            x: plate.tall ? (said.width - width) / 2 : 0
            room: said.room
            lines: text.includes(" ") && !plate.squat ? 2 : 1
            wrapBelow: plate.broad ? 0.6 : 0.8
            lineHeight: Math.round(font.pixelSize * 1.15)
            horizontalAlignment: plate.tall ? Text.AlignHCenter : Text.AlignLeft
            text: plate.words
            step: plate.broad ? (Theme.latin || Theme.large ? 112 : 168) : Theme.latin && plate.tall ? 88 : 120
            weight: Theme.black
            color: plate.faceInk
        }
        FitWords {
            x: plate.tall ? (said.width - width) / 2 : 0
            room: said.room
            lineHeight: Math.round(font.pixelSize * 1.2)
            text: plate.purpose
            step: plate.broad ? (Theme.latin || Theme.large ? 56 : 72) : Theme.latin ? 46 : 54
            weight: Theme.black
            color: plate.faceInk
        }
    }
    Icon {
        x: plate.tall ? (plate.width - width) / 2 : plate.broad ? said.x + said.width + Theme.px(160) : plate.width - width - Theme.px(72)
        y: plate.tall ? plate.faceHeight - height - plate.faceHeight * 0.03 : (plate.faceHeight - height) / 2
        name: plate.figure
        size: plate.figureSize
        tint: plate.faceInk
    }
    Icon {
        x: Theme.px(36)
        anchors.verticalCenter: noticeWords.verticalCenter
        name: "ui/verified_user"
        size: Theme.px(72)
    }
    Words {
        id: noticeWords
        x: Theme.px(132)
        y: plate.height - plate.stripHeight + Theme.px(17)
        width: plate.width - x - Theme.px(28)
        wrapMode: Text.Wrap
        text: plate.notice
        font.pixelSize: Theme.px(Theme.latin ? 32 : 34)
        weight: Theme.medium
    }
}
