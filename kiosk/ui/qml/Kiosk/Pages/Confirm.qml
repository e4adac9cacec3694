// The last look: the ticket, and what touching the yellow plate means.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

JourneyPage {
    id: page

    title: qsTrId("ui.confirm.title")
    at: "confirm"
    family: views.detail.family
    hasClass: views.detail.hasClass
    hasCoach: views.detail.hasCoach
    foot.goLabel: views.confirm.isFirm ? qsTrId("ui.confirm.print") : qsTrId("ui.confirm.print_referral")
    foot.secondaryLabel: qsTrId("ui.confirm.no")
    onGo: views.visit.go()
    onSecondary: views.visit.back()

    Repeater {
        model: page.views.confirm.ticket

        Ticket {
            x: Theme.px(48)
            y: Theme.px(Theme.landscape ? 24 : 32)
            width: page.width - 2 * x
            height: Theme.landscape ? meaning.y - y - Theme.px(16) : implicitHeight
        }
    }
    Item {
        id: meaning
        x: Theme.px(48)
        y: Theme.landscape ? page.bodyBottom - page.bodyTop - height - Theme.px(16) : Theme.px(1062)
        width: page.width - 2 * x
        height: Theme.px(!Theme.landscape || Theme.large ? 132 : 104)

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: page.views.confirm.isFirm ? "ui/handshake" : "ui/campaign"
            size: Theme.px(88)
        }
        Pair {
            x: Theme.px(114)
            anchors.verticalCenter: parent.verticalCenter
            room: meaning.width - x
            head: page.views.confirm.isFirm ? qsTrId("ui.confirm.promise") : qsTrId("ui.confirm.introduction")
            headWeight: Theme.black
            note: page.views.confirm.isFirm ? qsTrId("ui.confirm.employer_promised") : qsTrId("ui.confirm.employer_decides")
        }
    }
}
