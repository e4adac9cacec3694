// Text as the house sets it: one face, one line spacing, digits and Hanzi centred in their line, never elided.
import QtQuick

Text {
    id: words

    property real step: Theme.rowStep
    property int weight: Theme.bold

    color: Theme.ink
    textFormat: Text.PlainText
    font.family: Theme.face
    font.pixelSize: Theme.type(step)
    font.weight: weight
    lineHeightMode: Text.FixedHeight
    lineHeight: Math.round(font.pixelSize * 1.3)
    // The face sets Hanzi 0.056 em below the middle of its line box; this puts them in the middle.
    topPadding: -Math.round(font.pixelSize * 0.112)
}
