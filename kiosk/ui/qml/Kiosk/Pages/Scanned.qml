// What was held before the scanner: a figure that says how it is, the sentence, what helps, and what a genuine slip says.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

WorkerPage {
    id: page

    readonly property bool hasFacts: facts.count > 0
    readonly property real figureSize: Theme.px(hasFacts ? (Theme.large ? 240 : 380) : Theme.landscape ? 380 : 560)
    // Where the facts begin: below the sentence, or beside it on lying glass.
    readonly property real split: Theme.landscape && hasFacts ? Theme.px(960) : width

    title: views.scan.title
    refusal: views.scan.isOver
    white: true
    foot.goLabel: qsTrId("ui.scanned.go")
    foot.goIcon: "ui/tick"
    onGo: views.visit.go()

    Column {
        id: said
        x: Theme.px(48)
        y: page.hasFacts && !Theme.landscape ? Theme.px(48) : Math.max(Theme.px(24), (page.bodyHeight - height) * 0.45)
        width: page.split - 2 * x
        spacing: Theme.px(32)

        Icon {
            x: (said.width - width) / 2
            name: page.views.scan.figure
            size: page.figureSize
        }
        FitWords {
            x: (said.width - width) / 2
            room: said.width
            lines: 3
            wrapBelow: 0.9
            horizontalAlignment: Text.AlignHCenter
            text: page.views.scan.sentence
            step: Theme.latin ? 64 : 80
            weight: Theme.black
        }
        FitWords {
            x: (said.width - width) / 2
            visible: text.length > 0
            room: said.width
            lines: 2
            horizontalAlignment: Text.AlignHCenter
            text: page.views.scan.help
            step: Theme.latin ? 48 : 56
            weight: Theme.medium
            color: Theme.mute
        }
    }
    Rectangle {
        id: rule
        visible: page.hasFacts
        x: Theme.landscape ? page.split : Theme.px(48)
        y: Theme.landscape ? Theme.px(40) : said.y + said.height + Theme.px(48)
        width: Theme.landscape ? Theme.line(6) : page.width - 2 * x
        height: Theme.landscape ? page.bodyHeight - 2 * y : Theme.line(6)
        color: Theme.ink
    }
    Column {
        id: list
        readonly property real ceiling: Theme.landscape ? 0 : rule.y + rule.height

        x: Theme.landscape ? page.split + Theme.px(24) : 0
        y: ceiling + Math.max(0, (page.bodyHeight - ceiling - height) / 2)

        Repeater {
            id: facts
            model: page.views.scan.facts

            FactsCell {
                width: page.width - list.x
            }
        }
    }
}
