// What the job pays, in the largest digits of the page, and when and how it is paid.
import QtQuick

Rectangle {
    id: band

    required property string pay
    required property string unit
    required property string payday
    required property string payNote
    readonly property real half: Math.min(Theme.px(576), width * 0.57)

    implicitHeight: Theme.px(204)
    color: Theme.paper

    Words {
        id: payWords
        x: Theme.px(48)
        anchors.verticalCenter: parent.verticalCenter
        text: band.pay
        font.pixelSize: Theme.px(text.length > 4 ? 148 : 188)
        weight: Theme.black
    }
    FitWords {
        anchors { left: payWords.right; leftMargin: Theme.px(20); bottom: payWords.baseline; bottomMargin: -Math.round(font.pixelSize * 0.288) }
        room: band.half - Theme.px(12) - x
        lines: text.includes(" ") ? 2 : 1
        lineHeight: Math.round(font.pixelSize * 1.15)
        text: band.unit
        step: Theme.latin ? 40 : 60
        weight: Theme.bold
    }
    Icon {
        x: band.half
        anchors.verticalCenter: parent.verticalCenter
        name: "pictograms/wallet"
        size: Theme.px(84)
    }
    Pair {
        x: band.half + Theme.px(100)
        anchors.verticalCenter: parent.verticalCenter
        room: band.width - x - Theme.px(24)
        head: band.payday
        note: band.payNote
        headWeight: Theme.black
    }
}
