// May we call you? Skipped by one touch.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

WorkerPage {
    id: page

    title: qsTrId("ui.phone.title")
    foot.goLabel: qsTrId("ui.phone.next")
    foot.goReady: views.questions.isWhole
    foot.secondaryIcon: "ui/phone_disabled"
    foot.secondaryLabel: qsTrId("ui.phone.none")
    onGo: views.questions.keepPhone()
    onSecondary: views.questions.skipPhone()

    Row {
        id: why
        x: Theme.px(56)
        y: Theme.px(Theme.landscape ? 120 : 38)
        spacing: Theme.px(24)

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "ui/call"
            size: Theme.px(64)
        }
        FitWords {
            anchors.verticalCenter: parent.verticalCenter
            room: (Theme.landscape ? Theme.px(900) : page.width) - Theme.px(190)
            lines: Theme.landscape ? 2 : 1
            text: qsTrId("ui.phone.why")
            step: Theme.valueStep
        }
    }
    Field {
        id: field
        x: Theme.px(48)
        y: Theme.px(Theme.landscape ? 250 : 136)
        width: Theme.px(Theme.landscape ? 900 : 984)
        text: page.views.questions.phone
        missing: page.views.questions.missing
    }
    FitWords {
        x: field.x + (field.width - width) / 2
        y: field.y + field.height + Theme.px(24)
        room: field.width
        text: page.views.questions.hint
        step: Theme.valueStep
        weight: Theme.black
    }
    Keypad {
        x: Theme.landscape ? Theme.px(1020) : Theme.px(48)
        y: Theme.landscape ? Theme.px(24) : Math.max(Theme.px(452), page.touchTop)
        keyWidth: Theme.landscape ? (page.width - x - Theme.px(48) - 2 * Theme.gap) / 3 : Theme.px(312)
        keyHeight: Theme.px(Theme.landscape ? 157 : Theme.low ? 162 : 196)
        clearWord: qsTrId("ui.keys.clear")
        eraseWord: qsTrId("ui.keys.erase")
        onDigit: digit => page.views.questions.press(digit)
        onErase: page.views.questions.erase()
        onClear: page.views.questions.clear()
    }
}
