// The departure of the job's coach on a black band, or that everyone gets there on his own.
import QtQuick

Rectangle {
    id: band

    // Empty departure: there is no coach; `towards` and `back` then say how to get there.
    property string departs: ""
    required property string towards
    property string back: ""
    property string bay: ""
    property string bayWord: ""
    property string seats: ""
    readonly property bool hasCoach: departs.length > 0
    readonly property bool isNarrow: width < Theme.px(1000)

    implicitHeight: Theme.px(144)
    color: Theme.ink

    Icon {
        x: Theme.px(band.isNarrow ? 40 : 52)
        anchors.verticalCenter: parent.verticalCenter
        name: band.hasCoach ? "ui/directions_bus" : "ui/directions_walk"
        size: Theme.px(80)
        tint: Theme.paper
    }
    Words {
        id: departsWords
        x: Theme.px(band.isNarrow ? 140 : 164)
        anchors.verticalCenter: parent.verticalCenter
        visible: band.hasCoach
        text: band.departs
        font.pixelSize: Theme.px(band.isNarrow ? 84 : 96)
        weight: Theme.black
        color: Theme.paper
    }
    Pair {
        x: band.hasCoach ? departsWords.x + departsWords.width + Theme.px(24) : Theme.px(164)
        anchors.verticalCenter: parent.verticalCenter
        room: (band.hasCoach ? bayPlate.x : band.width) - x - Theme.px(20)
        head: band.towards
        note: band.back
        headStep: Theme.rowStep
        headColor: Theme.paper
        noteColor: Theme.paper
    }
    PlacePlate {
        id: bayPlate
        anchors { right: bayPair.left; rightMargin: Theme.px(22); verticalCenter: parent.verticalCenter }
        visible: band.hasCoach && band.bay.length > 0
        text: band.bay
        size: Theme.px(112)
        inverted: true
    }
    Pair {
        id: bayPair
        anchors { right: parent.right; rightMargin: Theme.px(band.isNarrow ? 28 : 48); verticalCenter: parent.verticalCenter }
        visible: bayPlate.visible
        room: Theme.px(180)
        head: band.bayWord
        note: band.seats
        headStep: Theme.rowStep
        headColor: Theme.paper
        noteColor: Theme.paper
    }
}
