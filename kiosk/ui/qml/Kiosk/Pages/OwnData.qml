// What is kept of whoever is there: what law wants above, what only consent allows below, to be changed by a touch.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

WorkerPage {
    id: page

    readonly property bool wide: Theme.landscape
    readonly property real columnWidth: wide ? (width - Theme.px(96 + 24)) / 2 : width - Theme.px(96)
    readonly property real headHeight: Theme.px(72)
    readonly property real rowHeight: Theme.px(wide ? 200 : 222)
    readonly property real gap: Theme.px(24)

    title: qsTrId("own.data.title")
    foot.goLabel: qsTrId("own.data.done")
    onGo: views.visit.go()

    Repeater {
        model: page.views.own.own

        Item {
            id: own

            required property string who
            required property string whoNote
            required property string recordsNote
            required property string phone
            required property string trades
            required property string span
            required property string phoneNote
            required property string byConsent
            required property string useLabel
            required property string useIcon
            readonly property real plateWidth: (page.columnWidth - page.gap) / 2
            readonly property real plateTop: page.wide ? second.y + second.height + page.gap : own.height - Theme.px(124 + 12)

            width: page.width
            height: page.bodyBottom - page.bodyTop

            FitWords {
                x: Theme.px(48)
                y: Theme.px(12)
                room: page.columnWidth
                text: qsTrId("own.data.by_law")
                step: Theme.valueStep
                weight: Theme.black
            }
            Column {
                x: Theme.px(48)
                y: Theme.px(12) + page.headHeight
                spacing: page.gap

                NoteRow {
                    width: page.columnWidth
                    height: page.rowHeight
                    icon: "pictograms/card"
                    head: own.who
                    note: own.whoNote
                }
                NoteRow {
                    width: page.columnWidth
                    height: page.rowHeight
                    icon: "ui/receipt_long"
                    head: qsTrId("own.data.records")
                    note: own.recordsNote
                }
            }
            FitWords {
                x: second.x
                y: second.y - page.headHeight
                room: page.columnWidth
                text: own.byConsent
                step: Theme.valueStep
                weight: Theme.black
            }
            Column {
                id: second
                x: page.wide ? Theme.px(72) + page.columnWidth : Theme.px(48)
                y: Theme.px(12) + page.headHeight + (page.wide ? 0 : 2 * page.rowHeight + page.gap + Theme.px(28) + page.headHeight)
                spacing: page.gap

                Answer {
                    objectName: "mine.phone"
                    width: page.columnWidth
                    height: page.rowHeight
                    figure: "ui/call"
                    figureSize: Theme.px(120)
                    wordsStep: Theme.titleStep
                    choosable: false
                    label: own.phone
                    note: own.phoneNote
                    onTapped: page.views.own.changePhone()
                }
                Answer {
                    objectName: "mine.trades"
                    width: page.columnWidth
                    height: page.rowHeight
                    figure: "pictograms/build"
                    figureSize: Theme.px(120)
                    wordsStep: Theme.titleStep
                    choosable: false
                    label: own.trades
                    note: own.span
                    onTapped: page.views.own.changeTrades()
                }
            }
            SecondaryPlate {
                objectName: "mine.use"
                x: second.x
                y: own.plateTop
                width: own.plateWidth
                height: Theme.px(124)
                icon: own.useIcon
                label: own.useLabel
                onTapped: page.views.own.considerRestricting()
            }
            SecondaryPlate {
                objectName: "mine.erase"
                x: second.x + own.plateWidth + page.gap
                y: own.plateTop
                width: own.plateWidth
                height: Theme.px(124)
                icon: "ui/delete"
                label: qsTrId("own.data.erase")
                onTapped: page.views.own.considerErasing()
            }
        }
    }
}
