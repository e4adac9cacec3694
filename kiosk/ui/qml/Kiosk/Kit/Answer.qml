// One answer to the question of a page: picture, words, ring; a verdict takes the ring's place. Nothing is chosen before a touch.
import QtQuick

Touch {
    id: answer

    property string figure: ""
    property string note: ""
    property string place: ""
    property bool chosen: false
    property bool choosable: true
    property string verdict: ""
    property real figureSize: Math.min(Theme.px(220), height - Theme.px(48))
    property real wordsStep: Theme.answerStep
    readonly property real textX: figure.length > 0 ? figureSize + Theme.px(100) : Theme.px(48)

    implicitWidth: Theme.px(984)
    implicitHeight: Theme.px(268)
    isChoice: choosable
    isOn: chosen
    told: note

    Chosen {
        visible: answer.chosen || answer.pressed
    }
    Rectangle {
        anchors.fill: parent
        radius: Theme.px(20)
        color: Theme.paper
        border { width: Theme.edge; color: Theme.ink }
    }
    Icon {
        x: Theme.px(48)
        anchors.verticalCenter: parent.verticalCenter
        name: answer.figure
        size: answer.figureSize
    }
    Pair {
        x: answer.textX
        anchors.verticalCenter: parent.verticalCenter
        room: (answer.choosable ? ring.x : answer.place.length > 0 ? window.x : answer.width) - x - Theme.px(28)
        head: answer.label
        headStep: answer.wordsStep
        headWeight: Theme.black
        headLines: answer.note.length > 0 ? 1 : 2
        note: answer.note
    }
    Radio {
        id: ring
        anchors { right: parent.right; rightMargin: Theme.px(48); verticalCenter: parent.verticalCenter }
        visible: answer.choosable && answer.verdict.length === 0
        size: Theme.px(92)
        chosen: answer.chosen
    }
    Lamp {
        anchors.centerIn: ring
        visible: answer.verdict.length > 0
        kind: answer.verdict.length > 0 ? answer.verdict : "ok"
        size: Theme.px(116)
    }
    PlacePlate {
        id: window
        anchors { right: parent.right; rightMargin: Theme.px(24); verticalCenter: parent.verticalCenter }
        visible: answer.place.length > 0
        text: answer.place
        size: Theme.px(104)
    }
}
