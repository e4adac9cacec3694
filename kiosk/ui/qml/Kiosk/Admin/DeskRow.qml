// One line of a panel: lamp, tile or code, what it is, what goes with it, and the button that does something about it.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

Item {
    id: row

    required property string label
    property bool touchable: false

    required property string lamp
    required property string note
    required property string aside
    required property string act
    required property bool main
    required property bool chosen
    required property string picture
    required property string family
    property bool ruled: true
    // How far the words of all rows of a panel stand in, so that they begin below one another.
    property real lead: 0
    // A code is for a scanner: large, in ink on paper.
    readonly property bool isCode: picture.startsWith("code/")
    readonly property real tileSize: Theme.px(isCode ? 320 : 88)
    readonly property real textLeft: isCode ? Theme.px(48) + tileSize : Theme.px(28) + lead
    readonly property real textRight: width - Theme.px(24) - (act.length > 0 ? button.width + Theme.px(20) : 0) - (aside.length > 0 ? asideWords.width + Theme.px(20) : 0)

    signal acted
    signal tapped

    implicitHeight: Math.max(Theme.px(note.length > 0 || touchable ? 108 : 80), words.height + Theme.px(16), isCode ? tileSize + Theme.px(20) : 0)

    // Two rows touch, two targets never do.
    Touch {
        objectName: row.objectName + ".touch"
        anchors { fill: parent; leftMargin: Theme.px(8); rightMargin: Theme.px(8); topMargin: Theme.px(8); bottomMargin: Theme.px(8) }
        visible: row.touchable && row.act.length === 0
        label: row.label
        onTapped: row.tapped()
    }
    Rectangle {
        anchors { fill: parent; leftMargin: Theme.px(10); rightMargin: Theme.px(10) }
        visible: row.chosen
        radius: Theme.px(12)
        color: "transparent"
        border { width: Theme.px(7); color: Theme.ink }
    }
    Rectangle {
        x: Theme.px(24)
        y: parent.height - height
        width: parent.width - 2 * x
        height: Theme.line(2)
        visible: row.ruled && !row.chosen
        color: Theme.rule
    }
    Loader {
        x: Theme.px(28) + Math.max(0, row.lead - Theme.px(82)) / 2
        anchors.verticalCenter: parent.verticalCenter
        active: row.lamp.length > 0 && row.picture.length === 0
        sourceComponent: Lamp {
            kind: row.lamp.length > 0 ? row.lamp : "unknown"
            size: Theme.px(58)
        }
    }
    Loader {
        x: Theme.px(28)
        anchors.verticalCenter: parent.verticalCenter
        active: row.picture.length > 0
        sourceComponent: Rectangle {
            width: row.tileSize
            height: width
            radius: Theme.px(12)
            color: row.isCode ? Theme.paper : Theme.family(row.family)

            Icon {
                anchors.centerIn: parent
                name: row.picture
                size: row.isCode ? Math.floor(row.tileSize) : Theme.px(72)
                tint: row.isCode ? Theme.ink : Theme.paper
            }
        }
    }
    Column {
        id: words
        x: row.textLeft
        anchors.verticalCenter: parent.verticalCenter
        width: row.textRight - x

        PausedWords {
            room: words.width
            lines: 2
            smallest: Theme.px(30)
            sentence: row.label
            step: Theme.latin ? 36 : 40
            weight: Theme.black
        }
        PausedWords {
            id: noteWords
            room: words.width
            visible: row.note.length > 0
            lines: 2
            smallest: Theme.px(26)
            sentence: Theme.landscape && oneLine.advanceWidth <= room ? oneLine.text : row.note
            step: Theme.latin ? 30 : 32
            weight: Theme.medium
            color: Theme.mute
        }
    }
    // Where the glass is wide, two short facts stand on one line if there is room for both.
    TextMetrics {
        id: oneLine
        text: row.note.replace("\n", " · ")
        font.family: Theme.face
        font.pixelSize: Theme.type(noteWords.step)
        font.weight: noteWords.weight
    }
    Words {
        id: asideWords
        anchors { right: button.active ? button.left : parent.right; rightMargin: Theme.px(button.active ? 20 : 28); verticalCenter: parent.verticalCenter }
        visible: row.aside.length > 0
        text: row.aside
        step: Theme.latin ? 30 : 34
        weight: Theme.bold
        color: Theme.mute
    }
    Loader {
        id: button
        anchors { right: parent.right; rightMargin: Theme.px(24); verticalCenter: parent.verticalCenter }
        width: Theme.px(Theme.latin ? 188 : 164)
        height: Theme.px(88)
        active: row.act.length > 0
        sourceComponent: AdminPlate {
            objectName: row.objectName + ".act"
            label: row.act
            main: row.main
            step: 38
            onTapped: row.acted()
        }
    }
}
