// The black sign over every screen: which hall, what this page is about, what time it is. It turns red to refuse.
import QtQuick

Rectangle {
    id: sign

    required property string badge
    required property string title
    required property string clock
    property bool refusal: false
    // What stands between title and clock in landscape: the route, or the promise that nothing is charged.
    property real aside: 0
    readonly property real badgeSize: Theme.px(Theme.landscape ? 80 : 96)

    implicitHeight: Theme.signHeight
    color: refusal ? Theme.stop : Theme.ink

    Rectangle {
        id: plate
        x: Theme.px(48)
        anchors.verticalCenter: parent.verticalCenter
        width: sign.badgeSize
        height: width
        radius: Theme.px(16)
        visible: !sign.refusal
        color: Theme.paper

        Words {
            anchors.centerIn: parent
            text: sign.badge
            step: 64
            font.pixelSize: Math.round(sign.badgeSize * 0.66)
            weight: Theme.black
        }
    }
    Icon {
        anchors { fill: plate; margins: Theme.px(-2) }
        visible: sign.refusal
        name: "ui/octagon_cross"
        size: sign.badgeSize + Theme.px(4)
        tint: Theme.paper
    }
    FitWords {
        anchors { left: plate.right; leftMargin: Theme.px(30); verticalCenter: parent.verticalCenter }
        room: clockWords.x - x - Theme.px(28) - sign.aside
        text: sign.title
        step: Theme.titleStep
        weight: Theme.black
        color: Theme.paper
    }
    Words {
        id: clockWords
        anchors { right: parent.right; rightMargin: Theme.px(48); verticalCenter: parent.verticalCenter }
        text: sign.clock
        font.pixelSize: Theme.px(Theme.landscape ? 66 : Theme.clockStep)
        weight: Theme.black
        color: Theme.paper
    }
}
