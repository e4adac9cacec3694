// A field on which a name, or any mark, is drawn with the finger; twice as wide as high.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes

Rectangle {
    id: field

    required property string label
    required property var strokes
    required property bool touched

    signal begun(real x, real y)
    signal drawn(real x, real y)

    radius: Theme.px(20)
    color: Theme.paper
    border { width: Theme.px(6); color: Theme.ink }

    Accessible.role: Accessible.Canvas
    Accessible.name: label

    Rectangle {
        x: Theme.px(72)
        y: parent.height * 0.78
        width: parent.width - 2 * x
        height: Theme.line(4)
        color: Theme.off
    }
    Icon {
        x: Theme.px(64)
        y: parent.height * 0.78 - height - Theme.px(18)
        visible: !field.touched
        name: "education/sign_hand"
        size: Theme.px(150)
        tint: Theme.off
    }
    Shape {
        anchors.fill: parent

        ShapePath {
            scale: Qt.size(field.width, field.height)
            strokeWidth: Theme.px(12)
            strokeColor: Theme.ink
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin

            PathMultiline {
                paths: field.strokes
            }
        }
    }
    MouseArea {
        anchors.fill: parent
        onPressed: mouse => field.begun(mouse.x / width, mouse.y / height)
        onPositionChanged: mouse => field.drawn(mouse.x / width, mouse.y / height)
    }
}
