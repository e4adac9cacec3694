// The slip comes out of the machine: the very bitmap that goes to the printer, as far as the printer has told.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

JourneyPage {
    id: page

    readonly property color travelled: Theme.family(family)

    title: qsTrId("ui.printing.title")
    at: "slip"
    family: views.slip.family
    hasClass: views.slip.hasClass
    hasCoach: views.slip.hasCoach
    foot.goLabel: qsTrId("ui.printing.wait")
    foot.goReady: false
    foot.goIcon: ""

    // Where the paper will hang: not yet there, like everything dashed.
    Loader {
        x: paper.x
        y: paper.y
        width: paper.width
        height: paper.height + Theme.px(24)
        active: slip.y > 0
        sourceComponent: Dashes {
            fill: "transparent"

            Icon {
                anchors.horizontalCenter: parent.horizontalCenter
                y: (slip.y - height) / 2
                visible: slip.y > height * 1.5
                name: "ui/receipt_long"
                size: Theme.px(200)
                tint: Theme.off
            }
        }
    }
    Item {
        id: paper
        x: Theme.px(Theme.landscape ? 160 : 84)
        y: Theme.px(Theme.landscape ? 20 : 40)
        width: Theme.px(456)
        height: page.bodyHeight - y - Theme.px(Theme.landscape ? 150 : 136)
        clip: true

        Image {
            id: slip
            // The head of the slip comes first; it grows in steps of eight pixels, and only as the printer tells.
            readonly property real out: height * Math.max(0.12, page.views.slip.fraction)
            width: paper.width
            height: width * implicitHeight / Math.max(1, implicitWidth)
            y: Math.max(0, Math.round((paper.height - out) / 8) * 8)
            source: page.views.slip.picture
            smooth: true
            mipmap: true
        }
    }
    Rectangle {
        x: paper.x - Theme.px(36)
        y: paper.y + paper.height
        width: paper.width + Theme.px(72)
        height: Theme.px(56)
        radius: height / 2
        color: Theme.ink
    }
    Row {
        x: paper.x + (paper.width - width) / 2
        y: paper.y + paper.height + Theme.px(66)
        spacing: Theme.px(20)

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "ui/arrow_down"
            size: Theme.px(44)
        }
        FitWords {
            anchors.verticalCenter: parent.verticalCenter
            room: Theme.px(460)
            text: qsTrId("ui.printing.below")
            step: Theme.rowStep
        }
    }

    // Three stops of their own: taken, printing, in hand.
    Item {
        id: line
        x: Theme.px(Theme.landscape ? 960 : 652)
        y: Theme.px(Theme.landscape ? 110 : 156)
        readonly property real step: Theme.px(Theme.landscape ? 220 : 356)
        readonly property real room: page.width - x - Theme.px(80 + 32)

        Rectangle {
            x: -width / 2
            width: Theme.px(14)
            height: line.step
            color: page.travelled
        }
        Rectangle {
            x: -width / 2
            y: line.step
            width: Theme.px(14)
            height: line.step
            color: Theme.rule
        }
        Rectangle {
            x: -width / 2
            y: -height / 2
            width: Theme.px(88)
            height: width
            radius: width / 2
            color: page.travelled

            Icon {
                anchors.centerIn: parent
                name: "ui/tick"
                size: Theme.px(54)
                tint: Theme.paper
            }
        }
        Rectangle {
            x: -width / 2
            y: line.step - height / 2
            width: Theme.px(88)
            height: width
            radius: width / 2
            color: page.travelled

            Rectangle {
                anchors.centerIn: parent
                width: Theme.px(42)
                height: width
                radius: width / 2
                color: Theme.paper
            }
        }
        Rectangle {
            x: -width / 2
            y: 2 * line.step - height / 2
            width: Theme.px(76)
            height: width
            radius: width / 2
            color: Theme.paper
            border { width: Theme.px(12); color: Theme.off }
        }
        Pair {
            x: Theme.px(80)
            y: -height / 2
            room: line.room
            head: qsTrId("ui.printing.taken")
            headStep: Theme.latin ? 52 : 60
            headWeight: Theme.black
            note: qsTrId("ui.printing.taken_note")
            noteLines: 2
        }
        Pair {
            x: Theme.px(80)
            y: line.step - height / 2
            room: line.room
            head: qsTrId("ui.printing.now")
            headStep: Theme.latin ? 52 : 60
            headWeight: Theme.black
            note: qsTrId("ui.printing.now_note")
            noteLines: 2
        }
        Pair {
            x: Theme.px(80)
            y: 2 * line.step - height / 2
            room: line.room
            head: qsTrId("ui.printing.then")
            headStep: Theme.latin ? 52 : 60
            headWeight: Theme.black
            headColor: Theme.mute
            note: qsTrId("ui.printing.then_note")
            noteLines: 2
        }
    }
}
