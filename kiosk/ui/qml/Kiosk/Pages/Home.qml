// The first screen: how many people are wanted, in which work, and the yellow plate for the card.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

WorkerPage {
    id: page

    title: views.visit.station
    foot.visible: false
    signAside: Theme.landscape ? (views.home.hasCalls ? calls.width : promise.width) + Theme.px(72) : 0

    // The hidden corner: five touches on the clock within four seconds ask for the desk.
    Item {
        id: corner
        property int touches: 0

        objectName: "admin.corner"
        parent: page
        x: page.width - width
        width: Theme.px(260)
        height: Theme.signHeight

        TapHandler {
            longPressThreshold: 0
            onTapped: corner.touches += 1
        }
        Timer {
            running: corner.touches > 0
            interval: 4000
            onTriggered: corner.touches = 0
        }
        onTouchesChanged: touches === 5 ? page.views.visit.requestAdmin() : undefined
    }

    // How many are wanted: under the sign in portrait, beside the bar's keys in landscape.
    Item {
        id: wanted
        parent: page
        // Nothing is counted before the hall is open.
        visible: page.views.home.openPlaces.length > 0
        x: Theme.landscape ? Theme.px(1092) : Theme.px(48)
        y: Theme.landscape ? page.height - Theme.barHeight : page.bodyTop
        width: page.width - x - Theme.px(48)
        height: Theme.landscape ? Theme.px(204) : lower.y

        Words {
            id: number
            x: Theme.landscape ? wanted.width - width - person.width - Theme.px(24) : 0
            y: Theme.landscape ? (wanted.height - height) / 2 : Theme.px(Theme.low ? 84 : 46)
            objectName: "home.places"
            text: page.views.home.openPlaces
            font.pixelSize: Theme.px(Theme.landscape ? 164 : Theme.low ? 300 : 184)
            weight: Theme.black
            color: Theme.landscape ? Theme.boardInk : Theme.ink
        }
        Words {
            id: person
            anchors { left: number.right; leftMargin: Theme.px(18); baseline: number.baseline }
            text: qsTrId("ui.home.people")
            step: Theme.latin ? (Theme.large ? 36 : 44) : 84
            weight: Theme.black
            color: number.color
        }
        FitWords {
            x: Theme.landscape ? number.x - width - Theme.px(28) : 0
            y: Theme.landscape ? wanted.height / 2 - height : Theme.px(18)
            room: Theme.landscape ? number.x - Theme.px(28) : wanted.width
            text: qsTrId("ui.home.wanted")
            step: Theme.large ? 40 : Theme.landscape ? 44 : Theme.headStep
            weight: Theme.black
            color: number.color
        }
        FitWords {
            x: number.x - width - Theme.px(28)
            y: wanted.height / 2
            visible: Theme.landscape
            room: number.x - Theme.px(28)
            lines: 2
            lineHeight: Math.round(font.pixelSize * 1.15)
            horizontalAlignment: Text.AlignRight
            text: qsTrId("ui.home.look_first")
            step: Theme.large ? 32 : Theme.secondStep
            weight: Theme.medium
            color: number.color
        }
    }
    Row {
        id: promise
        parent: page
        x: page.width - width - Theme.px(Theme.landscape ? 280 : 48)
        y: Theme.landscape ? (Theme.signHeight - height) / 2 : page.bodyTop + lower.y - Theme.px(100)
        visible: !Theme.landscape || !page.views.home.hasCalls
        spacing: Theme.px(18)

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: page.views.home.problem.length > 0 ? "ui/lamp_warn" : "ui/verified_user"
            size: Theme.px(56)
            tint: Theme.landscape ? Theme.boardInk : Theme.ink
        }
        FitWords {
            anchors.verticalCenter: parent.verticalCenter
            room: Theme.px(440)
            text: page.views.home.problem.length > 0 ? page.views.home.problem : qsTrId("ui.home.free")
            step: Theme.rowStep
            color: Theme.landscape ? Theme.boardInk : Theme.ink
        }
    }

    Rectangle {
        id: lower
        x: Theme.px(48)
        y: tiles.y - Theme.px(104)
        width: page.width - 2 * x
        height: Theme.line(6)
        visible: !Theme.landscape
        color: Theme.ink
    }
    // Who is called stands where "look first" stands while nobody is, in the sign where the page is wide.
    Row {
        id: calls
        parent: page
        x: Theme.landscape ? page.width - width - Theme.px(280) : Theme.px(48)
        y: Theme.landscape ? (Theme.signHeight - height) / 2 : page.bodyTop + lower.y + Theme.px(12)
        visible: page.views.home.hasCalls
        spacing: Theme.px(24)

        readonly property bool isOne: called.count === 1

        Repeater {
            id: called
            model: page.views.home.calls

            Rectangle {
                id: call
                required property int index
                required property string number
                required property string name
                required property string spot
                objectName: "call." + index
                width: calls.isOne ? (Theme.landscape ? Theme.px(560) : page.width - Theme.px(96)) : (Theme.landscape ? Theme.px(420) : (page.width - Theme.px(96 + 24)) / 2)
                height: Theme.px(80)
                radius: Theme.px(12)
                color: Theme.go
                Accessible.role: Accessible.StaticText
                Accessible.name: number + " " + name + " " + spot

                Words {
                    id: callNumber
                    x: Theme.px(16)
                    anchors.verticalCenter: parent.verticalCenter
                    text: call.number
                    font.pixelSize: Theme.px(60)
                    weight: Theme.black
                    color: Theme.goInk
                }
                FitWords {
                    x: callNumber.x + callNumber.width + Theme.px(16)
                    anchors.verticalCenter: parent.verticalCenter
                    room: call.width - x - Theme.px(16)
                    lines: 2
                    lineHeight: Math.round(font.pixelSize * (wraps ? 1.08 : 1.3))
                    text: call.spot + " " + call.name
                    step: Theme.rowStep
                    weight: Theme.black
                    color: Theme.goInk
                }
            }
        }
    }
    Row {
        x: Theme.px(48)
        y: lower.y + Theme.px(20)
        visible: !Theme.landscape && !page.views.home.hasCalls
        spacing: Theme.px(20)

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "ui/arrow_down"
            size: Theme.px(52)
        }
        FitWords {
            anchors.verticalCenter: parent.verticalCenter
            room: page.width - Theme.px(168)
            text: qsTrId("ui.home.look_first")
            step: Theme.large ? 44 : Theme.latin ? 48 : 52
            weight: Theme.black
        }
    }

    Grid {
        id: tiles
        x: Theme.landscape ? page.width - width - Theme.px(48) : Theme.px(48)
        y: Math.max(Theme.px(Theme.landscape ? 24 : 360), page.touchTop)
        columns: 3
        spacing: Theme.gap

        Repeater {
            model: page.views.home.families

            FamilyTile {
                required property int index
                objectName: "family." + index
                width: Theme.px(312)
                height: Theme.px(Theme.landscape ? 338 : Theme.low ? 232 : 296)
                onTapped: page.views.home.browse(family)
            }
        }
    }
    CardPlate {
        objectName: "go"
        onTapped: page.views.visit.go()
        x: Theme.px(48)
        y: Theme.landscape ? Theme.px(24) : tiles.y + tiles.height + Theme.px(28)
        width: Theme.landscape ? tiles.x - x - Theme.gap : page.width - 2 * x
        height: Theme.landscape ? Theme.px(700) : page.height - Theme.barHeight - Theme.px(24) - page.bodyTop - y
        words: qsTrId("ui.home.lay_card")
        purpose: qsTrId("ui.home.purpose")
        notice: qsTrId("ui.home.notice")
    }
}
