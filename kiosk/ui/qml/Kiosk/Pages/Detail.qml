// One job with all that an advertisement must say, in the fixed order of facts.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

JourneyPage {
    id: page

    readonly property real half: Theme.landscape ? page.width / 2 : page.width
    readonly property bool hasInstead: views.detail.insteadLabel.length > 0

    title: qsTrId("ui.detail.title")
    white: true
    family: views.detail.family
    hasClass: views.detail.hasClass
    hasCoach: views.detail.hasCoach
    foot.goLabel: views.detail.goLabel
    foot.goReady: views.detail.isReady
    foot.secondaryLabel: hasInstead ? views.detail.insteadLabel : qsTrId(views.detail.canLead ? "team.others" : "ui.detail.others")
    foot.secondaryNote: hasInstead ? qsTrId("finding.full.same_work") : ""
    foot.secondaryNoteIcon: hasInstead ? "ui/swap_horiz" : ""
    foot.secondaryIcon: hasInstead ? "" : "ui/swap_horiz"
    foot.pictureLabel: views.detail.canLead ? qsTrId("team.go") : ""
    foot.pictureIcon: "ui/groups"
    foot.hasWords: true
    onPicture: views.team.open()
    onGo: views.visit.go()
    onSecondary: hasInstead ? views.detail.lookInstead() : views.visit.back()

    Repeater {
        model: page.views.detail.job

        Column {
            id: job
            required property string family
            required property string figure
            required property string title
            required property string tasks
            required property string employer
            required property string vetted
            required property string pay
            required property string unit
            required property string payday
            required property string payNote
            required property string departs
            required property string towards
            required property string back
            required property string bay
            required property string seats
            readonly property real spare: page.bodyBottom - page.bodyTop - Theme.px(244 + 204 + 144)

            width: page.half

            JobHead {
                width: job.width
                height: Theme.px(244) + (Theme.landscape ? job.spare * 0.5 : 0)
                family: job.family
                figure: job.figure
                title: job.title
                tasks: job.tasks
                employer: job.employer
                vetted: job.vetted
            }
            PayBand {
                width: job.width
                height: Theme.px(204) + (Theme.landscape ? job.spare * 0.3 : 0)
                pay: job.pay
                unit: job.unit
                payday: job.payday
                payNote: job.payNote
            }
            CoachBand {
                width: job.width
                height: Theme.px(144) + (Theme.landscape ? job.spare * 0.2 : 0)
                departs: job.departs
                towards: job.towards
                back: job.back
                bay: job.bay
                bayWord: qsTrId("ui.coach.bay")
                seats: job.seats
            }
        }
    }
    Grid {
        id: facts
        x: Theme.landscape ? page.half : 0
        y: Theme.landscape ? 0 : Theme.px(592)
        columns: 2
        spacing: 0
        readonly property real cellWidth: (page.width - x) / 2
        readonly property real cellHeight: (page.bodyBottom - page.bodyTop - y) / 4

        Repeater {
            model: page.views.detail.facts

            FactsCell {
                required property int index
                width: facts.cellWidth
                height: facts.cellHeight

                Rectangle {
                    width: parent.width
                    height: Theme.line(2)
                    visible: parent.index > 1
                    color: Theme.rule
                }
                Rectangle {
                    width: Theme.line(2)
                    height: parent.height
                    visible: parent.index % 2 === 1
                    color: Theme.rule
                }
            }
        }
    }
}
