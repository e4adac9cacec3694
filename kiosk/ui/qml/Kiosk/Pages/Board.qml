// The board of all work: chips above or beside it, cards or rows, and two arrows that turn the page.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

WorkerPage {
    id: page

    // Reasons, and ways to what is full, make cards taller, and a page holds one less.
    readonly property bool ranked: views.board.isRanked || views.board.isFull
    readonly property int perPage: Theme.low ? (Theme.large ? 1 : 2) : (Theme.large ? 3 : 4) - (ranked ? 1 : 0)
    readonly property real reasonsHeight: !ranked || Theme.low ? 0 : Theme.landscape ? Theme.px(Theme.large ? 76 : 60) : Theme.px(Theme.large ? 108 : 104)
    readonly property real cardHeight: reasonsHeight + (Theme.landscape ? Theme.px(Theme.large ? 212 : 156) : Theme.px(Theme.large ? 366 : 268))
    readonly property real pitch: cardHeight + spacing
    readonly property real spacing: Theme.px(Theme.landscape ? 24 : ranked ? 20 : 26)
    readonly property var orderIcons: ({ fit: "ui/person", pay: "pictograms/wallet", start: "ui/schedule", full: "ui/groups" })

    title: views.board.title
    aloft: ranked ? "" : "ui/search"
    edge: Theme.margin
    foot.goLabel: qsTrId("ui.board.look")
    foot.goReady: views.board.count > 0
    foot.upLabel: qsTrId("ui.board.up")
    foot.downLabel: qsTrId("ui.board.down")
    foot.canTurnUp: list.first > 0
    foot.canTurnDown: list.first + perPage < views.board.count
    onGo: views.board.look()
    onTurnUp: list.turn(list.first - perPage)
    onTurnDown: list.turn(list.first + perPage)

    Grid {
        id: chips
        x: Theme.landscape ? Theme.px(48) : Theme.margin
        y: Math.max(Theme.px(Theme.landscape ? 28 : 24), page.touchTop)
        columns: Theme.landscape ? 2 : 6
        spacing: Theme.gap
        readonly property real chipWidth: Theme.landscape ? Theme.px(144) : (page.width - 2 * x - 5 * spacing) / 6
        readonly property real chipHeight: Theme.landscape ? (page.bodyBottom - page.bodyTop - 2 * y - 2 * spacing) / 3 : Theme.px(132)

        Chip {
            objectName: "chip.trades"
            width: chips.chipWidth
            height: chips.chipHeight
            mosaic: true
            on: page.views.board.isNarrowed
            label: qsTrId("ui.board.trades")
            onTapped: page.views.board.openTrades()
        }
        Chip {
            objectName: "chip.line"
            width: chips.chipWidth
            height: chips.chipHeight
            icon: "ui/line"
            on: page.views.board.isAtStop
            label: qsTrId("finding.board.line")
            onTapped: page.views.board.openLine()
        }
        Chip {
            objectName: "chip.day"
            width: chips.chipWidth
            height: chips.chipHeight
            icon: "ui/today"
            on: page.views.board.day.length > 0
            label: on ? page.views.board.day : qsTrId("ui.board.any_day")
            onTapped: page.views.board.openDays()
        }
        Chip {
            objectName: "chip.same_day"
            width: chips.chipWidth
            height: chips.chipHeight
            icon: "ui/payments"
            on: page.views.board.isSameDay
            label: qsTrId("ui.board.same_day")
            onTapped: page.views.board.toggleSameDay()
        }
        Chip {
            objectName: "chip.coach"
            width: chips.chipWidth
            height: chips.chipHeight
            icon: "ui/directions_bus"
            on: page.views.board.isWithCoach
            label: qsTrId("ui.board.coach")
            onTapped: page.views.board.toggleCoach()
        }
        // One touch leads from the order of what fits to one that knows nobody.
        Chip {
            objectName: "chip.order"
            width: chips.chipWidth
            height: chips.chipHeight
            icon: page.orderIcons[page.views.board.order] ?? ""
            on: page.ranked
            label: page.views.board.orderLabel
            onTapped: page.views.board.turnOrder()
        }
    }
    // What speaks for the framed job, where cards are brief.
    Reasons {
        x: Theme.px(48)
        y: (page.touchTop - height) / 2
        visible: Theme.low && page.ranked
        width: page.width - 2 * x
        stacked: true
        words: page.views.board.reasons
        icons: page.views.board.reasonIcons
        iconSize: Theme.px(96)
        step: Theme.goStep
    }
    // The frame of a chosen card reaches outside it, so what clips the list is a little larger than its cards.
    Item {
        x: Theme.landscape ? chips.x + 2 * chips.chipWidth + 2 * Theme.gap - reach : Theme.margin - reach
        y: (Theme.landscape ? chips.y : chips.y + chips.height + Theme.px(26)) - reach
        width: page.width - x - (Theme.landscape ? Theme.px(48) : Theme.margin) + reach
        height: page.perPage * page.pitch - page.spacing + 2 * reach
        clip: true
        readonly property real reach: Theme.px(12)

        ListView {
            id: list
            readonly property int first: Math.max(0, Math.round((contentY - originY) / page.pitch))
            readonly property real lastY: Math.max(0, count * page.pitch - page.spacing - height)
            function turn(row: int): void {
                contentY = originY + Math.max(0, Math.min(lastY, row * page.pitch));
            }

            anchors { fill: parent; margins: parent.reach }
            spacing: page.spacing
            boundsBehavior: Flickable.StopAtBounds
            maximumFlickVelocity: Theme.px(1200)
            reuseItems: true
            cacheBuffer: 0
            model: page.views.board.jobs
            delegate: Theme.landscape ? row : card
            // What the yellow plate opens is always in sight.
            onFirstChanged: page.views.board.keepInSight(first, page.perPage)
        }
    }
    Component {
        id: card

        JobCard {
            required property int index
            objectName: "card." + index
            width: list.width
            isInList: true
            isBrief: Theme.low
            chosen: index === page.views.board.selected
            onTapped: page.views.board.select(index)
            ListView.onPooled: visible = false
            ListView.onReused: visible = true
        }
    }
    Component {
        id: row

        JobRow {
            required property int index
            objectName: "card." + index
            width: list.width
            isInList: true
            chosen: index === page.views.board.selected
            onTapped: page.views.board.select(index)
            ListView.onPooled: visible = false
            ListView.onReused: visible = true
        }
    }
    FigureNote {
        anchors.centerIn: parent
        visible: page.views.board.count === 0
        width: page.width - Theme.px(Theme.landscape ? 700 : 96)
        figure: "ui/search"
        words: qsTrId("ui.board.nothing")
        note: qsTrId("ui.board.nothing_note")
    }
}
