// A place that is this person's, or that he waits for: which work, when and where, and how it stands.
import QtQuick
import Kiosk.Kit

Touch {
    id: held

    required property string family
    required property string figure
    required property string title
    required property string when
    // Empty departure: no coach goes there.
    required property string departs
    required property string bay
    required property string number
    required property string progress
    required property string kind
    readonly property bool hasCoach: departs.length > 0
    // Three rows on an upright page.
    readonly property real rowStep: height * 0.315

    label: title + " " + progress

    Chosen {
        visible: held.pressed
    }
    Rectangle {
        anchors.fill: parent
        radius: Theme.px(20)
        color: Theme.paper
        border { width: Theme.edge; color: Theme.ink }
    }
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
    // With a coach, its departure and bay as on every sign; without, the words say when.
    FitWords {
        id: heading
        x: Theme.px(Theme.landscape ? 212 : 252)
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: -(Theme.landscape ? Theme.px(34) : held.rowStep)
        room: (Theme.landscape ? (held.hasCoach ? held.width * 0.4 : state.x) : held.width - (held.hasCoach ? when.width : 0)) - x - Theme.px(36)
        text: held.title
        step: Theme.headStep
        weight: Theme.black
    }
    FitWords {
        id: when
        x: Theme.landscape || !held.hasCoach ? heading.x : held.width - width - Theme.px(36)
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: Theme.landscape ? Theme.px(38) : held.hasCoach ? -held.rowStep : 0
        room: held.hasCoach ? Theme.px(320) : (Theme.landscape ? state.x : held.width) - x - Theme.px(28)
        text: held.when
        step: Theme.rowStep
        weight: Theme.medium
    }
    Row {
        x: Theme.landscape ? held.width * 0.4 : heading.x
        anchors.verticalCenter: parent.verticalCenter
        visible: held.hasCoach
        spacing: Theme.px(16)

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "ui/directions_bus"
            size: Theme.px(56)
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: held.departs
            font.pixelSize: Theme.px(64)
            weight: Theme.black
        }
        PlacePlate {
            anchors.verticalCenter: parent.verticalCenter
            visible: held.bay.length > 0
            text: held.bay
            size: Math.min(Theme.px(72), Math.round(held.height * 0.34))
        }
    }
    Row {
        id: state
        x: Theme.landscape ? held.width - width - Theme.px(36) : Theme.px(252)
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: Theme.landscape ? 0 : held.rowStep
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
