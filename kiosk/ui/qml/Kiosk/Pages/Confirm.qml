// The last look: the ticket, and what touching the yellow plate means.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

JourneyPage {
    id: page

    readonly property real ticketTop: Theme.px(Theme.landscape || views.confirm.isWarned ? 24 : 32)
    readonly property real ticketBottom: Theme.px(views.confirm.isWarned ? 892 : 1044)

    title: qsTrId("ui.confirm.title")
    at: "confirm"
    family: views.detail.family
    hasClass: views.detail.hasClass
    hasCoach: views.detail.hasCoach
    foot.goLabel: views.visit.noSlipNote.length > 0 ? (views.confirm.isFirm ? qsTrId("ui.confirm.book") : qsTrId("ui.confirm.book_referral")) : views.confirm.isFirm ? qsTrId("ui.confirm.print") : qsTrId("ui.confirm.print_referral")
    foot.secondaryIcon: "ui/cross"
    foot.secondaryLabel: qsTrId("ui.confirm.no")
    onGo: views.visit.go()
    onSecondary: views.visit.back()

    Repeater {
        model: page.views.confirm.ticket

        Ticket {
            x: Theme.px(48)
            y: page.ticketTop
            width: page.width - 2 * x
            height: Theme.landscape ? meaning.y - y - Theme.px(16) : page.ticketBottom - y
        }
    }
    Repeater {
        model: page.views.confirm.warnings

        // Above the promise, or beside it on lying glass: what to mind, which keeps nobody from going.
        Meaning {
            x: Theme.landscape ? page.width / 2 + Theme.px(24) : meaning.x
            y: Theme.landscape ? meaning.y : page.ticketBottom + (meaning.y - page.ticketBottom - height) / 2
            width: Theme.landscape ? page.width - x - Theme.px(48) : meaning.width
            height: meaning.height
        }
    }
    Meaning {
        id: meaning
        x: Theme.px(48)
        y: Theme.landscape ? page.bodyBottom - page.bodyTop - height - Theme.px(16) : Theme.px(1062)
        width: Theme.landscape && page.views.confirm.isWarned ? page.width / 2 - Theme.px(72) : page.width - 2 * x
        height: Theme.px(!Theme.landscape || Theme.large ? 132 : 104)
        figure: page.views.confirm.isFirm ? "ui/handshake" : "ui/campaign"
        head: page.views.confirm.isFirm ? qsTrId("ui.confirm.promise") : qsTrId("ui.confirm.introduction")
        note: page.views.confirm.isFirm ? qsTrId("ui.confirm.employer_promised") : qsTrId("ui.confirm.employer_decides")
    }
}
