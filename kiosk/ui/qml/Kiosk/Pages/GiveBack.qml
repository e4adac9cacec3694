// Giving a place back: which one it is, and five pictures to say why; none of them counts against anybody.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

WorkerPage {
    id: page

    readonly property real half: Theme.landscape ? (page.width - Theme.px(96 + 32)) / 2 : page.width - Theme.px(96)
    readonly property real gridTop: Math.max(Theme.px(Theme.landscape ? 28 : 424), touchTop)
    readonly property real gridHeight: page.bodyBottom - page.bodyTop - gridTop - Theme.px(Theme.landscape ? 28 : 8)

    title: qsTrId("hiring.give_back.title")
    foot.goLabel: qsTrId("hiring.give_back.go")
    foot.goIcon: "ui/undo"
    foot.goReady: views.giving.chosen.length > 0
    foot.secondaryIcon: "ui/arrow_left"
    foot.secondaryLabel: qsTrId("hiring.give_back.keep")
    onGo: views.giving.giveBack()
    onSecondary: views.visit.back()

    Repeater {
        model: page.views.giving.job

        JobStrip {
            x: Theme.px(48)
            y: Theme.px(Theme.landscape ? 28 : 32)
            width: page.half
        }
    }
    FitWords {
        x: Theme.px(48)
        y: Theme.px(Theme.landscape ? 288 : 284)
        room: page.half
        lines: 2
        text: qsTrId("hiring.give_back.question")
        step: Theme.latin ? 60 : 76
        weight: Theme.black
    }
    FitWords {
        x: Theme.px(48)
        y: Theme.px(440)
        visible: Theme.landscape
        room: page.half
        lines: 3
        text: qsTrId("hiring.give_back.no_harm")
        step: Theme.headStep
        color: Theme.mute
    }
    Grid {
        x: Theme.landscape ? page.width - page.half - Theme.px(48) : Theme.px(48)
        y: page.gridTop
        columns: 2
        spacing: Theme.gap

        Repeater {
            model: page.views.giving.reasons

            Answer {
                required property int index
                required property string reason
                required property string picture
                required property string word
                objectName: "reason." + index
                width: (page.half - Theme.gap) / 2
                height: (page.gridHeight - 2 * Theme.gap) / 3
                figure: picture
                figureSize: Theme.px(Theme.landscape ? 96 : 112)
                wordsStep: Theme.latin ? (Theme.large ? 32 : 36) : Theme.large ? 40 : Theme.headStep
                choosable: false
                label: word
                chosen: reason === page.views.giving.chosen
                onTapped: page.views.giving.choose(reason)
            }
        }
    }
}
