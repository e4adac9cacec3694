// A ticket, receipt or pass comes out: the very bitmap that goes to the printer, as far as the printer has told.
import QtQuick
import Kiosk.Kit

WorkerPage {
    id: page

    title: qsTrId("ui.papers.coming")
    white: true
    foot.goLabel: qsTrId("ui.papers.wait")
    foot.goReady: false
    foot.goIcon: ""

    Item {
        id: paper
        anchors.horizontalCenter: parent.horizontalCenter
        y: Theme.px(40)
        width: Theme.px(Theme.landscape ? 560 : 760)
        height: page.bodyBottom - page.bodyTop - y - slot.height
        clip: true

        Image {
            readonly property real out: height * Math.max(0.3, page.views.papers.fraction)
            width: paper.width
            height: width * implicitHeight / Math.max(1, implicitWidth)
            y: Math.max(0, Math.round((paper.height - out) / 8) * 8)
            source: page.views.papers.picture
            smooth: true
            mipmap: true
        }
    }
    Rectangle {
        id: slot
        anchors.horizontalCenter: parent.horizontalCenter
        y: paper.y + paper.height
        width: paper.width + Theme.px(96)
        height: Theme.px(48)
        radius: Theme.px(12)
        color: Theme.ink
    }
}
