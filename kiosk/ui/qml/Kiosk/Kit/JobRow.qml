// A job as one line of a departure board, for landscape pages: columns stay fixed from row to row.
import QtQuick

Touch {
    id: row

    required property string family
    required property string figure
    required property string pay
    required property string unit
    required property string payday
    required property string place
    required property string distance
    required property string hours
    required property string departs
    required property string bay
    required property string ownWay
    required property string rowBefore
    required property string places
    required property string rowAfter
    property bool chosen: false

    // Columns keep their shares where the row is wider than the board's.
    readonly property real stretch: width / Theme.px(1572)
    readonly property bool hasCoach: departs.length > 0
    // Latin units and paydays are longer words: the tile leaves them room.
    readonly property real tileWidth: Theme.px(Theme.latin ? 320 : 340)

    implicitWidth: Theme.px(1572)
    implicitHeight: Theme.px(Theme.large ? 212 : 156)

    Chosen {
        visible: row.chosen || row.pressed
    }
    Rectangle {
        anchors.fill: parent
        radius: Theme.px(20)
        color: Theme.paper
    }
    Rectangle {
        width: row.tileWidth
        height: row.height
        topLeftRadius: Theme.px(20)
        bottomLeftRadius: Theme.px(20)
        color: Theme.family(row.family)

        Icon {
            x: Theme.px(Theme.latin ? 12 : 20)
            anchors.verticalCenter: parent.verticalCenter
            name: row.figure
            size: Theme.px(Theme.latin ? 96 : 128)
            tint: Theme.paper
        }
        FitWords {
            x: Theme.px(Theme.latin ? 112 : 160)
            anchors.verticalCenter: parent.verticalCenter
            room: row.tileWidth - x - Theme.px(8)
            lines: 2
            lineHeight: Math.round(font.pixelSize * 1.15)
            text: row.label
            step: Theme.latin ? 44 : 52
            weight: Theme.black
            color: Theme.paper
        }
    }
    Words {
        id: payWords
        x: row.tileWidth + Theme.px(32)
        anchors.verticalCenter: parent.verticalCenter
        text: row.pay
        font.pixelSize: Theme.px(text.length > 4 ? 72 : text.length > 3 ? (Theme.latin ? 72 : 84) : Theme.large ? 118 : 108)
        weight: Theme.black
    }
    FitWords {
        anchors { left: payWords.right; leftMargin: Theme.px(10); bottom: payWords.baseline; bottomMargin: -Math.round(font.pixelSize * 0.288) }
        lines: Theme.latin ? 2 : 1
        lineHeight: Math.round(font.pixelSize * 1.1)
        room: Theme.px(Theme.latin ? 706 : 690) * row.stretch - x
        text: row.unit
        step: Theme.latin ? 36 : 42
    }
    FitWords {
        x: Theme.px(Theme.latin ? 708 : 696) * row.stretch
        anchors.verticalCenter: parent.verticalCenter
        room: Theme.px(Theme.latin ? 138 : 116) * row.stretch
        lines: 2
        text: row.payday
        step: Theme.latin ? 36 : 42
        weight: Theme.black
    }
    Column {
        x: Theme.px(Theme.latin ? 848 : 826) * row.stretch
        anchors.verticalCenter: parent.verticalCenter

        Row {
            spacing: Theme.px(10)

            FitWords {
                id: placeWords
                room: Theme.px(Theme.latin ? 232 : 248) * row.stretch
                text: row.place
                step: Theme.rowStep
            }
            Words {
                anchors.baseline: placeWords.baseline
                visible: placeWords.width + implicitWidth < Theme.px(Theme.latin ? 214 : 240) * row.stretch
                text: row.distance
                step: Theme.latin ? 34 : 36
                weight: Theme.medium
            }
        }
        FitWords {
            room: Theme.px(Theme.latin ? 232 : 248) * row.stretch
            lines: 2
            lineHeight: Math.round(font.pixelSize * 1.15)
            text: row.hours
            step: 42
            weight: Theme.medium
        }
    }
    Row {
        x: Theme.px(1088) * row.stretch
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.px(6)

        Words {
            anchors.baseline: placesNumber.baseline
            visible: text.length > 0
            text: row.rowBefore
            font.pixelSize: Theme.px(40)
        }
        Words {
            id: placesNumber
            text: row.places
            font.pixelSize: Theme.px(text.length > 2 ? 44 : 56)
            weight: Theme.black
        }
        Words {
            anchors.baseline: placesNumber.baseline
            visible: text.length > 0
            text: row.rowAfter
            font.pixelSize: Theme.px(32)
        }
    }
    Row {
        x: Theme.px(1214) * row.stretch
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.px(12)

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: row.hasCoach ? "ui/directions_bus" : "ui/directions_walk"
            size: Theme.px(48)
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            visible: row.hasCoach
            text: row.departs
            font.pixelSize: Theme.px(60)
            weight: Theme.black
        }
        FitWords {
            anchors.verticalCenter: parent.verticalCenter
            visible: !row.hasCoach
            room: Theme.px(272) * row.stretch
            lines: 2
            text: row.ownWay
            step: Theme.rowStep
        }
    }
    PlacePlate {
        anchors { right: parent.right; rightMargin: Theme.px(32); verticalCenter: parent.verticalCenter }
        visible: row.hasCoach && row.bay.length > 0
        text: row.bay
        size: Theme.px(80)
    }
}
