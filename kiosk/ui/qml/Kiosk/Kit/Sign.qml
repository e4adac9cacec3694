// The black sign over every screen: which hall, what this page is about, what time it is. It turns red to refuse.
pragma ComponentBehavior: Bound
import QtQuick

Rectangle {
    id: sign

    required property string badge
    required property string title
    required property string clock
    property bool refusal: false
    // What stands between title and clock in landscape: the route, or the promise that nothing is charged.
    property real aside: 0
    // What everybody should know who chooses now, under the title, with its figure.
    property string note: ""
    property string noteFigure: ""
    readonly property bool hasNote: note.length > 0
    readonly property bool isPractice: Theme.practice.length > 0
    // While somebody practises, the band takes the lower part of the sign, so that no page needs more room.
    readonly property real bandHeight: isPractice ? Theme.px(Theme.landscape ? 58 : 78) : 0
    readonly property real room: clockWords.x - plate.x - plate.width - Theme.px(30 + 28) - aside
    readonly property real badgeSize: Theme.px(isPractice ? (Theme.landscape ? 58 : 68) : Theme.landscape ? 80 : 96)

    implicitHeight: Theme.signHeight
    color: refusal ? Theme.refusal : Theme.board

    Rectangle {
        id: plate
        x: Theme.px(48)
        anchors { verticalCenter: parent.verticalCenter; verticalCenterOffset: -sign.bandHeight / 2 }
        width: sign.badgeSize
        height: width
        radius: Theme.px(16)
        visible: !sign.refusal
        color: Theme.boardInk

        Words {
            anchors.centerIn: parent
            text: sign.badge
            step: 64
            font.pixelSize: Math.round(sign.badgeSize * 0.66)
            weight: Theme.black
            color: Theme.board
        }
    }
    Icon {
        anchors { fill: plate; margins: Theme.px(-2) }
        visible: sign.refusal
        name: "ui/octagon_cross"
        size: sign.badgeSize + Theme.px(4)
        tint: Theme.boardInk
    }
    Column {
        anchors { left: plate.right; leftMargin: Theme.px(30); verticalCenter: parent.verticalCenter; verticalCenterOffset: Theme.px(sign.hasNote ? 4 : 0) - sign.bandHeight / 2 }

        FitWords {
            room: sign.room
            lineHeight: Math.round(font.pixelSize * (sign.hasNote ? 1.2 : 1.3))
            text: sign.title
            step: sign.hasNote || sign.isPractice ? (Theme.large ? 38 : Theme.landscape ? 44 : 48) : Theme.titleStep
            weight: Theme.black
            color: Theme.boardInk
        }
        Loader {
            visible: active
            active: sign.hasNote
            sourceComponent: Row {
                spacing: Theme.px(14)

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    name: sign.noteFigure
                    size: Theme.px(44)
                    tint: Theme.boardInk
                }
                FitWords {
                    anchors.verticalCenter: parent.verticalCenter
                    room: sign.room - Theme.px(58)
                    lineHeight: Math.round(font.pixelSize * 1.2)
                    objectName: "sign.note"
                    text: sign.note
                    step: Theme.large ? 34 : 40
                    color: Theme.boardInk
                }
            }
        }
    }
    Words {
        id: clockWords
        anchors { right: parent.right; rightMargin: Theme.px(48); verticalCenter: parent.verticalCenter; verticalCenterOffset: -sign.bandHeight / 2 }
        text: sign.clock
        font.pixelSize: Theme.px(Theme.landscape ? (sign.isPractice ? 52 : 66) : sign.isPractice ? 60 : Theme.clockStep)
        weight: Theme.black
        color: Theme.boardInk
    }
    Rectangle {
        y: sign.height - height
        width: sign.width
        height: Theme.edge
        color: Theme.boardInk
    }
    Loader {
        y: sign.height - height
        width: sign.width - (Theme.landscape ? sign.aside : 0)
        height: sign.bandHeight
        source: sign.isPractice ? "PracticeBand.qml" : ""
    }
}
