// One of several people who go together: how-manieth, masked name, what goes with him, and how it stands.
import QtQuick

Rectangle {
    id: row

    required property string nth
    required property string name
    required property string note
    required property string lamp
    // Where there are few, each has a line of the page to himself.
    property bool wide: false
    // The largest step whose line stands within the row.
    readonly property real most: row.height / (1.3 * Theme.type(100) / 100)

    implicitWidth: Theme.px(480)
    implicitHeight: Theme.px(104)
    radius: Theme.px(20)
    color: Theme.paper
    border { width: Theme.edge; color: Theme.ink }

    FitWords {
        id: number
        x: Theme.px(row.wide ? 28 : 20)
        anchors.verticalCenter: parent.verticalCenter
        room: Theme.px(76)
        text: row.nth
        step: Math.min(row.most, row.wide ? Theme.clockStep : Theme.titleStep)
        weight: Theme.black
        color: Theme.mute
    }
    Icon {
        x: Theme.px(20)
        anchors.verticalCenter: parent.verticalCenter
        visible: row.nth.length === 0
        name: "ui/receipt_long"
        size: Theme.px(row.wide ? 76 : 56)
    }
    FitWords {
        x: number.x + number.room + Theme.px(row.wide ? 24 : 14)
        anchors.verticalCenter: parent.verticalCenter
        room: beside.x - x - Theme.px(12)
        text: row.name
        step: Math.min(row.most, row.wide ? Theme.answerStep : Theme.headStep)
        weight: Theme.black
    }
    FitWords {
        id: beside
        x: (mark.visible ? mark.x : row.width - Theme.px(16)) - width - Theme.px(row.wide ? 32 : 12)
        anchors.verticalCenter: parent.verticalCenter
        room: Theme.px(row.wide ? 320 : 150)
        text: row.note
        step: Math.min(row.most, row.wide ? Theme.headStep : Theme.rowStep)
        weight: row.wide ? Theme.bold : Theme.medium
        color: Theme.mute
    }
    Lamp {
        id: mark
        x: row.width - width - Theme.px(24)
        anchors.verticalCenter: parent.verticalCenter
        visible: row.lamp.length > 0
        kind: row.lamp.length > 0 ? row.lamp : "ok"
        size: Theme.px(row.wide ? 84 : 60)
    }
}
