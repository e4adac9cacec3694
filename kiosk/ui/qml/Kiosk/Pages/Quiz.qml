// A question in pictures; after the choice the right answer is shown, and why it is right.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

LessonPage {
    id: page

    readonly property real answersX: Theme.landscape ? Theme.px(900) : Theme.px(48)
    readonly property real whyHeight: Theme.px(Theme.landscape ? 0 : Theme.large ? 190 : 160)
    readonly property real questionEnd: question.y + question.height + Theme.px(28)
    // Why an answer is right stands below the answers, or above them in the low position.
    readonly property real answersY: Theme.landscape ? Theme.px(28) : Theme.low ? Math.max(touchTop, questionEnd + whyHeight) : questionEnd
    readonly property real answersEnd: bodyHeight - (Theme.low ? 0 : whyHeight) - Theme.px(Theme.landscape ? 28 : 12)
    readonly property real answerHeight: Math.min(Theme.px(280), (answersEnd - answersY) / 3 - Theme.px(28))

    foot.goLabel: views.lesson.isTold ? qsTrId("lesson.quiz.next") : qsTrId("lesson.quiz.done")
    foot.goReady: views.lesson.isReady
    onGo: views.visit.go()

    FitWords {
        id: question
        x: Theme.px(48)
        y: page.wordsTop
        room: page.wordsWidth
        lines: 2
        text: page.views.lesson.sentence
        step: Theme.questionStep
        weight: Theme.black
    }
    Repeater {
        model: page.views.lesson.answers

        Answer {
            required property int index
            required property string words
            required property bool isChosen
            required figure
            required verdict

            objectName: "answer." + index
            x: page.answersX
            y: page.answersY + index * (page.answerHeight + Theme.px(28))
            width: page.width - x - Theme.px(48)
            height: page.answerHeight
            label: words
            chosen: isChosen
            enabled: !page.views.lesson.isTold
            onTapped: page.views.lesson.choose(index)
        }
    }
    Meaning {
        x: Theme.px(48)
        y: Theme.landscape ? question.y + question.height + Theme.px(48) : Theme.low ? page.questionEnd - Theme.px(20) : page.bodyHeight - height
        width: page.wordsWidth
        height: Theme.px(Theme.landscape ? 200 : Theme.large ? 180 : 150)
        visible: page.views.lesson.isTold
        figure: "ui/lamp_ok"
        head: page.views.lesson.why
        note: ""
    }
}
