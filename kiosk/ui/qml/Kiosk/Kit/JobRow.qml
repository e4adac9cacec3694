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
    required property list<string> reasons
    required property list<string> reasonIcons
    property bool chosen: false
    isChoice: true
    isOn: chosen
    told: [pay + unit, payday, place, hours, hasCoach ? departs : ownWay].concat(reasons).join(" ")

    readonly property bool hasReasons: reasons.length > 0
    // Reasons stand beside the columns of a wide row, and below those of a row of the board.
    readonly property bool reasonsBeside: hasReasons && width > Theme.px(1700)
    readonly property bool reasonsBelow: hasReasons && !reasonsBeside
    readonly property real stripHeight: reasonsBelow ? Theme.px(Theme.large ? 76 : 60) : 0
    readonly property real lineHeight: height - stripHeight
    readonly property real lineWidth: width - (reasonsBeside ? Theme.px(Theme.latin ? 340 : 300) : 0)
    readonly property bool hasCoach: departs.length > 0
    readonly property bool isTight: lineWidth < Theme.px(1540)
    // Beside reasons the figure gives way to the longest Latin word.
    readonly property bool isFigureSmall: isTight && Theme.latin
    // Latin units and paydays are longer words: the tile leaves them room.
    readonly property real tileWidth: Theme.px(isTight ? 296 : Theme.latin ? 312 : 320)
    // Columns begin here and share what a row is wider than the board's; between two of them stays a gap.
    readonly property real columnGap: Theme.px(16)
    readonly property real payX: tileWidth + Theme.px(Theme.latin ? 20 : 28)
    readonly property real paydayX: column(Theme.latin ? 722 : 676)
    readonly property real whereX: column(Theme.latin ? 888 : 814)
    readonly property real leftX: column(Theme.latin ? 1120 : 1064)
    // The coach stays at the right edge, its time beside its bay, however wide the row.
    readonly property real coachX: lineWidth - Theme.px(Theme.latin ? 348 : 350)

    function column(x: real): real {
        return tileWidth + (Theme.px(x) - tileWidth) * (lineWidth - tileWidth) / (Theme.px(1572) - tileWidth);
    }

    implicitWidth: Theme.px(1572)
    implicitHeight: Theme.px(Theme.large ? 212 : 156) + stripHeight

    Chosen {
        visible: row.chosen || row.pressed
    }
    Rectangle {
        anchors.fill: parent
        radius: Theme.px(20)
        color: Theme.paper
        border { width: Theme.edge; color: Theme.ink }
    }
    Rectangle {
        width: row.tileWidth
        height: row.height
        topLeftRadius: Theme.px(20)
        bottomLeftRadius: Theme.px(20)
        color: Theme.family(row.family)

        Icon {
            x: Theme.px(row.isFigureSmall ? 8 : Theme.latin ? 12 : 14)
            anchors.verticalCenter: parent.verticalCenter
            name: row.figure
            size: Theme.px(row.isFigureSmall ? 88 : Theme.latin ? 96 : 116)
            tint: Theme.paper
        }
        FitWords {
            x: Theme.px(row.isFigureSmall ? 100 : Theme.latin ? 112 : 140)
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
    Item {
        width: row.lineWidth
        height: row.lineHeight

        Words {
            id: payWords
            x: row.payX
            anchors.verticalCenter: parent.verticalCenter
            text: row.pay
            font.pixelSize: Theme.px(text.length > 4 ? 72 : text.length > 2 && row.unit.length > 3 && !Theme.latin ? 86 : text.length > 3 ? (Theme.latin ? 72 : 84) : Theme.latin ? 96 : Theme.large ? 118 : 108)
            weight: Theme.black
        }
        FitWords {
            anchors { left: payWords.right; leftMargin: Theme.px(10); bottom: payWords.baseline; bottomMargin: -Math.round(font.pixelSize * 0.288) }
            lines: 2
            wrapBelow: Theme.latin ? 0.8 : 0.6
            lineHeight: Math.round(font.pixelSize * 1.1)
            room: row.paydayX - row.columnGap - x
            text: row.unit
            step: Theme.latin ? 36 : 42
        }
        FitWords {
            x: row.paydayX
            anchors.verticalCenter: parent.verticalCenter
            room: row.whereX - row.columnGap - x
            lines: 2
            wrapBelow: Theme.latin ? 0.8 : 0.7
            lineHeight: Math.round(font.pixelSize * 1.15)
            text: row.payday
            step: Theme.latin ? 36 : 42
            weight: Theme.black
        }
        Column {
            x: row.whereX
            anchors.verticalCenter: parent.verticalCenter

            Row {
                spacing: Theme.px(10)

                FitWords {
                    id: placeWords
                    room: row.leftX - row.columnGap - row.whereX
                    lineHeight: Math.round(font.pixelSize * 1.15)
                    text: row.place
                    step: Theme.rowStep
                }
                Words {
                    anchors.baseline: placeWords.baseline
                    visible: placeWords.width + Theme.px(10) + implicitWidth < placeWords.room
                    text: row.distance
                    step: 34
                    weight: Theme.medium
                }
            }
            FitWords {
                room: placeWords.room
                lines: 2
                lineHeight: Math.round(font.pixelSize * 1.15)
                text: row.hours
                step: Theme.latin ? 38 : 40
                weight: Theme.medium
            }
        }
        // Latin words stand under the number, where Hanzi stand around it.
        Grid {
            x: row.leftX
            anchors.verticalCenter: parent.verticalCenter
            columns: Theme.latin ? 1 : 3
            spacing: Theme.latin ? 0 : Theme.px(6)
            verticalItemAlignment: Grid.AlignVCenter

            Words {
                visible: text.length > 0
                text: row.rowBefore
                font.pixelSize: Theme.px(Theme.latin ? 32 : 40)
            }
            Words {
                text: row.places
                font.pixelSize: Theme.px(text.length > 3 ? 36 : text.length > 2 ? 44 : 56)
                lineHeight: Math.round(font.pixelSize * (Theme.latin ? 1.05 : 1.3))
                weight: Theme.black
            }
            Words {
                visible: text.length > 0
                text: row.rowAfter
                font.pixelSize: Theme.px(32)
            }
        }
        Row {
            x: row.coachX
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
                room: row.lineWidth - row.coachX - Theme.px(48 + 12 + 24)
                lines: 2
                lineHeight: Math.round(font.pixelSize * 1.15)
                text: row.ownWay
                step: Theme.rowStep
            }
        }
        PlacePlate {
            anchors { right: parent.right; rightMargin: Theme.px(24); verticalCenter: parent.verticalCenter }
            visible: row.hasCoach && row.bay.length > 0
            text: row.bay
            size: Theme.px(80)
        }
    }
    Rectangle {
        x: row.tileWidth
        y: row.lineHeight - height / 2
        width: row.width - x
        height: Theme.px(4)
        visible: row.reasonsBelow
        color: Theme.parting
    }
    Reasons {
        x: row.reasonsBeside ? row.lineWidth + Theme.px(16) : row.payX
        y: row.reasonsBeside ? (row.height - height) / 2 : row.lineHeight + (row.stripHeight - height) / 2
        visible: row.hasReasons
        width: row.width - x - Theme.px(16)
        stacked: row.reasonsBeside
        words: row.reasons
        icons: row.reasonIcons
        iconSize: Theme.px(Theme.large ? 48 : 40)
        step: Theme.noteStep
    }
}
