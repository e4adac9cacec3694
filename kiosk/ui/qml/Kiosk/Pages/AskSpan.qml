// Day work or steady work? Nothing is chosen before a touch.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

WorkerPage {
    id: page

    readonly property real answerHeight: Theme.px(Theme.landscape ? 164 : Theme.low ? 212 : 324)

    title: qsTrId("ui.span.title")
    foot.goLabel: qsTrId("ui.span.done")
    foot.goReady: views.questions.span.length > 0
    foot.secondaryIcon: "ui/skip_next"
    foot.secondaryLabel: qsTrId("ui.span.later")
    onGo: views.questions.keepSpan()
    onSecondary: views.questions.skipSpan()

    FitWords {
        id: question
        x: Theme.px(48)
        y: Theme.low ? page.touchTop - height - Theme.px(48) : Theme.px(Theme.landscape ? 20 : 48)
        room: page.width - 2 * x
        lines: 2
        text: qsTrId("ui.span.question")
        step: Theme.questionStep
        weight: Theme.black
    }
    Column {
        x: Theme.px(48)
        y: Math.max(Theme.px(Theme.landscape ? 164 : 228), page.touchTop)
        spacing: Theme.px(Theme.landscape ? 26 : 40)

        Answer {
            objectName: "answer.0"
            width: page.width - Theme.px(96)
            height: page.answerHeight
            figure: "ui/sunny"
            label: qsTrId("ui.span.day")
            note: qsTrId("ui.span.day_note")
            chosen: page.views.questions.span === "day"
            onTapped: page.views.questions.chooseSpan("day")
        }
        Answer {
            objectName: "answer.1"
            width: page.width - Theme.px(96)
            height: page.answerHeight
            figure: "ui/calendar_month"
            label: qsTrId("ui.span.steady")
            note: qsTrId("ui.span.steady_note")
            chosen: page.views.questions.span === "long"
            onTapped: page.views.questions.chooseSpan("long")
        }
        Answer {
            objectName: "answer.2"
            width: page.width - Theme.px(96)
            height: page.answerHeight
            figure: "ui/swap_horiz"
            label: qsTrId("ui.span.either")
            note: qsTrId("ui.span.either_note")
            chosen: page.views.questions.span === "either"
            onTapped: page.views.questions.chooseSpan("either")
        }
    }
}
