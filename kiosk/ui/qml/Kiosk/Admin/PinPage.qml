// Who is it? Six digits, shown as discs; a wrong PIN says how long to wait.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Desk
import Kiosk.Kit

Item {
    id: page

    required property AdminView admin
    readonly property real column: Theme.landscape ? width / 2 : width

    Column {
        id: asked
        x: Theme.px(48)
        y: Theme.px(Theme.landscape ? 120 : 72)
        width: page.column - 2 * x
        spacing: Theme.px(36)

        FitWords {
            room: asked.width
            lines: 2
            text: qsTrId("desk.pin.ask")
            step: Theme.latin ? 60 : 72
            weight: Theme.black
        }
        Row {
            spacing: Theme.px(28)

            Repeater {
                model: 6

                Rectangle {
                    required property int index
                    width: Theme.px(84)
                    height: width
                    radius: width / 2
                    color: index < page.admin.digits ? Theme.ink : Theme.paper
                    border { width: Theme.px(6); color: Theme.ink }
                }
            }
        }
        Row {
            height: Theme.px(120)
            spacing: Theme.px(24)

            Lamp {
                anchors.verticalCenter: parent.verticalCenter
                visible: page.admin.refusal.length > 0
                kind: "stop"
                size: Theme.px(72)
            }
            FitWords {
                anchors.verticalCenter: parent.verticalCenter
                room: asked.width - (page.admin.refusal.length > 0 ? Theme.px(96) : 0)
                lines: 2
                text: page.admin.refusal.length > 0 ? page.admin.refusal : qsTrId("desk.pin.how")
                step: 46
                weight: page.admin.refusal.length > 0 ? Theme.black : Theme.medium
            }
        }
    }
    Keypad {
        id: pad
        x: Theme.landscape ? page.width / 2 : Theme.px(48)
        y: Theme.landscape ? Theme.px(48) : asked.y + asked.height + Theme.px(48)
        keyWidth: (page.column - Theme.px(Theme.landscape ? 48 : 96) - 2 * Theme.gap) / 3
        keyHeight: Theme.px(Theme.landscape ? 196 : 200)
        clearWord: qsTrId("ui.keys.clear")
        eraseWord: qsTrId("ui.keys.erase")
        onDigit: digit => page.admin.digit(digit)
        onErase: page.admin.erase()
        onClear: page.admin.clear()
    }
}
