// A pictogram or sign drawn in one colour at exactly the size it is shown.
import QtQuick

Image {
    required property string name
    property color tint: Theme.ink
    property real size: Theme.px(48)

    width: size
    height: size
    sourceSize: Qt.size(size, size)
    cache: false  // the provider keeps the last few
    source: name.length > 0 ? "image://icon/" + name + "/" + tint.toString().slice(-6) : ""
}
