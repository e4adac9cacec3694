// The heavy frame outside a chosen thing; place it first inside the thing it frames.
import QtQuick

Rectangle {
    property real reach: Math.max(6, Theme.px(10))

    anchors { fill: parent; margins: -reach }
    radius: Theme.px(20) + reach
    color: Theme.ink
}
