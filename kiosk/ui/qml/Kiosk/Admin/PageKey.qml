// One key of the list of pages: figure and word, ink while its page is shown.
import QtQuick
import Kiosk.Kit

Touch {
    id: key

    required property string icon
    required property bool on
    readonly property bool dark: on !== pressed
    readonly property color figure: dark ? Theme.paper : Theme.ink

    Rectangle {
        anchors.fill: parent
        radius: Theme.px(16)
        color: key.dark ? Theme.ink : Theme.paper
    }
    Icon {
        id: sign
        x: Theme.px(Theme.landscape ? 22 : 0) + (Theme.landscape ? 0 : (parent.width - width) / 2)
        y: Theme.landscape ? (parent.height - height) / 2 : Theme.px(16)
        name: key.icon
        size: Theme.px(Theme.landscape ? 48 : 52)
        tint: key.figure
    }
    FitWords {
        x: Theme.landscape ? Theme.px(80) : (parent.width - width) / 2
        y: Theme.landscape ? (parent.height - height) / 2 : Theme.px(72)
        room: key.width - Theme.px(Theme.landscape ? 88 : 12)
        smallest: Theme.px(28)
        text: key.label
        step: Theme.latin ? 32 : Theme.landscape ? 42 : 38
        // Upright the keys are narrow: Latin words are of the one size that the longest of them has room for.
        fullSize: Theme.latin && !Theme.landscape ? Theme.px(28) : Theme.type(Theme.latin && Theme.large ? 27 : step)
        weight: Theme.black
        color: key.figure
    }
}
