// One family in the strip; the open one stands in a black frame.
import QtQuick

Touch {
    id: tab

    required property string family
    required property string figure
    property bool open: false
    isChoice: true
    isOn: open

    implicitWidth: Theme.px(144)
    implicitHeight: Theme.px(196)

    Rectangle {
        anchors { fill: parent; margins: -Theme.px(8) }
        visible: tab.open || tab.pressed
        radius: Theme.px(28)
        color: Theme.ink
    }
    Rectangle {
        width: tab.width
        height: Theme.px(136)
        radius: Theme.px(20)
        color: Theme.family(tab.family)
        border { width: Theme.edge; color: Theme.paper }

        Icon {
            anchors.centerIn: parent
            name: tab.figure
            size: Theme.px(112)
            tint: Theme.paper
        }
    }
    FitWords {
        anchors { horizontalCenter: parent.horizontalCenter; bottom: parent.bottom; bottomMargin: Theme.px(2) }
        room: tab.width
        text: tab.label
        step: Theme.latin ? 32 : Theme.large ? 36 : 40
        weight: tab.open ? Theme.black : Theme.bold
        color: tab.open || tab.pressed ? Theme.paper : Theme.ink
    }
}
