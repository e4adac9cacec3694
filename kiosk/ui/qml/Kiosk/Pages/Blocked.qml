// A refusal that shows what is missing as a missing thing, on what basis, and what would change it.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

WorkerPage {
    id: page

    readonly property real half: Theme.landscape ? (page.width - Theme.px(96 + 32)) / 2 : page.width - Theme.px(96)

    title: views.blocked.title
    refusal: true
    foot.goLabel: qsTrId("ui.blocked.go")
    onGo: views.visit.go()

    Repeater {
        model: page.views.blocked.job

        JobStrip {
            x: Theme.px(48)
            y: Theme.px(Theme.landscape ? 28 : 32)
            width: page.half
        }
    }
    Repeater {
        model: page.views.blocked.reason

        Item {
            id: reason
            required property string sentence
            required property string detail
            required property string basis
            required property string remedy
            required property string lack
            required property string lackFigure
            required property bool isClass
            required property string figure
            readonly property bool isLack: lack.length > 0

            width: page.width
            height: page.bodyBottom - page.bodyTop

            FitWords {
                id: question
                x: Theme.px(48)
                y: Theme.px(Theme.landscape ? 262 : 268)
                room: page.half
                lines: 2
                lineHeight: Math.round(font.pixelSize * 1.2)
                text: reason.sentence
                step: Theme.latin ? 68 : 84
                weight: Theme.black
            }
            FitWords {
                x: Theme.px(48)
                y: Theme.landscape ? question.y + question.height + Theme.px(20) : page.bodyBottom - page.bodyTop - height
                visible: page.views.blocked.more.length > 0
                room: page.half
                text: page.views.blocked.more
                step: Theme.secondStep
                weight: Theme.black
            }
            Row {
                id: papers
                x: Theme.landscape ? page.width - page.half - Theme.px(48) : Theme.px(48)
                y: Theme.landscape ? Theme.px(28) : question.y + question.height + Theme.px(16)
                visible: reason.isLack
                spacing: Theme.gap

                LackCard {
                    width: (page.half - Theme.gap) / 2
                    height: Theme.px(Theme.landscape ? 280 : 300)
                    caption: qsTrId("ui.blocked.needed")
                    figure: reason.lackFigure
                    words: reason.lack
                }
                LackCard {
                    width: (page.half - Theme.gap) / 2
                    height: Theme.px(Theme.landscape ? 280 : 300)
                    caption: qsTrId("ui.blocked.recorded")
                    figure: "pictograms/certno"
                    words: qsTrId("ui.blocked.nothing")
                    missing: true
                }
            }
            NoteRow {
                id: fact
                x: papers.x
                y: papers.y
                width: page.half
                height: Theme.px(Theme.landscape ? 216 : 260)
                visible: !reason.isLack
                icon: reason.figure
                head: reason.remedy
                note: reason.detail
            }
            FitWords {
                id: basis
                x: papers.x
                y: papers.y + (reason.isLack ? papers.height : fact.height) + Theme.px(16)
                room: page.half
                lines: 2
                text: reason.basis
                step: Theme.noteStep
                weight: Theme.medium
                color: Theme.mute
            }
            Column {
                x: papers.x
                y: basis.y + (reason.basis.length > 0 ? basis.height + Theme.px(16) : 0)
                spacing: Theme.gap

                Answer {
                    width: page.half
                    height: Theme.px(Theme.landscape ? 140 : 160)
                    visible: reason.isLack
                    figure: "ui/badge"
                    figureSize: Theme.px(92)
                    wordsStep: Theme.large ? 40 : Theme.headStep
                    choosable: false
                    enabled: false
                    label: reason.isClass ? qsTrId("ui.blocked.have_class") : qsTrId("ui.blocked.have_it")
                    note: reason.remedy.length > 0 ? reason.remedy : qsTrId("ui.blocked.have_it_note")
                }
                Answer {
                    objectName: "doubt"
                    width: page.half
                    height: Theme.px(Theme.landscape ? 140 : 160)
                    figure: "ui/front_hand"
                    figureSize: Theme.px(92)
                    wordsStep: Theme.large ? 40 : Theme.headStep
                    choosable: false
                    label: qsTrId("ui.blocked.doubt")
                    note: page.views.visit.helpCalled.length > 0 ? qsTrId("ui.blocked.called") : qsTrId("ui.blocked.doubt_note")
                    onTapped: page.views.visit.callHelp()
                }
            }
        }
    }
}
