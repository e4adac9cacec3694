// A white board with an ink head; where it holds more than it shows, two keys in its head turn it by whole rows.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Desk
import Kiosk.Kit

Rectangle {
    id: board

    required property PanelView panel
    required property string upWord
    required property string downWord
    readonly property string title: panel.title
    readonly property real free: height - inkHead.keyedHeight - Theme.px(8)
    // Coaches are all of one height, which gives a little where one more finds room by it.
    readonly property real leastCoach: Theme.px(92)
    readonly property real allRows: panel.isBoard ? panel.count * leastCoach : list.contentHeight - list.after
    readonly property bool turns: allRows > free + 1
    readonly property int coachesShown: Math.max(1, Math.floor(list.height / leastCoach))
    readonly property real coachHeight: turns ? Math.floor(list.height / coachesShown) : Math.min(Theme.px(100), Math.floor(list.height / Math.max(1, panel.count)))

    signal press(string key)

    // A row that is cut in two is not shown: the keys turn to it. One that is higher than the board is cut in any case.
    function shows(top: real, tall: real): bool {
        return !turns || (top >= list.contentY - 1 && top + Math.min(tall, list.height) <= list.contentY + list.height + 1);
    }

    // What stands above begins with a whole row, and no gap is left where another was cut.
    function beginWhole(): void {
        const first = list.itemAtIndex(list.indexAt(Theme.px(30), list.contentY + 1));
        if (turns && first && first.y < list.contentY - 1)
            list.contentY = first.y + first.height;
    }
    function turnDown(): void {
        const place = list.indexAt(Theme.px(30), list.contentY + list.height - 1);
        const last = list.itemAtIndex(place);
        list.positionViewAtIndex(last && last.y + last.height <= list.contentY + list.height + 1 ? place + 1 : place, ListView.Beginning);
    }
    function turnUp(): void {
        list.positionViewAtIndex(Math.max(0, list.indexAt(Theme.px(30), list.contentY + 1) - 1), ListView.End);
        beginWhole();
    }

    // A title that is too long beside what stands at the right takes two lines.
    component Title: FitWords {
        lines: 2
        wrapBelow: 0.7
        smallest: Theme.px(28)
        text: board.panel.title
        step: 42
        weight: Theme.black
        color: Theme.paper
    }

    radius: Theme.px(20)
    color: Theme.paper
    onTitleChanged: list.positionViewAtBeginning()
    onTurnsChanged: if (!turns) list.positionViewAtBeginning()

    Rectangle {
        id: inkHead
        readonly property real side: Theme.px(28)
        readonly property real whole: width - 2 * side
        readonly property real keyed: whole - turnKeys.width - Theme.px(12)
        // What stands at the right goes below a title that would be much too small beside it and the keys.
        readonly property bool stacks: board.panel.aside.length > 0 && beside.wraps
        // Were the rows to follow the keys, and the keys the rows, neither would ever be sure of the other.
        readonly property real keyedHeight: tall(keyedTitle)

        function tall(title: FitWords): real {
            return stacks || title.wraps ? Math.max(Theme.px(82), title.height + (stacks ? count.height : 0) + Theme.px(16)) : Theme.px(82);
        }

        width: parent.width
        height: board.turns ? keyedHeight : tall(heading)
        topLeftRadius: Theme.px(20)
        topRightRadius: Theme.px(20)
        color: Theme.ink

        Title {
            id: beside
            visible: false
            room: inkHead.keyed - aside.width - Theme.px(16)
        }
        Words {
            id: aside
            visible: false
            text: board.panel.aside
            step: 34
            weight: Theme.medium
        }
        Title {
            id: keyedTitle
            visible: false
            room: inkHead.stacks || count.text.length === 0 ? inkHead.keyed : beside.room
        }
        Title {
            id: heading
            x: inkHead.side
            y: (parent.height - height - (inkHead.stacks ? count.height : 0)) / 2
            room: board.turns ? keyedTitle.room : inkHead.stacks || count.text.length === 0 ? inkHead.whole : inkHead.whole - count.width - Theme.px(16)
        }
        Words {
            id: count
            x: inkHead.stacks ? inkHead.side : inkHead.side + (board.turns ? inkHead.keyed : inkHead.whole) - width
            y: inkHead.stacks ? heading.y + heading.height : (parent.height - height) / 2
            text: board.panel.aside
            step: inkHead.stacks ? 30 : 34
            weight: Theme.medium
            color: Theme.paper
        }
    }
    Loader {
        y: inkHead.height
        width: parent.width
        height: parent.height - y
        active: board.panel.isSign
        sourceComponent: DoorSign {
            panel: board.panel
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
        // Where the page that is the last holds few rows, nothing stands below them.
        readonly property real after: Theme.px(1600)

        y: inkHead.height
        width: parent.width
        height: board.free
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        // Rows made ahead of time would still be on their way when the model changes.
        cacheBuffer: 0
        interactive: false
        model: board.panel.rows
        // What is chosen stays in sight when the panel below takes its room.
        onHeightChanged: {
            if (board.panel.chosen >= 0)
                positionViewAtIndex(board.panel.chosen, ListView.Contain);
            board.beginWhole();
        }
        footer: Item {
            height: list.after
        }
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
            height: board.coachHeight
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
            lead: Theme.px(board.panel.hasTiles ? 108 : board.panel.hasLamps ? 82 : 0)
            main: isMain
            chosen: isChosen
            ruled: index < board.panel.count - 1
            touchable: key.length > 0
            onTapped: board.press(key)
            onActed: board.press(key)
        }
    }
    Row {
        id: turnKeys
        x: parent.width - width - Theme.px(12)
        visible: board.turns
        spacing: Theme.px(16)

        AdminPlate {
            objectName: "up"
            width: Theme.px(104)
            height: inkHead.height
            inHead: true
            icon: "ui/arrow_up"
            label: board.upWord
            ready: !list.atYBeginning
            onTapped: board.turnUp()
        }
        AdminPlate {
            objectName: "down"
            width: Theme.px(104)
            height: inkHead.height
            inHead: true
            icon: "ui/arrow_down"
            label: board.downWord
            ready: list.contentY + list.height < list.originY + list.contentHeight - list.after - 1
            onTapped: board.turnDown()
        }
    }
}
