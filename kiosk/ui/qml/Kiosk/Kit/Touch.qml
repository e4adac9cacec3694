// Anything that can be tapped: a short, a long and a shaky press are all one tap, a slide off it is none. It has a
// name for who is read to, and keys of a keyboard or of a switch reach it one by one.
import QtQuick

Item {
    id: touch

    required property string label
    // In a list a moving finger belongs to the list; elsewhere it may wander on the plate it pressed.
    property bool isInList: false
    // One of several, or something that is on or off.
    property bool isChoice: false
    property bool isOn: false
    // What is read after the name.
    property string told: ""
    readonly property bool pressed: tap.pressed
    signal tapped

    Accessible.role: Accessible.Button
    Accessible.name: label
    Accessible.description: told
    Accessible.checkable: isChoice
    Accessible.checked: isOn
    Accessible.onPressAction: touch.tapped()

    activeFocusOnTab: true
    Keys.onReturnPressed: event => event.isAutoRepeat ? undefined : touch.tapped()
    Keys.onSpacePressed: event => event.isAutoRepeat ? undefined : touch.tapped()

    Rectangle {
        anchors { fill: parent; margins: -Theme.px(14) }
        visible: touch.activeFocus
        z: 1
        radius: Theme.px(32)
        color: "transparent"
        border { width: Theme.px(8); color: Theme.stop }
    }

    TapHandler {
        id: tap
        gesturePolicy: touch.isInList ? TapHandler.DragThreshold : TapHandler.ReleaseWithinBounds
        longPressThreshold: 0
        onTapped: touch.tapped()
    }
}
