// A white board with an ink head; where it holds more than it shows, two keys turn its pages.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Desk
import Kiosk.Kit

Rectangle {
    id: board

    required property PanelView panel
    required property string upWord
    required property string downWord
    readonly property bool turns: list.contentHeight > height - inkHead.height + 1

    signal press(string key)

    radius: Theme.px(20)
    color: Theme.paper

    Rectangle {
        id: inkHead
        width: parent.width
        height: Theme.px(82)
        topLeftRadius: Theme.px(20)
        topRightRadius: Theme.px(20)
        color: Theme.ink

        FitWords {
            x: Theme.px(28)
            anchors.verticalCenter: parent.verticalCenter
            room: inkHead.width - Theme.px(72) - count.width
            smallest: Theme.px(28)
            text: board.panel.title
            step: 42
            weight: Theme.black
            color: Theme.paper
        }
        Words {
            id: count
            anchors { right: parent.right; rightMargin: Theme.px(28); verticalCenter: parent.verticalCenter }
            text: board.panel.aside
            step: 34
            weight: Theme.medium
            color: Theme.paper
        }
    }
    Words {
        x: Theme.px(28)
        y: inkHead.height + Theme.px(24)
        width: parent.width - 2 * x
        visible: board.panel.empty.length > 0
        wrapMode: Text.Wrap
        text: board.panel.empty
        step: Theme.latin ? 34 : 38
        weight: Theme.medium
        color: Theme.mute
    }
    ListView {
        id: list
        y: inkHead.height
        width: parent.width
        height: parent.height - y - (board.turns ? Theme.px(124) : Theme.px(8))
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        // Rows made ahead of time would still be on their way when the model changes.
        cacheBuffer: 0
        interactive: false
        model: board.panel.rows
        // What is chosen stays in sight when the panel below takes its room.
        onHeightChanged: if (board.panel.chosen >= 0) positionViewAtIndex(board.panel.chosen, ListView.Contain)

        delegate: DeskRow {
            required property int index
            required property string key
            required property string head
            required property bool isMain
            required property bool isChosen

            objectName: "row." + key
            // A row that is cut in two is not shown: the keys below turn to it.
            visible: !board.turns || (y >= list.contentY - 1 && y + height <= list.contentY + list.height + 1)
            width: list.width
            label: head
            main: isMain
            chosen: isChosen
            ruled: index < board.panel.count - 1
            touchable: key.length > 0
            onTapped: board.press(key)
            onActed: board.press(key)
        }
    }
    Row {
        x: Theme.px(24)
        y: parent.height - height - Theme.px(16)
        visible: board.turns
        spacing: Theme.px(16)

        AdminPlate {
            objectName: "up"
            width: (board.width - Theme.px(64)) / 2
            height: Theme.px(92)
            icon: "ui/arrow_up"
            label: board.upWord
            ready: !list.atYBeginning
            onTapped: list.positionViewAtIndex(list.indexAt(Theme.px(30), list.contentY + 1), ListView.End)
        }
        AdminPlate {
            objectName: "down"
            width: (board.width - Theme.px(64)) / 2
            height: Theme.px(92)
            icon: "ui/arrow_down"
            label: board.downWord
            ready: !list.atYEnd
            onTapped: list.positionViewAtIndex(list.indexAt(Theme.px(30), list.contentY + list.height - 1), ListView.Beginning)
        }
    }
}
