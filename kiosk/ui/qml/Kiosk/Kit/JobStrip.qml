// The job a question is about: figure, name, employer or day, pay.
import QtQuick

Rectangle {
    id: strip

    required property string family
    required property string figure
    required property string title
    required property string note
    required property string pay
    required property string unit
    // Latin words beside a picture and a pay need more than half of lying glass has.
    readonly property bool isTight: Theme.latin && width < Theme.px(960)

    implicitWidth: Theme.px(984)
    implicitHeight: Theme.px(216)
    radius: Theme.px(20)
    color: Theme.paper
    border { width: Theme.edge; color: Theme.ink }

    Rectangle {
        width: Theme.px(216)
        height: strip.height
        topLeftRadius: Theme.px(20)
        bottomLeftRadius: Theme.px(20)
        color: Theme.family(strip.family)

        Icon {
            anchors.centerIn: parent
            name: strip.figure
            size: Math.min(Theme.px(172), strip.height - Theme.px(20))
            tint: Theme.paper
        }
    }
    Pair {
        x: Theme.px(252)
        anchors.verticalCenter: parent.verticalCenter
        room: payWords.x - x - Theme.px(20)
        head: strip.title
        headStep: Theme.large ? 40 : Theme.headStep
        noteStep: Theme.large ? 32 : Theme.secondStep
        headWeight: Theme.black
        headLines: 2
        note: strip.note
        noteLines: 2
    }
    Words {
        id: payWords
        anchors { right: unitWords.left; rightMargin: Theme.px(12); verticalCenter: parent.verticalCenter }
        text: strip.pay
        font.pixelSize: Theme.px(strip.isTight && text.length > 3 ? 72 : text.length > 4 || strip.isTight ? 92 : Theme.large && Theme.landscape ? 100 : Theme.payStep)
        weight: Theme.black
    }
    FitWords {
        id: unitWords
        anchors { right: parent.right; rightMargin: Theme.px(32); bottom: payWords.baseline; bottomMargin: -Math.round(font.pixelSize * 0.288) }
        room: Theme.px(Theme.latin ? 168 : 240)
        lines: Theme.latin ? 2 : 1
        lineHeight: Math.round(font.pixelSize * 1.1)
        text: strip.unit
        step: Theme.rowStep
    }
}
