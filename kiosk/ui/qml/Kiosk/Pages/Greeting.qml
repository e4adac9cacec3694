// Who is there, the number in the order of the day, what is already theirs, and the work that fits best.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

WorkerPage {
    id: page

    readonly property real listTop: Theme.low ? touchTop : queue.y + queue.height + Theme.px(22)
    // Where what is listed ends: above the keys, which in the low position stand below it.
    readonly property real listBottom: Theme.low ? keys.y - Theme.px(24) : bodyHeight
    // Large cards are fewer.
    readonly property int cards: Math.max(1, (Theme.low ? (Theme.large ? 1 : 2) : Theme.large ? 2 : 3) - Math.max(views.greeting.strips, views.greeting.isHolding ? 1 : 0))
    // Where a strip and a card fill the room there is, the first strip stands alone.
    readonly property int strips: Theme.low || Theme.landscape && Theme.large ? 1 : 2

    title: views.greeting.greeting
    edge: Theme.margin
    foot.goLabel: views.greeting.isSlipWaiting ? qsTrId("ui.greeting.collect") : views.greeting.hasJobs ? qsTrId("ui.greeting.look") : qsTrId("ui.greeting.see_all")
    foot.secondaryIcon: views.greeting.mayGiveBack ? "ui/undo" : ""
    foot.secondaryLabel: views.greeting.mayGiveBack ? qsTrId("hiring.give_back.open") : views.greeting.hasJobs || views.greeting.isSlipWaiting ? qsTrId("ui.greeting.all") : ""
    foot.secondaryMosaic: !views.greeting.mayGiveBack
    onGo: views.greeting.go()
    onSecondary: views.greeting.mayGiveBack ? views.greeting.giveBack() : views.greeting.showAll()

    Item {
        id: queue
        x: Theme.px(48)
        y: Theme.px(Theme.landscape ? 12 : 14)
        width: page.width - 2 * x
        height: Math.max(Theme.low ? plate.height : keys.height, Theme.large || !page.views.greeting.hasJobs ? said.height : 0)

        PlacePlate {
            id: plate
            anchors.verticalCenter: parent.verticalCenter
            text: page.views.greeting.queueNumber
            size: Theme.px(Theme.low && page.views.greeting.hasJobs ? 240 : 100)
        }
        Pair {
            id: said
            anchors { left: plate.right; leftMargin: Theme.px(26); verticalCenter: parent.verticalCenter }
            room: (Theme.low ? queue.width : Theme.landscape && page.views.greeting.isHolding ? queue.width / 2 - Theme.px(130) : keys.x - queue.x - Theme.px(24)) - plate.width - Theme.px(26)
            head: page.views.greeting.queueLine
            headWeight: Theme.black
            noteLines: 2
            note: page.views.greeting.hasJobs ? qsTrId("ui.greeting.how") : page.views.greeting.isHolding ? qsTrId("ui.greeting.have_place") : qsTrId("ui.greeting.none")
        }
    }
    // Higher than the row, which a finger needs; what is below it keeps its distance.
    Row {
        id: keys
        x: queue.x + queue.width - width
        y: Theme.low ? page.bodyHeight - height - Theme.px(8) : queue.y + queue.height - height
        spacing: Theme.px(24)

        Chip {
            objectName: "papers"
            visible: page.views.greeting.hasPapers
            width: Theme.px(Theme.landscape ? 172 : 220)
            height: Theme.px(113)
            icon: "ui/print"
            label: qsTrId("ui.papers.key")
            onTapped: page.views.greeting.papers()
        }
        Chip {
            objectName: "own"
            width: Theme.px(Theme.landscape ? 172 : 220)
            height: Theme.px(113)
            icon: "ui/person"
            label: qsTrId("own.data.key")
            onTapped: page.views.own.look()
        }
    }
    // What speaks for the framed job stands on the cards, or above them all where those are brief.
    Reasons {
        x: Theme.px(48)
        y: queue.y + queue.height + Theme.px(28)
        visible: Theme.low
        width: page.width - 2 * x
        stacked: true
        words: page.views.greeting.reasons
        icons: page.views.greeting.reasonIcons
        iconSize: Theme.px(72)
        step: Theme.plateStep
    }
    Column {
        id: list
        x: Theme.landscape ? Theme.px(48) : Theme.margin
        y: page.listTop
        width: page.width - 2 * x
        spacing: Theme.px(30)

        Repeater {
            model: page.views.greeting.held

            HeldPlace {
                required property int index
                required property string opens
                objectName: "held." + index
                visible: index < page.strips
                width: list.width
                height: Theme.px(Theme.landscape ? 156 : Theme.low ? 184 : Theme.large ? 288 : 240)
                onTapped: page.views.greeting.open(opens)
            }
        }
        Repeater {
            model: Theme.landscape ? page.views.greeting.jobs : null

            JobRow {
                required property int index
                objectName: "card." + index
                visible: index < page.cards
                width: list.width
                chosen: !page.views.greeting.isSlipWaiting && index === page.views.greeting.selected
                onTapped: page.views.greeting.select(index)
            }
        }
        Repeater {
            model: Theme.landscape ? null : page.views.greeting.jobs

            JobCard {
                required property int index
                objectName: "card." + index
                visible: index < page.cards
                width: list.width
                isBrief: Theme.low
                chosen: !page.views.greeting.isSlipWaiting && index === page.views.greeting.selected
                onTapped: page.views.greeting.select(index)
            }
        }
    }
    // Nothing fits and nothing is held: the sign for all work fills the page and leads where the yellow plate leads.
    Loader {
        active: !page.views.greeting.hasJobs && !page.views.greeting.isHolding
        x: (page.width - width) / 2
        y: page.listTop + (page.listBottom - page.listTop - height) / 2
        sourceComponent: Touch {
            objectName: "all"
            label: qsTrId("ui.greeting.see_all")
            width: everything.width
            height: everything.height
            onTapped: page.views.greeting.go()

            Mosaic {
                id: everything
                cell: Theme.px(Theme.landscape ? 240 : Theme.low ? 264 : 312)
            }
        }
    }
    Repeater {
        model: page.views.greeting.ticket

        Ticket {
            x: Theme.px(48)
            y: Theme.low ? slipStates.y + slipStates.height + Theme.px(24) : page.listTop
            width: page.width - 2 * x
            // Where it stands above the sentence about its slip it leaves that its room.
            height: Theme.landscape ? page.bodyBottom - page.bodyTop - y - Theme.px(24) : Math.min(implicitHeight, (Theme.low ? keys.y : slipStates.y) - y - Theme.px(24))
        }
    }
    Column {
        id: slipStates
        x: Theme.landscape ? page.width / 2 - Theme.px(120) : Theme.px(48)
        y: Theme.landscape ? queue.y + (queue.height - height) / 2 : Theme.low ? queue.y + queue.height + Theme.px(24) : page.bodyHeight - height - Theme.px(16)
        // On lying glass it stands in the row of the number, before the plate for papers.
        width: page.width - x - Theme.px(48) - (Theme.landscape ? keys.width + Theme.px(16) : 0)

        Repeater {
            model: page.views.greeting.slip

            StateRow {
                width: slipStates.width
                headLines: Theme.landscape ? 1 : 2
            }
        }
    }
}
