// Anything that can be tapped: a short, a long and a shaky press are all one tap, a slide off it is none.
import QtQuick

Item {
    id: touch

    required property string label
    // In a list a moving finger belongs to the list; elsewhere it may wander on the plate it pressed.
    property bool isInList: false
    readonly property bool pressed: tap.pressed
    signal tapped

    Accessible.role: Accessible.Button
    Accessible.name: label
    Accessible.onPressAction: touch.tapped()

    TapHandler {
        id: tap
        gesturePolicy: touch.isInList ? TapHandler.DragThreshold : TapHandler.ReleaseWithinBounds
        longPressThreshold: 0
        onTapped: touch.tapped()
    }
}
