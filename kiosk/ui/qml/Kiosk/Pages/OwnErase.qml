// Two ways to have something erased, and below them what law keeps all the same, how long, and which law.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

WorkerPage {
    id: page

    readonly property bool wide: Theme.landscape
    readonly property real columnWidth: wide ? (width - Theme.px(96 + 36)) / 2 : width - Theme.px(96)

    title: qsTrId("own.erase.title")
    foot.goLabel: qsTrId("own.erase.go")
    foot.goIcon: "ui/delete"
    foot.goReady: views.own.chosen.length > 0
    foot.secondaryIcon: "ui/arrow_left"
    foot.secondaryLabel: qsTrId("own.erase.leave")
    onGo: views.own.erase()
    onSecondary: views.visit.back()

    Column {
        id: ways
        x: Theme.px(48)
        y: Math.max(Theme.px(32), page.touchTop)
        spacing: Theme.px(34)

        Answer {
            objectName: "answer.0"
            width: page.columnWidth
            height: Theme.px(page.wide ? 310 : 268)
            figureSize: Theme.px(150)
            figure: "ui/call"
            wordsStep: Theme.titleStep
            label: qsTrId("own.erase.consent")
            note: qsTrId("own.erase.consent_note")
            chosen: page.views.own.chosen === "consent"
            onTapped: page.views.own.choose("consent")
        }
        Answer {
            objectName: "answer.1"
            width: page.columnWidth
            height: Theme.px(page.wide ? 310 : 268)
            figureSize: Theme.px(150)
            figure: "ui/delete"
            wordsStep: Theme.titleStep
            label: qsTrId("own.erase.all")
            note: qsTrId("own.erase.all_note")
            chosen: page.views.own.chosen === "all"
            onTapped: page.views.own.choose("all")
        }
    }
    Rectangle {
        id: kept
        x: page.wide ? Theme.px(84) + page.columnWidth : Theme.px(48)
        y: page.wide || Theme.low ? Theme.px(32) : ways.y + ways.height + Theme.px(34)
        width: page.columnWidth
        height: (Theme.low ? page.touchTop : page.bodyHeight) - y - Theme.px(page.wide ? 32 : 12)
        radius: Theme.px(20)
        color: Theme.paper
        border { width: Theme.edge; color: Theme.ink }

        Column {
            x: Theme.px(40)
            y: (kept.height - height) / 2
            spacing: Theme.px(page.wide ? 12 : 18)

            Pair {
                room: kept.width - Theme.px(80)
                head: qsTrId("own.law.head")
                headStep: Theme.low ? Theme.rowStep : Theme.headStep
                headWeight: Theme.black
                note: qsTrId("own.law.note")
            }
            Repeater {
                model: page.views.own.laws

                Pair {
                    id: law
                    required head
                    required note
                    room: kept.width - Theme.px(80)
                    headStep: Theme.low ? 36 : Theme.rowStep
                    noteStep: Theme.low ? 32 : Theme.noteStep
                }
            }
        }
    }
}
