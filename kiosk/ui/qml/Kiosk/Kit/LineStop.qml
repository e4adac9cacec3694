// A stop on the line: the minutes from here, the place, how many jobs, and whether a coach goes there.
import QtQuick

Touch {
    id: stop

    required property string town
    required property string minutes
    required property string count
    required property bool hasCoach
    required property bool chosen
    property string unit: ""
    isChoice: true
    isOn: chosen
    told: minutes + unit + " " + count
    // Half as wide: the minutes above the place.
    property bool isTight: false
    // On lying screens the line runs across and the stop hangs below it; on upright ones it runs down.
    readonly property bool across: Theme.landscape
    readonly property real reach: Theme.px(34)
    // Where the line passes, measured from the edge it runs along.
    readonly property real axis: Theme.px(across ? 44 : isTight ? 40 : 60)
    readonly property real cardX: across ? 0 : Theme.px(isTight ? 92 : 136)
    readonly property real cardY: across ? Theme.px(104) : 0

    Rectangle {
        x: (stop.across ? stop.width / 2 : stop.axis) - stop.reach
        y: (stop.across ? stop.axis : stop.height / 2) - stop.reach
        width: 2 * stop.reach
        height: width
        radius: stop.reach
        color: Theme.ink

        Rectangle {
            anchors.centerIn: parent
            visible: !stop.chosen
            width: Theme.px(42)
            height: width
            radius: width / 2
            color: Theme.paper
        }
        Icon {
            anchors.centerIn: parent
            visible: stop.chosen
            name: "ui/tick"
            size: Theme.px(46)
            tint: Theme.paper
        }
    }
    Item {
        id: card
        x: stop.cardX
        y: stop.cardY
        width: stop.width - x
        height: stop.height - y

        Chosen {
            visible: stop.chosen || stop.pressed
        }
        Rectangle {
            anchors.fill: parent
            radius: Theme.px(20)
            color: Theme.paper
            border { width: Theme.edge; color: Theme.ink }
        }
        Row {
            id: far
            x: stop.across ? (card.width - width) / 2 : Theme.px(stop.isTight ? 24 : 32)
            y: stop.across ? Theme.px(20) : stop.isTight ? -Theme.px(2) : (card.height - height) / 2
            spacing: Theme.px(8)

            Words {
                id: digits
                text: stop.minutes
                font.pixelSize: Theme.px(stop.isTight ? 68 : 96)
                lineHeight: Math.round(font.pixelSize * 1.2)
                weight: Theme.black
            }
            Words {
                anchors.baseline: digits.baseline
                text: stop.unit
                step: Theme.secondStep
            }
        }
        FitWords {
            x: stop.across ? (card.width - width) / 2 : Theme.px(stop.isTight ? 24 : 272)
            y: stop.across ? Theme.px(148) : stop.isTight ? card.height - height - Theme.px(6) : (card.height - height) / 2
            room: stop.across ? card.width - Theme.px(24) : work.x - x - Theme.px(16)
            lines: stop.across ? 2 : 1
            lineHeight: Math.round(font.pixelSize * 1.15)
            horizontalAlignment: stop.across ? Text.AlignHCenter : Text.AlignLeft
            text: stop.label
            step: stop.isTight ? 42 : Theme.plateStep
            weight: Theme.black
        }
        Grid {
            id: work
            x: stop.across ? (card.width - width) / 2 : card.width - width - Theme.px(28)
            y: stop.across ? card.height - height - Theme.px(20) : (card.height - height) / 2
            columns: stop.isTight ? 1 : 2
            spacing: Theme.px(stop.isTight ? 2 : 12)
            horizontalItemAlignment: Grid.AlignHCenter
            verticalItemAlignment: Grid.AlignVCenter

            Icon {
                name: stop.hasCoach ? "ui/directions_bus" : "ui/directions_walk"
                size: Theme.px(64)
            }
            FitWords {
                room: Theme.px(stop.isTight ? 116 : stop.across ? 170 : 190)
                text: stop.count
                step: Theme.valueStep
            }
        }
    }
}
