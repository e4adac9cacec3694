// What stops when the use of what consent allowed is restricted, and what goes on all the same.
import QtQuick
import Kiosk.Kit

WorkerPage {
    id: page

    readonly property bool wide: Theme.landscape
    readonly property real columnWidth: wide ? (width - Theme.px(96 + 24)) / 2 : width - Theme.px(96)
    readonly property real headHeight: Theme.px(72)
    readonly property real rowHeight: Theme.px(240)
    readonly property real gap: Theme.px(24)
    readonly property real headTop: Theme.px(32)

    title: qsTrId("own.restrict.title")
    foot.goLabel: qsTrId("own.restrict.go")
    foot.goIcon: "ui/visibility_off"
    foot.secondaryIcon: "ui/arrow_left"
    foot.secondaryLabel: qsTrId("own.restrict.leave")
    onGo: views.own.restrict()
    onSecondary: views.visit.back()

    FitWords {
        x: Theme.px(48)
        y: page.headTop
        room: page.columnWidth
        text: qsTrId("own.restrict.stops")
        step: Theme.valueStep
        weight: Theme.black
    }
    Column {
        id: stops
        x: Theme.px(48)
        y: page.headTop + page.headHeight
        spacing: page.gap

        NoteRow {
            width: page.columnWidth
            height: page.rowHeight
            icon: "ui/person"
            forbidden: true
            head: qsTrId("own.restrict.order")
            note: qsTrId("own.restrict.order_note")
        }
        NoteRow {
            width: page.columnWidth
            height: page.rowHeight
            icon: "ui/call"
            forbidden: true
            head: qsTrId("own.restrict.call")
            note: qsTrId("own.restrict.call_note")
        }
    }
    FitWords {
        x: stays.x
        y: stays.y - page.headHeight
        room: page.columnWidth
        text: qsTrId("own.restrict.stays")
        step: Theme.valueStep
        weight: Theme.black
    }
    Column {
        id: stays
        x: page.wide ? Theme.px(72) + page.columnWidth : Theme.px(48)
        y: page.wide ? stops.y : stops.y + 2 * page.rowHeight + page.gap + Theme.px(40) + page.headHeight
        spacing: page.gap

        NoteRow {
            width: page.columnWidth
            height: page.rowHeight
            icon: "ui/assignment_turned_in"
            head: qsTrId("own.restrict.work")
            note: qsTrId("own.restrict.work_note")
        }
        NoteRow {
            width: page.columnWidth
            height: page.rowHeight
            icon: "ui/undo"
            head: qsTrId("own.restrict.again")
            note: qsTrId("own.restrict.again_note")
        }
    }
}
