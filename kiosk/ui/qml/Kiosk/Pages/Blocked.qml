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

    // Without a job to name, the refusal itself stands in its place.
    Icon {
        x: Theme.px(48)
        y: Theme.px(Theme.landscape ? 28 : 32)
        visible: strips.count === 0
        name: "ui/octagon_cross"
        size: Theme.px(216)
        tint: Theme.stop
    }
    Repeater {
        id: strips
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
            required property string basis
            required property string way
            required property string wayNote
            required property string wayFigure

            width: page.width
            height: page.bodyBottom - page.bodyTop
            readonly property real papersHeight: Theme.landscape ? height - papers.y - Theme.px(28) : Math.min(Theme.px(420), height - papers.y - below)
            // What must still find room below the pair, the gaps included.
            readonly property real below: basis.height + 2 * answerHeight + Theme.px(16 + 16 + 24) + (more.visible ? more.height + Theme.px(16) : 0)
            readonly property real answerHeight: Theme.px(Theme.landscape ? 216 : Theme.large ? 160 : 172)

            FitWords {
                id: question
                x: Theme.px(48)
                y: Theme.px(Theme.landscape ? 262 : 268)
                room: page.half
                lines: 2
                lineHeight: Math.round(font.pixelSize * 1.2)
                wrapBelow: 0.7
                text: reason.sentence
                step: Theme.landscape && Theme.large ? (Theme.latin ? 52 : 68) : Theme.latin ? 68 : 84
                weight: Theme.black
            }
            FitWords {
                id: more
                x: answers.x
                y: page.bodyBottom - page.bodyTop - height - Theme.px(Theme.landscape ? 24 : 0)
                visible: page.views.blocked.more.length > 0
                room: page.half
                text: page.views.blocked.more
                step: Theme.secondStep
                weight: Theme.black
            }
            Row {
                id: papers
                x: Theme.px(48)
                y: question.y + question.height + Theme.px(16)
                spacing: Theme.gap

                Repeater {
                    model: page.views.blocked.papers

                    LackCard {
                        width: (page.half - Theme.gap) / 2
                        height: reason.papersHeight
                    }
                }
            }
            FitWords {
                id: basis
                x: answers.x
                y: Theme.landscape ? answers.y + answers.height + Theme.px(24) : papers.y + (papers.height > 0 ? papers.height + Theme.px(16) : 0)
                room: page.half
                lines: 2
                text: reason.basis
                step: Theme.noteStep
                weight: Theme.medium
                color: Theme.mute
            }
            Column {
                id: answers
                x: Theme.landscape ? page.width - page.half - Theme.px(48) : Theme.px(48)
                y: Theme.landscape ? Theme.px(28) : Math.max(page.touchTop - reason.answerHeight - Theme.gap, basis.y + (reason.basis.length > 0 ? basis.height + Theme.px(16) : 0))
                spacing: Theme.gap

                Answer {
                    width: page.half
                    height: reason.answerHeight
                    figure: reason.wayFigure
                    figureSize: Theme.px(Theme.landscape ? 112 : 92)
                    wordsStep: Theme.large ? 40 : Theme.headStep
                    choosable: false
                    enabled: false
                    label: reason.way
                    note: reason.wayNote
                }
                Answer {
                    objectName: "doubt"
                    width: page.half
                    height: reason.answerHeight
                    figure: "ui/front_hand"
                    figureSize: Theme.px(Theme.landscape ? 112 : 92)
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
