// What has been keyed so far: digits, and a short bar for each that is missing; or letters behind a caret.
pragma ComponentBehavior: Bound
import QtQuick

Rectangle {
    id: field

    required property string text
    property int missing: 0
    property string icon: ""
    property string hint: ""
    property bool caret: false

    implicitWidth: Theme.px(984)
    implicitHeight: Theme.px(icon.length > 0 ? 164 : 208)
    radius: Theme.px(20)
    color: Theme.paper
    border { width: Theme.px(8); color: Theme.ink }

    Row {
        anchors.verticalCenter: parent.verticalCenter
        x: Theme.px(56)
        spacing: Theme.px(14)

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: field.icon.length > 0
            name: field.icon
            size: Theme.px(76)
        }
        Words {
            id: typed
            anchors.verticalCenter: parent.verticalCenter
            text: field.text
            font.pixelSize: Theme.px(112)
            weight: Theme.black
        }
        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            visible: field.caret
            width: Theme.px(8)
            height: Theme.px(100)
            color: Theme.ink
        }
        Repeater {
            model: field.missing

            Rectangle {
                anchors.bottom: typed.bottom
                anchors.bottomMargin: Theme.px(24)
                width: Theme.px(58)
                height: Theme.px(12)
                color: Theme.off
            }
        }
    }
    FitWords {
        anchors { right: parent.right; rightMargin: Theme.px(44); verticalCenter: parent.verticalCenter }
        visible: field.hint.length > 0
        room: Theme.px(400)
        text: field.hint
        step: Theme.secondStep
        weight: Theme.medium
    }
}
