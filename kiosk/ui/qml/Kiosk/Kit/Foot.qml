// Where a page ends: the yellow plate, always in the same place, and at most one answer or two arrows beside it.
pragma ComponentBehavior: Bound
import QtQuick

Item {
    id: foot

    property string goLabel: ""
    property string goIcon: "ui/arrow"
    property bool goReady: true
    property string secondaryLabel: ""
    property string secondaryNote: ""
    property string secondaryIcon: ""
    property string secondaryNoteIcon: ""
    // A picture beside the secondary answer turns it into two small plates.
    property string pictureLabel: ""
    property string pictureIcon: ""
    // Words under both small plates, for what a picture alone does not tell.
    property bool hasWords: false
    property bool secondaryMosaic: false
    // Both words turn the two arrows on.
    property string upLabel: ""
    property string downLabel: ""
    property bool canTurnUp: true
    property bool canTurnDown: true
    readonly property bool hasSecondary: secondaryLabel.length > 0
    readonly property bool hasArrows: upLabel.length > 0
    readonly property bool hasPicture: pictureLabel.length > 0
    readonly property real arrowWidth: Theme.px(Theme.landscape && !hasWords ? 126 : 156)
    readonly property real besideWidth: hasArrows || hasPicture ? 2 * arrowWidth + Theme.gap : hasSecondary ? Theme.px(Theme.landscape ? 264 : 312) : -Theme.gap

    signal go
    signal secondary
    signal turnUp
    signal turnDown
    signal picture

    implicitHeight: Theme.plateHeight

    // Most pages have few of these plates, and each weighs as much as half a page.
    Loader {
        active: foot.hasArrows
        sourceComponent: SecondaryPlate {
            objectName: "page.up"
            enabled: foot.canTurnUp
            width: foot.arrowWidth
            wordless: true
            icon: "ui/arrow_up"
            label: foot.upLabel
            onTapped: foot.turnUp()
        }
    }
    Loader {
        x: foot.arrowWidth + Theme.gap
        active: foot.hasArrows
        sourceComponent: SecondaryPlate {
            objectName: "page.down"
            enabled: foot.canTurnDown
            width: foot.arrowWidth
            wordless: true
            icon: "ui/arrow_down"
            label: foot.downLabel
            onTapped: foot.turnDown()
        }
    }
    Loader {
        active: foot.hasPicture
        sourceComponent: SecondaryPlate {
            objectName: "picture"
            width: foot.arrowWidth
            wordless: !foot.hasWords
            icon: foot.pictureIcon
            label: foot.pictureLabel
            onTapped: foot.picture()
        }
    }
    Loader {
        x: foot.hasPicture ? foot.arrowWidth + Theme.gap : 0
        active: foot.hasSecondary && !foot.hasArrows
        sourceComponent: SecondaryPlate {
            width: foot.hasPicture ? foot.arrowWidth : foot.besideWidth
            wordless: foot.hasPicture && !foot.hasWords
            label: foot.secondaryLabel
            note: foot.secondaryNote
            noteIcon: foot.secondaryNoteIcon
            icon: foot.secondaryIcon
            mosaic: foot.secondaryMosaic
            onTapped: foot.secondary()
        }
    }
    GoPlate {
        x: foot.besideWidth + Theme.gap
        width: foot.width - x
        visible: foot.goLabel.length > 0
        label: foot.goLabel
        icon: foot.goIcon
        ready: foot.goReady
        onTapped: foot.go()
    }
}
