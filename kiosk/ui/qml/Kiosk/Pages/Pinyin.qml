// Work by the first letters of its name.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

WorkerPage {
    id: page

    // In the low position all keys are lower, so that trades and letters find room below it.
    readonly property real hitHeight: Theme.px(Theme.low ? 123 : 176)
    readonly property real hitsTop: Math.max(Theme.px(228), touchTop)
    readonly property real column: Theme.landscape ? Theme.px(820) : page.width - Theme.px(96)

    title: views.pinyin.isInitials ? qsTrId("ui.pinyin.title") : qsTrId("ui.pinyin.title_letters")
    foot.goLabel: views.pinyin.goLabel
    foot.goReady: views.pinyin.isReady
    foot.secondaryIcon: "ui/cross"
    foot.secondaryLabel: qsTrId("ui.keys.clear")
    onGo: views.pinyin.see()
    onSecondary: views.pinyin.clear()

    Field {
        x: Theme.px(48)
        y: page.hitsTop - height - Theme.px(32)
        width: page.column
        text: page.views.pinyin.typed
        caret: true
        icon: "ui/search"
        hint: page.views.pinyin.typed.length > 2 && Theme.landscape ? "" : page.views.pinyin.isInitials ? qsTrId("ui.pinyin.first_letters") : qsTrId("ui.pinyin.letters")
    }
    Grid {
        x: Theme.px(48)
        y: page.hitsTop
        columns: 2
        spacing: Theme.px(Theme.landscape ? 24 : Theme.low ? 20 : 28)

        Repeater {
            model: page.views.pinyin.hits

            Hit {
                required property int index
                required property string trade
                objectName: "hit." + index
                width: (page.column - Theme.px(24)) / 2
                height: page.hitHeight
                onTapped: page.views.pinyin.choose(trade)
            }
        }
    }
    // Before the first letter, one word shows how it is done.
    Row {
        x: Theme.px(48)
        y: page.hitsTop + Theme.px(Theme.low ? 44 : 102)
        visible: page.views.pinyin.typed.length === 0
        spacing: Theme.px(28)

        Rectangle {
            width: Theme.px(176)
            height: width
            radius: Theme.px(20)
            color: Theme.family("farm")

            Icon {
                anchors.centerIn: parent
                name: "pictograms/pick"
                size: Theme.px(140)
                tint: Theme.paper
            }
        }
        FitWords {
            anchors.verticalCenter: parent.verticalCenter
            room: Theme.px(220)
            lines: 2
            lineHeight: Math.round(font.pixelSize * 1.15)
            text: qsTrId("ui.pinyin.example")
            step: Theme.titleStep
            weight: Theme.black
        }
        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "ui/arrow"
            size: Theme.px(72)
        }
        FitWords {
            anchors.verticalCenter: parent.verticalCenter
            room: Theme.px(252)
            text: qsTrId("ui.pinyin.example_letters")
            step: 96
            weight: Theme.black
        }
    }
    Letters {
        x: Theme.landscape ? Theme.px(916) : Theme.px(48)
        y: Theme.landscape ? Theme.px(32) : Theme.low ? page.bodyHeight - height : Theme.px(644)
        keyWidth: (page.width - x - Theme.px(48) - 6 * Theme.gap) / 7
        keyHeight: Theme.px(Theme.landscape ? 153 : Theme.low ? 96 : 144)
        rowGap: Theme.low ? Theme.px(20) : Theme.gap
        eraseWord: qsTrId("ui.keys.erase")
        onLetter: letter => page.views.pinyin.press(letter)
        onErase: page.views.pinyin.erase()
    }
}
