// One act to do or not to do: large pictures, each with its sign, and a short sentence.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

LessonPage {
    id: page

    readonly property bool isPair: pictures.count > 1
    readonly property real cardsX: Theme.landscape ? Theme.px(900) : Theme.px(48)
    readonly property real cardsY: Theme.landscape ? Theme.px(28) : wordsTop
    readonly property real cardsWidth: width - cardsX - Theme.px(48)
    readonly property real cardsHeight: Theme.landscape ? bodyHeight - Theme.px(56) : bodyHeight - cardsY - Theme.px(Theme.large ? 330 : 290)
    readonly property real cardWidth: isPair ? (cardsWidth - Theme.px(24)) / 2 : cardsWidth

    foot.goLabel: views.lesson.isLastPage ? qsTrId("lesson.course.to_quiz") : qsTrId("lesson.course.next")
    foot.secondaryIcon: views.lesson.isFirstPage ? "" : "ui/arrow_left"
    foot.secondaryLabel: views.lesson.isFirstPage ? "" : qsTrId("lesson.course.previous")
    onGo: views.visit.go()
    onSecondary: views.visit.back()

    Repeater {
        id: pictures
        model: page.views.lesson.pictures

        Rectangle {
            id: card
            required property int index
            required property string figure
            required property bool isRight
            readonly property real sign: Theme.px(page.isPair ? 132 : 160)

            x: page.cardsX + index * (page.cardWidth + Theme.px(24))
            y: page.cardsY
            width: page.cardWidth
            height: page.cardsHeight
            radius: Theme.px(20)
            color: Theme.paper
            border { width: Theme.px(8); color: isRight ? Theme.ok : Theme.stop }

            Accessible.role: Accessible.Graphic
            Accessible.name: isRight ? qsTrId("lesson.course.right") : qsTrId("lesson.course.wrong")

            Icon {
                x: (card.width - width) / 2
                y: Math.max(Theme.px(28), (card.height - card.sign - height) / 2 - Theme.px(8))
                name: card.figure
                size: Math.min(card.width - Theme.px(56), card.height - card.sign - Theme.px(76))
            }
            Lamp {
                x: (card.width - width) / 2
                y: card.height - height - Theme.px(28)
                kind: card.isRight ? "ok" : "stop"
                size: card.sign
            }
        }
    }
    FitWords {
        x: Theme.px(48)
        y: Theme.landscape ? page.wordsTop + (page.bodyHeight - page.wordsTop - height) / 2 - Theme.px(40) : page.cardsY + page.cardsHeight + (page.bodyHeight - page.cardsY - page.cardsHeight - height) / 2
        room: page.wordsWidth
        lines: 2
        text: page.views.lesson.sentence
        step: Theme.latin ? 84 : 98
        weight: Theme.black
    }
}
