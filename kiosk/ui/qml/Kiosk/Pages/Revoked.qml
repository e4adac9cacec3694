// This machine is no kiosk any more: one sentence over everything, and nothing to touch.
import QtQuick
import Kiosk.Kit
import Kiosk.Views

Rectangle {
    id: revoked

    required property Views views

    color: Theme.board
    Accessible.role: Accessible.Pane
    Accessible.name: qsTrId("ui.revoked.title") + " " + qsTrId("ui.revoked.words")

    // Whatever lies below is neither seen nor touched.
    MouseArea {
        anchors.fill: parent
        hoverEnabled: true
    }
    Icon {
        id: drawing
        anchors.horizontalCenter: parent.horizontalCenter
        y: Theme.landscape ? Theme.px(150) : Theme.px(420)
        name: "ui/octagon_cross"
        size: Theme.px(Theme.landscape ? 300 : 420)
        tint: Theme.boardInk
    }
    Column {
        id: said
        x: Theme.px(72)
        y: drawing.y + drawing.height + Theme.px(90)
        width: parent.width - 2 * x
        spacing: Theme.px(36)

        FitWords {
            x: (said.width - width) / 2
            objectName: "revoked.title"
            room: said.width
            lines: 2
            horizontalAlignment: Text.AlignHCenter
            text: qsTrId("ui.revoked.title")
            step: Theme.latin ? 92 : 112
            weight: Theme.black
            color: Theme.boardInk
        }
        FitWords {
            x: (said.width - width) / 2
            room: said.width
            lines: 3
            horizontalAlignment: Text.AlignHCenter
            text: qsTrId("ui.revoked.words")
            step: Theme.latin ? 52 : 60
            weight: Theme.medium
            color: Theme.boardInk
        }
    }
}
