// A day as a sheet of a calendar: the month on a black head, the number, the weekday, and how many jobs begin.
pragma ComponentBehavior: Bound
import QtQuick

Touch {
    id: tile

    // Empty: the tile that shows later days.
    required property string day
    required property string number
    required property string month
    required property string weekday
    required property string near
    required property string count
    required property bool hasWork
    required property bool chosen
    property string jobsWord: ""
    property string noneWord: ""
    isChoice: isDay
    isOn: chosen
    told: [near, weekday, hasWork ? count + jobsWord : noneWord].join(" ")
    readonly property bool isDay: day.length > 0
    readonly property real headHeight: Theme.px(Theme.low ? 68 : Theme.landscape ? 76 : 92)

    implicitWidth: Theme.px(476)
    implicitHeight: Theme.px(384)
    enabled: hasWork

    Chosen {
        visible: tile.chosen || tile.pressed
    }
    Rectangle {
        anchors.fill: parent
        visible: tile.enabled
        radius: Theme.px(20)
        color: Theme.paper
        border { width: Theme.edge; color: Theme.ink }
    }
    Loader {
        anchors.fill: parent
        active: !tile.enabled
        sourceComponent: Dashes {}
    }
    Rectangle {
        width: parent.width
        height: tile.headHeight
        visible: tile.isDay && tile.enabled
        topLeftRadius: Theme.px(20)
        topRightRadius: Theme.px(20)
        color: Theme.ink
    }
    FitWords {
        x: Theme.px(28)
        y: (tile.headHeight - height) / 2
        visible: tile.isDay
        room: tile.width / 2 - x - Theme.px(44)
        text: tile.month
        step: Theme.low ? 44 : Theme.titleStep
        weight: Theme.black
        color: tile.enabled ? Theme.paper : Theme.mute
    }
    FitWords {
        anchors { right: parent.right; rightMargin: Theme.px(28) }
        y: (tile.headHeight - height) / 2
        visible: tile.isDay
        room: tile.width / 2 - Theme.px(28 + 44)
        text: tile.weekday
        step: Theme.low ? 44 : Theme.titleStep
        weight: Theme.black
        color: tile.enabled ? Theme.paper : Theme.mute
    }
    Words {
        id: digits
        x: Theme.px(28)
        anchors { verticalCenter: parent.verticalCenter; verticalCenterOffset: tile.headHeight / 2 }
        visible: tile.isDay
        text: tile.number
        font.pixelSize: Theme.px(Theme.low ? 120 : Theme.landscape ? 148 : Theme.large ? 168 : 188)
        lineHeight: font.pixelSize
        weight: Theme.black
        color: tile.enabled ? Theme.ink : Theme.mute
    }
    Column {
        anchors { right: parent.right; rightMargin: Theme.px(28); verticalCenter: digits.verticalCenter }
        visible: tile.isDay

        FitWords {
            anchors.right: parent.right
            visible: text.length > 0
            room: tile.width - digits.x - digits.width - Theme.px(28 + 20)
            text: tile.near
            step: Theme.plateStep
            weight: Theme.black
            color: tile.enabled ? Theme.ink : Theme.mute
        }
        Row {
            anchors.right: parent.right
            spacing: Theme.px(8)

            Words {
                id: jobs
                visible: tile.hasWork
                text: tile.count
                font.pixelSize: Theme.px(56)
                weight: Theme.black
            }
            Words {
                anchors.baseline: tile.hasWork ? jobs.baseline : undefined
                text: tile.hasWork ? tile.jobsWord : tile.noneWord
                font.pixelSize: Theme.px(40)
                color: tile.enabled ? Theme.ink : Theme.mute
            }
        }
    }
    Radio {
        x: (tile.width - width) / 2
        y: (tile.headHeight - height) / 2
        visible: tile.isDay && tile.enabled
        size: Theme.px(60)
        chosen: tile.chosen
        ring: Theme.paper
        disc: Theme.paper
        tick: Theme.ink
    }
    Loader {
        anchors.centerIn: parent
        active: !tile.isDay
        sourceComponent: Column {
            Icon {
                anchors.horizontalCenter: parent.horizontalCenter
                name: "ui/more"
                size: Theme.px(120)
            }
            FitWords {
                anchors.horizontalCenter: parent.horizontalCenter
                room: tile.width - Theme.px(56)
                text: tile.label
                step: Theme.titleStep
                weight: Theme.black
            }
        }
    }
}
