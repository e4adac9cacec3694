// One line somebody stands in: the number he is called by, how many stand before him, or where he is called.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

WorkerPage {
    id: page

    readonly property real half: Theme.landscape ? (page.width - Theme.px(96 + 32)) / 2 : page.width - Theme.px(96)

    title: qsTrId("hiring.line.title")
    foot.goLabel: views.queue.mayTake ? qsTrId("hiring.line.take") : qsTrId("hiring.line.ok")
    foot.goIcon: views.queue.mayTake ? "ui/handshake" : "ui/tick"
    foot.secondaryIcon: "ui/cross"
    foot.secondaryLabel: qsTrId("hiring.line.leave")
    onGo: views.visit.go()
    onSecondary: views.queue.leave()

    Repeater {
        model: page.views.queue.job

        JobStrip {
            x: Theme.px(48)
            y: Theme.px(Theme.landscape ? 28 : 32)
            width: page.half
        }
    }
    Repeater {
        model: page.views.queue.line

        Item {
            id: line
            required property string number
            required property string beside
            required property string besideWord
            required property string head
            required property string note
            required property string figure
            readonly property real plateSize: Theme.px(Theme.landscape ? 220 : 260)
            readonly property real wordsTop: Theme.px(Theme.landscape ? 268 : 286)

            width: page.width
            height: page.bodyHeight

            // The two plates: what is called, and where or when.
            FitWords {
                id: own
                x: Theme.px(48)
                y: line.wordsTop
                room: page.half / 2 - Theme.px(16)
                text: qsTrId("hiring.line.own_number")
                step: Theme.rowStep
                weight: Theme.black
            }
            PlacePlate {
                id: called
                x: Theme.px(48)
                y: own.y + own.height + Theme.px(16)
                text: line.number
                size: line.plateSize
            }
            FitWords {
                x: besidePlate.x
                y: line.wordsTop
                visible: line.beside.length > 0
                room: page.half + Theme.px(48) - x
                text: line.besideWord
                step: Theme.rowStep
                weight: Theme.black
            }
            Rectangle {
                id: besidePlate
                x: called.x + called.width + Theme.px(48)
                y: own.y + own.height + Theme.px(16)
                width: Math.max(height, beside.width + Theme.px(64))
                height: line.plateSize
                visible: line.beside.length > 0
                radius: Theme.px(12)
                color: Theme.paper

                Words {
                    id: beside
                    anchors.centerIn: parent
                    text: line.beside
                    font.pixelSize: Math.round(line.plateSize * 0.84)
                    weight: Theme.black
                }
            }
            Row {
                id: state
                x: Theme.landscape ? page.width - page.half - Theme.px(48) : Theme.px(48)
                y: Theme.landscape ? Theme.px(44) : own.y + own.height + line.plateSize + Theme.px(64)
                spacing: Theme.px(28)

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    name: line.figure
                    size: Theme.px(Theme.landscape ? 132 : 152)
                }
                Pair {
                    anchors.verticalCenter: parent.verticalCenter
                    room: page.half - Theme.px(Theme.landscape ? 160 : 180)
                    head: line.head
                    headStep: Theme.latin ? 52 : 68
                    headWeight: Theme.black
                    headLines: 2
                    note: line.note
                    noteLines: 2
                    noteStep: Theme.headStep
                }
            }
            Answer {
                objectName: "why"
                x: state.x
                y: line.height - height - Theme.px(Theme.landscape ? 28 : 16)
                width: page.half
                height: Theme.px(Theme.landscape ? 200 : Theme.large ? 160 : 172)
                visible: page.views.queue.hasCalls
                figure: "ui/history"
                figureSize: Theme.px(96)
                wordsStep: Theme.large ? 40 : Theme.headStep
                choosable: false
                label: qsTrId("hiring.why.open")
                note: qsTrId("hiring.why.open_note")
                onTapped: page.views.queue.askWhy()
            }
        }
    }
}
