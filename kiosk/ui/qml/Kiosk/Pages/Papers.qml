// Which paper? A number, a receipt, a seat on the coach: the first is chosen, yellow prints it.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

WorkerPage {
    id: page

    title: qsTrId("ui.papers.title")
    foot.goLabel: qsTrId("ui.papers.print")
    foot.goIcon: "ui/print"
    onGo: views.papers.go()

    FitWords {
        id: question
        x: Theme.px(48)
        y: Theme.low ? page.touchTop - height - Theme.px(48) : Theme.px(Theme.landscape ? 20 : 48)
        room: page.width - 2 * x
        lines: 2
        text: qsTrId("ui.papers.question")
        step: Theme.questionStep
        weight: Theme.black
    }
    Column {
        x: Theme.px(48)
        y: Math.max(Theme.px(Theme.landscape ? 164 : 228), page.touchTop)
        spacing: Theme.px(Theme.landscape ? 26 : 40)

        Repeater {
            model: page.views.papers.offers

            Answer {
                required property int index
                required figure
                required note
                objectName: "answer." + index
                width: page.width - Theme.px(96)
                height: Theme.px(Theme.landscape ? 164 : Theme.low ? 212 : 290)
                chosen: index === page.views.papers.selected
                onTapped: page.views.papers.select(index)
            }
        }
    }
}
