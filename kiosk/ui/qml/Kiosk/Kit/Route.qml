// The journey as a metro line in the colour of the chosen work: travelled, now, ahead.
pragma ComponentBehavior: Bound
import QtQuick

Rectangle {
    id: route

    required property list<string> stops
    required property int now
    required property string family
    property bool trouble: false
    readonly property color travelled: Theme.family(family)
    readonly property real step: Theme.landscape ? Theme.px(160) : Theme.px(204)
    readonly property real first: (width - step * (stops.length - 1)) / 2
    readonly property real axis: Theme.px(Theme.landscape ? 34 : 44)
    readonly property real grow: Theme.landscape ? 0.8 : 1

    implicitHeight: Theme.px(Theme.landscape ? 104 : 136)
    implicitWidth: step * stops.length
    radius: Theme.landscape ? Theme.px(16) : 0
    color: Theme.paper

    Rectangle {
        x: route.first
        y: route.axis - height / 2
        width: route.step * (route.stops.length - 1)
        height: Theme.px(14) * route.grow
        color: Theme.rule
    }
    Rectangle {
        x: route.first
        y: route.axis - height / 2
        width: route.step * route.now
        height: Theme.px(14) * route.grow
        color: route.travelled
    }
    Repeater {
        model: route.stops

        Item {
            id: stop
            required property int index
            required property string modelData
            readonly property bool isDone: index < route.now
            readonly property bool isNow: index === route.now
            readonly property real reach: Theme.px(isNow ? 30 : isDone ? 22 : 21) * route.grow

            x: route.first + route.step * index
            y: route.axis

            Rectangle {
                x: -stop.reach
                y: -stop.reach
                width: 2 * stop.reach
                height: width
                radius: stop.reach
                visible: !(stop.isNow && route.trouble)
                color: stop.isDone || stop.isNow ? route.travelled : Theme.off

                Rectangle {
                    anchors.centerIn: parent
                    visible: !stop.isDone
                    width: Theme.px(stop.isNow ? 30 : 27) * route.grow
                    height: width
                    radius: width / 2
                    color: Theme.paper
                }
                Icon {
                    anchors.centerIn: parent
                    visible: stop.isDone
                    name: "ui/tick"
                    size: Math.round(stop.reach * 1.2)
                    tint: Theme.paper
                }
            }
            Rectangle {
                x: -Theme.px(44) * route.grow
                y: -Theme.px(20) * route.grow
                width: Theme.px(88) * route.grow
                height: Theme.px(44) * route.grow
                visible: stop.isNow && route.trouble
                color: Theme.paper
            }
            Lamp {
                x: -size / 2
                y: -size / 2 - Theme.px(4)
                visible: stop.isNow && route.trouble
                kind: "warn"
                size: Theme.px(76) * route.grow
            }
            FitWords {
                x: -width / 2
                y: Theme.px(Theme.landscape ? 22 : 32)
                room: route.step - Theme.px(8)
                text: stop.modelData
                step: Theme.landscape ? Theme.keyStep : Theme.noteStep
                weight: stop.isNow ? Theme.black : Theme.bold
                color: stop.isNow ? Theme.ink : Theme.mute
            }
        }
    }
}
