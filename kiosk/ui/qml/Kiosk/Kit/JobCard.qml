// A job on a portrait page: which work, what it pays and when, where and how long, the coach, how many are wanted.
import QtQuick

Touch {
    id: card

    required property string family
    required property string figure
    required property string pay
    required property string unit
    required property string payday
    required property string place
    required property string distance
    required property string hours
    // Empty departure: no coach goes there, and `ownWay` says so.
    required property string departs
    required property string departsWord
    required property string bayLabel
    required property string ownWay
    required property string placesBefore
    required property string places
    required property string placesAfter
    required property string rowBefore
    required property list<string> reasons
    required property list<string> reasonIcons
    property bool chosen: false
    // Without its reasons a card finds room where one with them does not.
    property bool isBrief: false
    isChoice: true
    isOn: chosen
    told: [pay + unit, payday, place, hours, hasCoach ? departs + departsWord : ownWay].concat(reasons).join(" ")

    readonly property bool hasCoach: departs.length > 0
    readonly property bool hasReason: reasons.length > 0 && !isBrief
    readonly property real bodyHeight: Theme.px(Theme.large ? 366 : 268)
    readonly property real tileWidth: Theme.px(Theme.large ? 276 : 216)
    readonly property real textX: tileWidth + Theme.px(37)
    readonly property real room: width - textX - Theme.px(32)

    implicitWidth: Theme.px(1080) - 2 * Theme.margin
    implicitHeight: bodyHeight + (hasReason ? Theme.px(Theme.large ? 108 : 104) : 0)

    Chosen {
        visible: card.chosen || card.pressed
    }
    Rectangle {
        anchors.fill: parent
        radius: Theme.px(20)
        color: Theme.paper
        border { width: Theme.edge; color: Theme.ink }
    }
    Rectangle {
        width: card.tileWidth
        height: card.bodyHeight
        topLeftRadius: Theme.px(20)
        bottomLeftRadius: card.hasReason ? 0 : Theme.px(20)
        color: Theme.family(card.family)

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            y: Theme.px(Theme.large ? 26 : titleWords.lineCount > 1 ? 12 : 22)
            name: card.figure
            size: Theme.px(Theme.large ? 204 : titleWords.lineCount > 1 ? 144 : 156)
            tint: Theme.paper
        }
        FitWords {
            id: titleWords
            anchors { horizontalCenter: parent.horizontalCenter; verticalCenter: parent.bottom; verticalCenterOffset: -Theme.px(Theme.large ? 76 : lineCount > 1 ? 58 : 54) }
            room: parent.width - Theme.px(Theme.large ? 28 : 12)
            lines: text.includes(" ") || text.length > 5 ? 2 : 1
            wrapBelow: 0.95
            horizontalAlignment: Text.AlignHCenter
            lineHeight: Math.round(font.pixelSize * 1.1)
            text: card.label
            step: Theme.latin || lines > 1 ? 40 : 48
            weight: Theme.black
            color: Theme.paper
        }
    }

    // Row 1: the pay, and when it is paid.
    Words {
        id: payWords
        x: card.textX
        anchors.verticalCenter: parent.top
        anchors.verticalCenterOffset: Theme.px(Theme.large ? 88 : 64)
        text: card.pay
        // Five digits, or a range, still stay above the 72 that pay must have.
        step: text.length > 4 ? 88 : text.length > 3 && Theme.latin ? 84 : Theme.payStep
        weight: Theme.black
    }
    FitWords {
        id: unitWords
        // Its last line stands on the foot of the digits.
        anchors { left: payWords.right; leftMargin: Theme.px(18); bottom: payWords.baseline; bottomMargin: -Math.round(font.pixelSize * 0.288) }
        room: Theme.px(Theme.latin ? 176 : 240)
        lines: Theme.latin ? 2 : 1
        lineHeight: Math.round(font.pixelSize * 1.1)
        text: card.unit
        step: Theme.latin ? 38 : 48
    }
    Tag {
        x: unitWords.x + unitWords.contentWidth + Theme.px(card.pay.length > 4 ? 18 : 28)
        anchors { bottom: payWords.baseline; bottomMargin: -Theme.px(8) }
        visible: !Theme.large
        room: radio.x - x - Theme.px(14)
        text: card.payday
    }
    Radio {
        id: radio
        anchors { right: parent.right; rightMargin: Theme.px(32) }
        y: Theme.px(Theme.large ? 44 : 29)
        size: Theme.px(Theme.large ? 96 : 68)
        chosen: card.chosen
    }

    // Row 2: where, how far, how long; in large text when it is paid, and where.
    Row {
        id: where
        x: card.textX
        anchors.verticalCenter: parent.top
        anchors.verticalCenterOffset: Theme.px(Theme.large ? 207 : 157)
        spacing: Theme.px(10)
        readonly property real fixed: Theme.px(48 + 10 + 24 + 48 + 10 + 10)

        Words {
            anchors.verticalCenter: parent.verticalCenter
            visible: Theme.large
            rightPadding: Theme.px(30)
            text: card.payday
            step: Theme.rowStep
            weight: Theme.black
        }
        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "ui/location_on"
            size: Theme.px(Theme.large ? 60 : 48)
        }
        FitWords {
            id: placeWords
            anchors.verticalCenter: parent.verticalCenter
            room: Theme.large ? card.room - x : card.room - where.fixed - hoursWords.implicitWidth
            text: card.place
            step: Theme.rowStep
        }
        Words {
            id: distanceWords
            anchors.verticalCenter: parent.verticalCenter
            visible: !Theme.large && placeWords.implicitWidth + implicitWidth + where.fixed + hoursWords.implicitWidth < card.room
            text: card.distance
            step: Theme.rowStep
            weight: Theme.medium
        }
        Item {
            width: Theme.px(14)
            height: 1
        }
        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: !Theme.large
            name: "ui/schedule"
            size: Theme.px(48)
        }
        Words {
            id: hoursWords
            anchors.verticalCenter: parent.verticalCenter
            visible: !Theme.large
            text: card.hours
            step: Theme.latin ? 40 : 44
        }
    }

    // Row 3: the coach and its bay, or that there is none; how many are still wanted.
    Row {
        id: coach
        x: card.textX
        anchors.verticalCenter: parent.top
        anchors.verticalCenterOffset: Theme.px(Theme.large ? 304 : 224)
        spacing: Theme.px(14)

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: card.hasCoach ? "ui/directions_bus" : "ui/directions_walk"
            size: Theme.px(Theme.large ? 68 : 56)
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            visible: card.hasCoach
            text: card.departs
            step: 56
            weight: Theme.black
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            visible: card.hasCoach && !Theme.large && text.length > 0
            text: card.departsWord
            step: Theme.rowStep
        }
        PlacePlate {
            anchors.verticalCenter: parent.verticalCenter
            visible: card.hasCoach && card.bayLabel.length > 0
            text: card.bayLabel
            words: true
            size: Theme.px(Theme.large ? 78 : 60)
        }
        FitWords {
            anchors.verticalCenter: parent.verticalCenter
            visible: !card.hasCoach
            room: card.room - placesWords.width - Theme.px(56 + 14 + 20)
            text: card.ownWay
            step: Theme.valueStep
        }
    }
    Row {
        id: placesWords
        anchors { right: parent.right; rightMargin: Theme.px(32); verticalCenter: coach.verticalCenter }
        spacing: Theme.px(8)

        Words {
            anchors.baseline: placesNumber.baseline
            visible: text.length > 0
            text: Theme.large ? card.rowBefore : card.placesBefore
            step: Theme.rowStep
        }
        Words {
            id: placesNumber
            text: card.places
            step: Theme.large ? 48 : 56
            weight: Theme.black
        }
        Words {
            anchors.baseline: placesNumber.baseline
            visible: text.length > 0
            text: card.placesAfter
            step: Theme.rowStep
        }
    }

    // Why this job is shown first.
    Rectangle {
        y: card.bodyHeight
        width: parent.width
        height: Theme.px(4)
        visible: card.hasReason
        color: Theme.parting
    }
    Reasons {
        x: Theme.px(32)
        anchors.verticalCenter: parent.bottom
        anchors.verticalCenterOffset: -Theme.px(50)
        visible: card.hasReason
        width: parent.width - 2 * x
        words: card.reasons
        icons: card.reasonIcons
    }
}
