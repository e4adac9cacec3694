// One card in the tray: whose it is, how old he is, and what will happen.
import QtQuick
import Kiosk.Kit

Touch {
    id: row

    required property string key
    required property string age
    required property string story
    required property bool isChosen
    readonly property bool dark: isChosen !== pressed

    objectName: "person." + key
    width: ListView.view.width
    height: Theme.px(136)

    Rectangle {
        anchors { fill: parent; topMargin: Theme.px(6); leftMargin: Theme.px(24); rightMargin: Theme.px(24) }
        radius: Theme.px(16)
        color: row.dark ? Theme.ink : Theme.paper

        FitWords {
            x: Theme.px(24)
            y: Theme.px(12)
            room: ageWords.x - x - Theme.px(16)
            text: row.label
            step: Theme.rowStep
            weight: Theme.black
            color: row.dark ? Theme.paper : Theme.ink
        }
        Words {
            id: ageWords
            anchors { right: parent.right; rightMargin: Theme.px(24) }
            y: Theme.px(16)
            text: row.age
            step: Theme.noteStep
            color: row.dark ? Theme.paper : Theme.mute
        }
        FitWords {
            x: Theme.px(24)
            y: Theme.px(74)
            room: parent.width - 2 * x
            smallest: Theme.px(26)
            text: row.story
            step: Theme.noteStep
            weight: Theme.medium
            color: row.dark ? Theme.paper : Theme.mute
        }
    }
}
