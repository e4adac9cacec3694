// A broad quiet band with a learner: what is done below it does not count.
import QtQuick

Rectangle {
    id: band

    color: Theme.band

    Row {
        anchors { left: parent.left; leftMargin: Theme.px(48); verticalCenter: parent.verticalCenter }
        spacing: Theme.px(24)

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "pictograms/learner"
            size: Theme.px(Theme.landscape ? 52 : 70)
            tint: Theme.bandInk
        }
        FitWords {
            objectName: "practice"
            anchors.verticalCenter: parent.verticalCenter
            room: band.width - Theme.px(48 + 70 + 24 + 48)
            lineHeight: Math.round(font.pixelSize * 1.2)
            text: Theme.practice
            step: Theme.landscape ? (Theme.large ? 34 : 42) : Theme.large ? 42 : 52
            weight: Theme.black
            color: Theme.bandInk
        }
    }
}
