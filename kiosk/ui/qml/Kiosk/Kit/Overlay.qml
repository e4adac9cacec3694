// Are you still there? It covers the page whole, so nothing personal stays on the glass while the seconds run out.
import QtQuick

Rectangle {
    id: overlay

    required property string badge
    required property string title
    required property string clock
    required property int seconds
    required property string sentence
    property string cardNote: ""
    required property string stayWord
    required property string leaveWord

    signal stay
    signal leave

    color: Theme.board

    // Whatever lies below is neither seen nor touched.
    TapHandler {
        gesturePolicy: TapHandler.WithinBounds
    }
    Sign {
        id: sign
        width: parent.width
        badge: overlay.badge
        title: overlay.title
        clock: overlay.clock
    }
    Rectangle {
        x: Theme.px(48)
        y: sign.height
        width: parent.width - 2 * x
        height: Theme.line(6)
        color: Theme.boardInk
    }
    Words {
        id: number
        anchors.verticalCenter: parent.top
        anchors.verticalCenterOffset: Theme.px(Theme.landscape ? 480 : 556)
        x: Theme.landscape ? Theme.px(500) - width / 2 : (parent.width - width) / 2
        text: overlay.seconds
        font.pixelSize: Theme.px(Theme.landscape ? 560 : 680)
        weight: Theme.black
        color: Theme.boardInk
    }
    Column {
        id: said
        x: Theme.landscape ? Theme.px(1000) : Theme.px(48)
        y: Theme.px(Theme.landscape ? 330 : 920)
        width: parent.width - x - Theme.px(48)
        spacing: Theme.px(32)

        FitWords {
            x: Theme.landscape ? 0 : (said.width - width) / 2
            room: said.width
            lines: 2
            horizontalAlignment: Theme.landscape ? Text.AlignLeft : Text.AlignHCenter
            text: overlay.sentence
            step: Theme.goStep
            weight: Theme.black
            color: Theme.boardInk
        }
        Row {
            x: Theme.landscape ? 0 : (said.width - width) / 2
            visible: overlay.cardNote.length > 0
            spacing: Theme.px(28)

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: "pictograms/card"
                size: Theme.px(84)
                tint: Theme.boardInk
            }
            FitWords {
                anchors.verticalCenter: parent.verticalCenter
                room: said.width - Theme.px(112)
                lines: 2
                text: overlay.cardNote
                step: Theme.valueStep
                weight: Theme.medium
                color: Theme.boardInk
            }
        }
    }
    Touch {
        objectName: "leave"
        x: Theme.px(Theme.landscape ? 1000 : 48)
        y: parent.height - Theme.barHeight - (Theme.landscape ? height + Theme.px(48) : Theme.px(404))
        width: Theme.landscape ? Theme.px(872) : parent.width - 2 * x
        height: Theme.plateHeight
        label: overlay.leaveWord
        id: leavePlate
        onTapped: overlay.leave()

        Rectangle {
            anchors.fill: parent
            radius: Theme.px(24)
            color: leavePlate.pressed ? Theme.boardInk : Theme.board
            border { width: Theme.px(6); color: Theme.boardInk }
        }
        Icon {
            x: Theme.px(40)
            anchors.verticalCenter: parent.verticalCenter
            name: "pictograms/takecard"
            size: Theme.px(112)
            tint: leavePlate.pressed ? Theme.board : Theme.boardInk
        }
        FitWords {
            anchors.centerIn: parent
            room: parent.width - 2 * Theme.px(40 + 112 + 24)
            text: overlay.leaveWord
            step: Theme.latin ? 48 : 60
            weight: Theme.black
            color: leavePlate.pressed ? Theme.board : Theme.boardInk
        }
    }
    GoPlate {
        objectName: "stay"
        x: Theme.px(Theme.landscape ? 1092 : 48)
        y: parent.height - (Theme.landscape ? Theme.px(170) : Theme.barHeight + Theme.px(24) + height)
        width: Theme.landscape ? parent.width - x - Theme.px(48) : parent.width - 2 * x
        label: overlay.stayWord
        onTapped: overlay.stay()
    }
}
