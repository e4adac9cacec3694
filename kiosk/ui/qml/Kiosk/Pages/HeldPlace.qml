// A place that is already this person's: which work, when and where to stand, and how its slip stands.
import QtQuick
import Kiosk.Kit

Rectangle {
    id: held

    required property string family
    required property string figure
    required property string title
    required property string when
    required property string number
    required property string progress
    required property string kind

    radius: Theme.px(20)
    color: Theme.paper

    Rectangle {
        width: Theme.px(Theme.landscape ? 180 : 216)
        height: held.height
        topLeftRadius: Theme.px(20)
        bottomLeftRadius: Theme.px(20)
        color: Theme.family(held.family)

        Icon {
            anchors.centerIn: parent
            name: held.figure
            size: Theme.px(Theme.landscape ? 128 : 168)
            tint: Theme.paper
        }
    }
    Pair {
        x: Theme.px(Theme.landscape ? 212 : 252)
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: Theme.landscape ? 0 : -Theme.px(38)
        room: (Theme.landscape ? state.x : held.width) - x - Theme.px(28)
        head: held.title
        headStep: Theme.headStep
        headWeight: Theme.black
        note: held.when
        noteStep: Theme.rowStep
        noteColor: Theme.ink
    }
    Row {
        id: state
        x: Theme.landscape ? held.width - width - Theme.px(36) : Theme.px(252)
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: Theme.landscape ? 0 : Theme.px(72)
        spacing: Theme.px(16)

        Lamp {
            anchors.verticalCenter: parent.verticalCenter
            kind: held.kind
            size: Theme.px(56)
        }
        FitWords {
            anchors.verticalCenter: parent.verticalCenter
            room: Theme.landscape ? Theme.px(700) : held.width - Theme.px(252 + 72 + 28)
            text: held.progress
            step: Theme.secondStep
        }
    }
}
