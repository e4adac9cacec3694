// What the job pays, in the largest digits of the page, and when and how it is paid.
import QtQuick

Rectangle {
    id: band

    required property string pay
    required property string unit
    required property string payday
    required property string payNote
    readonly property real half: Math.min(Theme.px(576), width * 0.57)
    // The digits are as large as the words behind them allow: a month's pay has more of them than a day's.
    readonly property real digits: half - Theme.px(80) - Theme.px(Theme.latin ? 180 : 146)

    implicitHeight: Theme.px(204)
    color: Theme.paper

    FitWords {
        id: payWords
        x: Theme.px(48)
        anchors.verticalCenter: parent.verticalCenter
        room: band.digits
        text: band.pay
        fullSize: Theme.px(188)
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
