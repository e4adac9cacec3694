// The strip above the bar, for whoever needs the screen otherwise: white on black, and all that is touched low.
import QtQuick

Rectangle {
    id: strip

    required property string contrastWord
    required property string lowWord
    property bool mayBeLow: false
    readonly property real keyWidth: (width - Theme.px(3 * 48)) / 2

    signal contrast
    signal low

    implicitHeight: Theme.px(196)
    color: Theme.board

    // The page behind hears nothing of a touch between the keys.
    TapHandler {
        gesturePolicy: TapHandler.WithinBounds
    }
    Rectangle {
        width: strip.width
        height: Theme.line(6)
        color: Theme.boardInk
    }
    LookKey {
        objectName: "look.contrast"
        x: Theme.px(48)
        y: Theme.px(28)
        width: strip.keyWidth
        icon: "ui/contrast"
        label: strip.contrastWord
        on: Theme.highContrast
        onTapped: strip.contrast()
    }
    LookKey {
        objectName: "look.low"
        x: Theme.px(96) + strip.keyWidth
        y: Theme.px(28)
        width: strip.keyWidth
        visible: strip.mayBeLow
        icon: "pictograms/seated"
        label: strip.lowWord
        on: Theme.low
        onTapped: strip.low()
    }
}
