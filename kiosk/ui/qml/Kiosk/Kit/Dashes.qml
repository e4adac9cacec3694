// A dashed edge: something that is not yet, or is missing.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes

Shape {
    id: dashes

    property color fill: Theme.paper
    property color stroke: Theme.off
    property real edge: Theme.px(6)
    property real radius: Theme.px(24)

    preferredRendererType: Shape.SoftwareRenderer

    ShapePath {
        strokeColor: dashes.stroke
        strokeWidth: dashes.edge
        strokeStyle: ShapePath.DashLine
        capStyle: ShapePath.FlatCap
        dashPattern: [2.4, 1.4]
        fillColor: dashes.fill

        PathRectangle {
            x: dashes.edge / 2
            y: dashes.edge / 2
            width: dashes.width - dashes.edge
            height: dashes.height - dashes.edge
            radius: dashes.radius
        }
    }
}
