// Were you paid? The work it is about, and three answers as banknotes there and missing. Nothing is chosen before a touch.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

WorkerPage {
    id: page

    readonly property bool wide: Theme.landscape

    title: views.pay.title
    foot.goLabel: qsTrId("own.pay.done")
    foot.goReady: views.pay.chosen.length > 0
    foot.secondaryIcon: "ui/schedule"
    foot.secondaryLabel: qsTrId("own.pay.later")
    onGo: views.pay.keep()
    onSecondary: views.pay.later()

    Repeater {
        model: page.views.pay.work

        JobStrip {
            x: Theme.px(48)
            y: Theme.px(page.wide ? 16 : 32)
            width: page.width - 2 * x
            height: Theme.px(page.wide ? 152 : 216)
        }
    }
    FitWords {
        x: Theme.px(48)
        y: Theme.px(280)
        room: page.wide ? Theme.px(700) : page.width - 2 * x
        lines: page.wide ? 3 : 2
        text: qsTrId("own.pay.question")
        step: Theme.questionStep
        weight: Theme.black
    }
    Column {
        id: answers
        readonly property real wordsStep: page.wide && Theme.large ? 54 : Theme.answerStep
        readonly property real answerHeight: Theme.px(page.wide ? 164 : Theme.low ? 216 : 268)

        x: Theme.px(page.wide ? 800 : 48)
        y: Math.max(Theme.px(page.wide ? 192 : 436), page.touchTop)
        width: page.width - x - Theme.px(48)
        spacing: Theme.px(page.wide ? 20 : 30)

        Answer {
            objectName: "answer.0"
            width: answers.width
            height: answers.answerHeight
            wordsStep: answers.wordsStep
            figure: "pictograms/pay_all"
            label: qsTrId("own.pay.full")
            note: qsTrId("own.pay.full_note")
            chosen: page.views.pay.chosen === "full"
            onTapped: page.views.pay.choose("full")
        }
        Answer {
            objectName: "answer.1"
            width: answers.width
            height: answers.answerHeight
            wordsStep: answers.wordsStep
            figure: "pictograms/pay_part"
            label: qsTrId("own.pay.partial")
            note: qsTrId("own.pay.partial_note")
            chosen: page.views.pay.chosen === "partial"
            onTapped: page.views.pay.choose("partial")
        }
        Answer {
            objectName: "answer.2"
            width: answers.width
            height: answers.answerHeight
            wordsStep: answers.wordsStep
            figure: "pictograms/pay_none"
            label: qsTrId("own.pay.none")
            note: qsTrId("own.pay.none_note")
            chosen: page.views.pay.chosen === "none"
            onTapped: page.views.pay.choose("none")
        }
    }
}
