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

    // A low board has no room below its rows: the keys that turn stand in its head.
    readonly property bool isLow: height < Theme.px(640)
    readonly property real keyWidth: isLow ? Theme.px(112) : (width - Theme.px(64)) / 2

    signal press(string key)

    // A row that is cut in two is not shown: the keys below turn to it.
    function shows(top: real, tall: real): bool {
        return !turns || (top >= list.contentY - 1 && top + tall <= list.contentY + list.height + 1);
    }

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
            room: count.x - x - Theme.px(16)
            smallest: Theme.px(28)
            text: board.panel.title
            step: 42
            weight: Theme.black
            color: Theme.paper
        }
        Words {
            id: count
            anchors { right: parent.right; rightMargin: Theme.px(28) + (board.turns && board.isLow ? turnKeys.width : 0); verticalCenter: parent.verticalCenter }
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
        y: inkHead.height + (board.turns && board.isLow ? Theme.px(8) : 0)
        width: parent.width
        height: parent.height - y - (board.turns && !board.isLow ? Theme.px(124) : Theme.px(8))
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        // Rows made ahead of time would still be on their way when the model changes.
        cacheBuffer: 0
        interactive: false
        model: board.panel.rows
        // What is chosen stays in sight when the panel below takes its room.
        onHeightChanged: if (board.panel.chosen >= 0) positionViewAtIndex(board.panel.chosen, ListView.Contain)

        delegate: board.panel.isBoard ? coachRow : deskRow
    }
    Component {
        id: coachRow

        CoachRow {
            required property int index
            required property string key

            objectName: "row." + key
            visible: board.shows(y, height)
            width: list.width
            touchable: key.length > 0
            ruled: index < board.panel.count - 1
            onTapped: board.press(key)
        }
    }
    Component {
        id: deskRow

        DeskRow {
            required property int index
            required property string key
            required property string head
            required property bool isMain
            required property bool isChosen

            objectName: "row." + key
            visible: board.shows(y, height)
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
    Rectangle {
        x: turnKeys.x - Theme.px(8)
        width: turnKeys.width + Theme.px(8)
        height: inkHead.height
        topRightRadius: Theme.px(20)
        visible: turnKeys.visible && board.isLow
        color: Theme.paper
    }
    Row {
        id: turnKeys
        x: board.isLow ? parent.width - width : Theme.px(24)
        y: board.isLow ? 0 : parent.height - height - Theme.px(16)
        visible: board.turns
        spacing: Theme.px(16)

        AdminPlate {
            objectName: "up"
            width: board.keyWidth
            height: Theme.px(board.isLow ? 82 : 92)
            figureOnly: board.isLow
            icon: "ui/arrow_up"
            label: board.upWord
            ready: !list.atYBeginning
            onTapped: list.positionViewAtIndex(list.indexAt(Theme.px(30), list.contentY + 1), ListView.End)
        }
        AdminPlate {
            objectName: "down"
            width: board.keyWidth
            height: Theme.px(board.isLow ? 82 : 92)
            figureOnly: board.isLow
            icon: "ui/arrow_down"
            label: board.downWord
            ready: !list.atYEnd
            onTapped: list.positionViewAtIndex(list.indexAt(Theme.px(30), list.contentY + list.height - 1), ListView.Beginning)
        }
    }
}
