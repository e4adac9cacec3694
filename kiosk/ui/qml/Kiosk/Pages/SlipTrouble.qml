// The paper is not in hand, the place is: the number to remember, and how things stand, the safe thing first.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

JourneyPage {
    id: page

    title: views.slip.troubleTitle
    white: true
    at: "slip"
    trouble: true
    family: views.slip.family
    hasClass: views.slip.hasClass
    hasCoach: views.slip.hasCoach
    // Whoever practises needs no slip, and nobody at the window.
    foot.goLabel: Theme.practice.length > 0 ? qsTrId("ui.practice.done") : qsTrId("ui.slip.to_window")
    foot.secondaryLabel: Theme.practice.length > 0 ? "" : qsTrId("ui.slip.wait")
    foot.secondaryIcon: "ui/schedule"
    onGo: views.visit.go()
    onSecondary: views.visit.stay()

    Icon {
        id: drawing
        x: Theme.px(Theme.landscape ? 96 : 48)
        y: Theme.px(Theme.landscape ? 40 : 36)
        name: page.views.slip.troubleFigure
        size: Theme.px(Theme.landscape ? 280 : 336)
    }
    Column {
        x: Theme.landscape ? Theme.px(48) : drawing.x + drawing.width + Theme.px(52)
        y: Theme.landscape ? drawing.y + drawing.height + Theme.px(24) : drawing.y + (drawing.height - height) / 2
        readonly property real room: Theme.landscape ? Theme.px(620) : page.width - x - Theme.px(48)
        id: number

        FitWords {
            room: number.room
            text: qsTrId("ui.slip.number")
            step: Theme.rowStep
            weight: Theme.medium
            color: Theme.mute
        }
        FitWords {
            room: number.room
            text: page.views.slip.shortNumber
            step: 150
            lineHeight: Math.round(font.pixelSize * 1.15)
            weight: Theme.black
        }
        FitWords {
            room: number.room
            lines: 2
            text: qsTrId("ui.slip.remember")
            step: Theme.rowStep
            weight: Theme.medium
            color: Theme.mute
        }
    }
    Rectangle {
        x: Theme.landscape ? Theme.px(700) : Theme.px(48)
        y: Theme.landscape ? Theme.px(40) : Theme.px(410)
        width: Theme.landscape ? Theme.line(6) : page.width - 2 * x
        height: Theme.landscape ? page.bodyBottom - page.bodyTop - 2 * y : Theme.line(6)
        color: Theme.ink
    }
    Column {
        id: standing
        x: Theme.landscape ? Theme.px(752) : Theme.px(48)
        readonly property real ceiling: Theme.landscape ? 0 : Theme.px(416)
        y: ceiling + (page.bodyBottom - page.bodyTop - ceiling - height) / 2
        spacing: Theme.px(Theme.landscape ? 56 : Theme.large ? 64 : 96)

        Repeater {
            model: page.views.slip.states

            StateRow {
                width: page.width - standing.x - Theme.px(48)
            }
        }
    }
}
