// A black plate with a white numeral: where to stand. White on black when it lies on a black band.
import QtQuick

Rectangle {
    id: plate

    required property string text
    property real size: Theme.px(60)
    property bool inverted: false
    property bool words: false

    implicitHeight: size
    implicitWidth: Math.max(size, numeral.width + size * 0.4)
    radius: Theme.px(12)
    color: inverted ? Theme.paper : Theme.ink

    Text {
        id: numeral
        anchors.centerIn: parent
        text: plate.text
        textFormat: Text.PlainText
        color: plate.inverted ? Theme.ink : Theme.paper
        font.family: Theme.face
        font.weight: Theme.black
        font.pixelSize: Math.round(plate.size * (plate.words ? 0.7 : 0.84))
        topPadding: -Math.round(font.pixelSize * 0.112)
    }
}
