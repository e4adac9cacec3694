// The job as the slip will say it, in the same order, on a card with the holes of a ticket.
pragma ComponentBehavior: Bound
import QtQuick

Item {
    id: ticket

    required property string family
    required property string figure
    required property string title
    required property string employer
    required property string person
    required property string day
    required property string pay
    required property string unit
    required property string payday
    required property string payNote
    required property string hours
    required property string hoursNote
    required property string place
    required property string placeNote
    required property string departs
    required property string ownWay
    required property string ownWayNote
    required property string bay
    required property string bayWord
    required property string seat
    required property string giveBack
    readonly property bool hasCoach: departs.length > 0
    readonly property real pad: Theme.px(52)
    // Nothing comes nearer than this to the right edge, or to the tear of a wide ticket.
    readonly property real rim: Theme.px(wide ? 32 : 44)
    readonly property real iconSize: Theme.px(72)
    readonly property real iconStep: Theme.px(94)
    readonly property bool wide: width > Theme.px(1300)
    // Where a wide page has little height for its words, head and foot leave the room to the promise.
    readonly property bool low: wide && (Theme.large || height < Theme.px(584))
    readonly property real headHeight: Theme.px(low ? 144 : wide ? 152 : 196)
    readonly property real footHeight: Theme.px(low ? 84 : wide ? 96 : 124)
    readonly property real tear: wide ? width * 0.62 : headHeight + (height - headHeight - footHeight) * (hasCoach ? 0.61 : 0.56)

    implicitWidth: Theme.px(984)
    implicitHeight: Theme.px(1012)

    Rectangle {
        anchors.fill: parent
        radius: Theme.px(24)
        color: Theme.paper
        border { width: Theme.edge; color: Theme.ink }
    }
    Rectangle {
        width: parent.width
        height: ticket.headHeight
        topLeftRadius: Theme.px(24)
        topRightRadius: Theme.px(24)
        color: Theme.family(ticket.family)

        Icon {
            x: ticket.pad
            anchors.verticalCenter: parent.verticalCenter
            name: ticket.figure
            size: ticket.headHeight - Theme.px(36)
            tint: Theme.paper
        }
        Pair {
            x: ticket.headHeight + Theme.px(44)
            anchors.verticalCenter: parent.verticalCenter
            room: who.x - x - Theme.px(24)
            head: ticket.title
            headStep: ticket.low ? (Theme.large ? 44 : 56) : Theme.latin || Theme.large || ticket.wide ? 56 : 72
            headWeight: Theme.black
            headColor: Theme.paper
            note: ticket.employer
            noteStep: ticket.low ? (Theme.large ? 32 : 38) : ticket.wide ? Theme.secondStep : Theme.rowStep
            noteColor: Theme.paper
        }
        Pair {
            id: who
            anchors { right: parent.right; rightMargin: Theme.px(44); verticalCenter: parent.verticalCenter }
            room: Theme.px(Theme.latin ? 390 : 340)
            align: Text.AlignRight
            head: ticket.person
            headStep: Theme.valueStep
            headWeight: Theme.black
            headColor: Theme.paper
            note: ticket.day
            noteColor: Theme.paper
        }
    }

    // Worker's half: pay and payday, hours, place.
    Item {
        id: promise
        y: ticket.headHeight
        width: ticket.wide ? ticket.tear : ticket.width
        height: ticket.wide ? ticket.height - y - ticket.footHeight : ticket.tear - y
        readonly property real second: width * 0.53
        readonly property real lower: height * 0.74
        // The digits are as large as the words behind them allow.
        readonly property real digits: second - ticket.pad - Theme.px(36) - Theme.px(Theme.latin ? 180 : 112)

        FitWords {
            id: payWords
            x: ticket.pad
            anchors.verticalCenter: parent.top
            anchors.verticalCenterOffset: promise.height * 0.31
            room: promise.digits
            text: ticket.pay
            fullSize: Theme.px(ticket.low ? 148 : ticket.wide ? 172 : 160)
            weight: Theme.black
        }
        FitWords {
            anchors { left: payWords.right; leftMargin: Theme.px(20); bottom: payWords.baseline; bottomMargin: -Math.round(font.pixelSize * 0.288) }
            room: promise.second - x - Theme.px(16)
            lines: text.includes(" ") ? 2 : 1
            lineHeight: Math.round(font.pixelSize * 1.15)
            text: ticket.unit
            step: Theme.latin ? 40 : ticket.wide ? 56 : 52
        }
        Icon {
            x: promise.second
            anchors.verticalCenter: payWords.verticalCenter
            name: "pictograms/wallet"
            size: ticket.iconSize
        }
        Pair {
            x: promise.second + ticket.iconStep
            anchors.verticalCenter: payWords.verticalCenter
            room: promise.width - x - ticket.rim
            head: ticket.payday
            headWeight: Theme.black
            note: ticket.payNote
        }
        Icon {
            x: ticket.pad
            anchors.verticalCenter: parent.top
            anchors.verticalCenterOffset: promise.lower
            name: "ui/schedule"
            size: ticket.iconSize
        }
        Pair {
            x: ticket.pad + ticket.iconStep
            anchors.verticalCenter: parent.top
            anchors.verticalCenterOffset: promise.lower
            room: promise.second - x - Theme.px(24)
            head: ticket.hours
            note: ticket.hoursNote
        }
        Icon {
            x: promise.second
            anchors.verticalCenter: parent.top
            anchors.verticalCenterOffset: promise.lower
            name: "ui/location_on"
            size: ticket.iconSize
        }
        Pair {
            x: promise.second + ticket.iconStep
            anchors.verticalCenter: parent.top
            anchors.verticalCenterOffset: promise.lower
            room: promise.width - x - ticket.rim
            head: ticket.place
            note: ticket.placeNote
        }
    }

    // The tear: two half holes and a dashed rule, across or, on a wide page, down.
    Repeater {
        model: 2

        Rectangle {
            required property int index
            x: (ticket.wide ? ticket.tear : index * ticket.width) - width / 2
            y: (ticket.wide ? ticket.headHeight + index * (ticket.height - ticket.headHeight - ticket.footHeight) : ticket.tear) - height / 2
            width: Theme.px(60)
            height: width
            radius: width / 2
            visible: !ticket.wide
            color: Theme.ground
        }
    }
    Repeater {
        model: ticket.wide ? 13 : 25

        Rectangle {
            required property int index
            readonly property real along: Theme.px(ticket.wide ? 24 : 48) + index * ((ticket.wide ? ticket.height - ticket.headHeight - ticket.footHeight : ticket.width) - Theme.px(ticket.wide ? 48 : 96)) / (ticket.wide ? 13 : 25)
            x: ticket.wide ? ticket.tear - Theme.px(3) : along + Theme.px(8)
            y: ticket.wide ? ticket.headHeight + along : ticket.tear - Theme.px(3)
            width: Theme.px(ticket.wide ? 6 : 20)
            height: Theme.px(ticket.wide ? 20 : 6)
            color: Theme.ink
        }
    }

    // Coach's half: when, where to stand, which seat.
    Item {
        x: ticket.wide ? ticket.tear : 0
        y: ticket.wide ? ticket.headHeight : ticket.tear
        width: ticket.wide ? ticket.width - ticket.tear : ticket.width
        height: ticket.height - ticket.footHeight - y

        Icon {
            id: bus
            x: ticket.wide ? Theme.px(44) : ticket.pad
            anchors.verticalCenter: parent.verticalCenter
            anchors.verticalCenterOffset: ticket.wide && ticket.hasCoach ? -parent.height * 0.2 : 0
            name: ticket.hasCoach ? "ui/directions_bus" : "ui/directions_walk"
            size: Theme.px(ticket.wide ? 96 : 88)
        }
        Words {
            id: departsWords
            anchors { left: bus.right; leftMargin: Theme.px(20); verticalCenter: bus.verticalCenter }
            visible: ticket.hasCoach
            text: ticket.departs
            font.pixelSize: Theme.px(ticket.wide ? 132 : 124)
            weight: Theme.black
        }
        Pair {
            x: bus.x + bus.width + Theme.px(32)
            anchors.verticalCenter: parent.verticalCenter
            visible: !ticket.hasCoach
            room: parent.width - x - Theme.px(32)
            head: ticket.ownWay
            headStep: Theme.latin ? 50 : 60
            headWeight: Theme.black
            headLines: 2
            note: ticket.ownWayNote
            noteLines: 2
        }
        PlacePlate {
            x: ticket.wide ? Theme.px(44) : parent.width - Theme.px(432)
            anchors.verticalCenter: parent.verticalCenter
            anchors.verticalCenterOffset: ticket.wide ? parent.height * 0.22 : 0
            visible: ticket.hasCoach && ticket.bay.length > 0
            text: ticket.bay
            size: Theme.px(ticket.wide ? 140 : 160)
        }
        Pair {
            x: ticket.wide ? Theme.px(216) : parent.width - Theme.px(248)
            anchors.verticalCenter: parent.verticalCenter
            anchors.verticalCenterOffset: ticket.wide ? parent.height * 0.22 : 0
            visible: ticket.hasCoach && ticket.bay.length > 0
            room: parent.width - x - ticket.rim
            head: ticket.bayWord
            headStep: Theme.headStep
            headWeight: Theme.black
            note: ticket.seat
            noteStep: ticket.wide ? Theme.valueStep : Theme.secondStep
            noteColor: Theme.ink
        }
    }

    // How long it can be given back.
    Rectangle {
        y: parent.height - height
        width: parent.width
        height: ticket.footHeight
        bottomLeftRadius: Theme.px(24)
        bottomRightRadius: Theme.px(24)
        color: Theme.ink

        Icon {
            x: ticket.pad
            anchors.verticalCenter: parent.verticalCenter
            name: "ui/undo"
            size: Theme.px(64)
            tint: Theme.paper
        }
        FitWords {
            x: ticket.pad + Theme.px(88)
            anchors.verticalCenter: parent.verticalCenter
            room: parent.width - x - Theme.px(32)
            text: ticket.giveBack
            step: Theme.valueStep
            color: Theme.paper
        }
    }
}
