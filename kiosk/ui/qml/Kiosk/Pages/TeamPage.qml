// A page of people who go together: the job, what is to be done, everybody by masked name, and what a card meant.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

JourneyPage {
    id: page

    readonly property real half: Theme.landscape ? (page.width - Theme.px(96 + 32)) / 2 : page.width - Theme.px(96)
    readonly property real listTop: Theme.landscape ? Theme.px(28) : task.y + task.height + Theme.px(28)
    readonly property real saidHeight: Theme.px(Theme.landscape ? 200 : 168)
    readonly property real listBottom: page.bodyHeight - (Theme.landscape ? Theme.px(20) : page.saidHeight + Theme.px(16))
    // Few people have wide lines; from six lines on they stand in two columns.
    readonly property bool wide: everybody.count < 6
    readonly property int lines: page.wide ? everybody.count : Math.ceil(everybody.count / 2)
    readonly property real rowHeight: Math.min(Theme.px(page.wide ? 128 : 112), (page.listBottom - page.listTop) / Math.max(4, page.lines) - Theme.px(12))

    title: views.team.title
    family: views.detail.family
    hasClass: views.detail.hasClass
    hasCoach: views.detail.hasCoach
    foot.goLabel: views.team.goLabel
    foot.goIcon: views.team.goFigure
    foot.goReady: views.team.isReady
    foot.secondaryLabel: views.team.aside
    foot.secondaryIcon: views.team.asideFigure
    onGo: views.visit.go()
    onSecondary: views.team.turnAside()

    Repeater {
        model: page.views.team.job

        JobStrip {
            x: Theme.px(48)
            y: Theme.px(28)
            width: page.half
        }
    }
    Row {
        id: task
        x: Theme.px(48)
        y: Theme.px(28 + 216 + 28)
        spacing: Theme.px(32)

        Icon {
            id: drawing
            anchors.verticalCenter: parent.verticalCenter
            name: page.views.team.figure
            size: Theme.px(Theme.landscape ? 150 : 168)
        }
        Pair {
            anchors.verticalCenter: parent.verticalCenter
            room: page.half - drawing.width - Theme.px(32)
            head: page.views.team.head
            headStep: Theme.latin ? 56 : 68
            headWeight: Theme.black
            headLines: 2
            // On lying glass what a card meant has the room of it.
            note: Theme.landscape && sayings.count > 0 ? "" : page.views.team.note
            noteStep: Theme.headStep
            noteLines: 2
        }
    }
    Grid {
        x: Theme.landscape ? page.width - page.half - Theme.px(48) : Theme.px(48)
        y: page.listTop
        columns: page.wide ? 1 : 2
        spacing: Theme.px(12)

        Repeater {
            id: everybody
            model: page.views.team.members

            MemberRow {
                wide: page.wide
                width: page.wide ? page.half : (page.half - Theme.px(12)) / 2
                height: page.rowHeight
            }
        }
    }
    Repeater {
        id: sayings
        model: page.views.team.said

        StateRow {
            x: Theme.px(48)
            y: page.bodyHeight - height - Theme.px(Theme.landscape ? 24 : 8)
            width: page.half
        }
    }
}
