// Someone wants this job, or touched the plate: now the card has to lie on the reader.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

WorkerPage {
    id: page

    title: qsTrId("ui.lay_card.title")
    foot.goLabel: qsTrId("ui.lay_card.waiting")
    foot.goReady: false
    foot.goIcon: ""

    CardPlate {
        enabled: false
        x: Theme.px(48)
        y: Theme.px(32)
        width: page.width - 2 * x
        height: page.bodyBottom - page.bodyTop - 2 * y + (Theme.landscape ? 0 : Theme.px(32))
        words: qsTrId("ui.home.lay_card")
        purpose: qsTrId("ui.lay_card.how")
        notice: qsTrId("ui.home.notice")
    }
}
