// The ink sign of the desk: hall, page, day, who is on duty, the lock, and the time.
import QtQuick
import Kiosk.Kit

Rectangle {
    id: sign

    required property string badge
    required property string title
    required property string note
    required property string clock
    required property string lockWord
    required property string lockIcon
    readonly property real badgeSize: Theme.px(Theme.landscape ? 80 : 96)

    signal lock

    implicitHeight: Theme.signHeight
    color: Theme.ink

    Rectangle {
        id: plate
        x: Theme.px(24)
        anchors.verticalCenter: parent.verticalCenter
        width: sign.badgeSize
        height: width
        radius: Theme.px(16)
        color: Theme.paper

        Words {
            anchors.centerIn: parent
            text: sign.badge
            font.pixelSize: Math.round(sign.badgeSize * 0.66)
            weight: Theme.black
        }
    }
    // One under the other where the sign is high, side by side where it is low.
    Grid {
        id: said
        anchors { left: plate.right; leftMargin: Theme.px(26); verticalCenter: parent.verticalCenter }
        columns: Theme.landscape ? 2 : 1
        columnSpacing: Theme.px(32)
        verticalItemAlignment: Grid.AlignVCenter
        readonly property real room: lockPlate.x - x - Theme.px(24)

        FitWords {
            id: titleWords
            room: said.room
            text: sign.title
            step: 54
            weight: Theme.black
            color: Theme.paper
        }
        FitWords {
            room: said.room - (Theme.landscape ? titleWords.width + said.columnSpacing : 0)
            smallest: Theme.px(28)
            text: sign.note
            step: 36
            weight: Theme.medium
            color: Theme.paper
        }
    }
    Touch {
        id: lockPlate
        objectName: "lock"
        anchors { right: clockWords.left; rightMargin: Theme.px(26); verticalCenter: parent.verticalCenter }
        width: Theme.px(190)
        height: Theme.px(92)
        label: sign.lockWord
        onTapped: sign.lock()

        Rectangle {
            anchors.fill: parent
            radius: Theme.px(16)
            color: lockPlate.pressed ? Theme.key : Theme.paper
        }
        Row {
            anchors.centerIn: parent
            spacing: Theme.px(12)

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: sign.lockIcon
                size: Theme.px(44)
                tint: lockPlate.pressed ? Theme.paper : Theme.ink
            }
            FitWords {
                anchors.verticalCenter: parent.verticalCenter
                room: Theme.px(104)
                smallest: Theme.px(28)
                text: sign.lockWord
                step: 40
                weight: Theme.black
                color: lockPlate.pressed ? Theme.paper : Theme.ink
            }
        }
    }
    Words {
        id: clockWords
        anchors { right: parent.right; rightMargin: Theme.px(28); verticalCenter: parent.verticalCenter }
        text: sign.clock
        font.pixelSize: Theme.px(66)
        weight: Theme.black
        color: Theme.paper
    }
}
