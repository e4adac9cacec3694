// Take the card; then where to stand, and when.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

JourneyPage {
    id: page

    readonly property bool hasPlace: views.slip.number.length > 0

    // What is not in hand is not called done.
    readonly property bool lacksSlip: hasPlace && views.slip.lacksSlip

    readonly property string thenCoach: lacksSlip ? qsTrId("ui.goodbye.desk_then_coach") : qsTrId("ui.goodbye.then_coach")
    readonly property string thenWork: lacksSlip ? qsTrId("ui.goodbye.desk_then_work") : qsTrId("ui.goodbye.then_work")

    title: !hasPlace ? qsTrId("ui.goodbye.title_leaving") : lacksSlip ? qsTrId("ui.goodbye.title_no_slip") : qsTrId("ui.goodbye.title")
    white: true
    isOnRoute: hasPlace
    at: lacksSlip ? "slip" : "end"
    trouble: lacksSlip
    hasClass: views.slip.hasClass
    hasCoach: views.slip.hasCoach
    family: views.slip.family
    foot.goLabel: lacksSlip ? qsTrId("ui.goodbye.got_card") : qsTrId("ui.goodbye.got_all")
    foot.goIcon: "ui/tick"
    onGo: views.visit.go()

    Rectangle {
        id: band
        width: Theme.landscape ? (page.hasPlace ? page.width / 2 : page.width) : page.width
        height: Theme.landscape || !page.hasPlace ? page.bodyBottom - page.bodyTop : Theme.px(Theme.large ? 540 : 580)
        color: Theme.ink

        Icon {
            id: drawing
            x: Theme.px(Theme.landscape ? 60 : 48)
            anchors.verticalCenter: parent.verticalCenter
            name: "pictograms/takecard"
            size: Theme.px(Theme.landscape ? 380 : 432)
            tint: Theme.paper
        }
        Words {
            x: drawing.x + drawing.width + Theme.px(Theme.landscape ? 50 : 84)
            anchors.verticalCenter: parent.verticalCenter
            lineHeight: Math.round(font.pixelSize * 1.2)
            text: qsTrId("ui.goodbye.take_card_lines")
            font.pixelSize: Theme.px(Theme.landscape ? 124 : Theme.latin ? 132 : 144)
            weight: Theme.black
            color: Theme.paper
        }
    }
    Repeater {
        model: page.views.slip.way

        Item {
            id: way
            required property string departs
            required property string bay
            required property string head
            required property string note
            readonly property bool isCoach: departs.length > 0

            x: Theme.landscape ? band.width + Theme.px(56) : Theme.px(48)
            y: Theme.landscape ? Theme.px(52) : band.height + Theme.px(24)
            width: page.width - x - Theme.px(48)

            FitWords {
                id: after
                room: way.width
                text: way.isCoach ? page.thenCoach : page.thenWork
                step: Theme.latin ? 52 : 56
                weight: Theme.black
            }
            PlacePlate {
                id: bayPlate
                y: after.height + Theme.px(20)
                visible: way.isCoach
                text: way.bay
                size: Theme.px(328)
            }
            Icon {
                id: walk
                y: after.height + Theme.px(20)
                visible: !way.isCoach
                name: "ui/directions_walk"
                size: Theme.px(Theme.landscape ? 280 : 300)
            }
            Item {
                id: facts
                x: bayPlate.width + Theme.px(46)
                y: bayPlate.y
                width: way.width - x
                height: bayPlate.height

                FitWords {
                    y: -Theme.px(18)
                    visible: way.isCoach
                    room: facts.width
                    text: way.head
                    step: Theme.latin ? 56 : 64
                    weight: Theme.black
                }
                FitWords {
                    anchors.verticalCenter: parent.verticalCenter
                    visible: way.isCoach
                    room: facts.width
                    text: way.departs
                    step: Theme.large ? 124 : Theme.landscape ? 156 : 196
                    weight: Theme.black
                }
                FitWords {
                    y: facts.height - height + Theme.px(16)
                    visible: way.isCoach
                    room: facts.width
                    text: way.note
                    step: Theme.headStep
                    weight: Theme.bold
                }
                Pair {
                    anchors.verticalCenter: parent.verticalCenter
                    visible: !way.isCoach
                    room: facts.width
                    head: way.head
                    headStep: Theme.latin ? 56 : 68
                    headWeight: Theme.black
                    headLines: 2
                    note: way.note
                    noteStep: Theme.headStep
                    noteColor: Theme.ink
                }
            }
            Rectangle {
                y: bayPlate.y + bayPlate.height + Theme.px(38)
                width: way.width
                height: Theme.line(6)
                color: Theme.ink
            }
            Row {
                y: bayPlate.y + bayPlate.height + Theme.px(72)
                spacing: Theme.px(24)

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    name: "ui/receipt_long"
                    size: Theme.px(64)
                }
                FitWords {
                    anchors.verticalCenter: parent.verticalCenter
                    room: way.width - Theme.px(88)
                    lines: 2
                    text: page.views.slip.parting
                    step: Theme.large ? 34 : Theme.rowStep
                    weight: Theme.medium
                }
            }
        }
    }
}
