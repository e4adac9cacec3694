// A page that says one thing: a large figure, a few words, and what goes with them.
import QtQuick
import Kiosk.Kit

JourneyPage {
    id: page

    required property string figure
    required property string words
    property string note: ""

    white: true
    isOnRoute: false

    Icon {
        id: drawing
        x: Theme.landscape ? Theme.px(160) : (page.width - width) / 2
        // A little above the middle, where the eye looks for it.
        y: Theme.landscape ? (page.bodyHeight - height) / 2 : Math.max(Theme.px(60), (page.bodyHeight - height - Theme.px(70) - said.height) * 0.45)
        name: page.figure
        size: Theme.px(Theme.landscape ? 480 : 600)
    }
    Column {
        id: said
        x: Theme.landscape ? drawing.x + drawing.width + Theme.px(110) : Theme.px(48)
        y: Theme.landscape ? (page.bodyHeight - height) / 2 : drawing.y + drawing.height + Theme.px(70)
        width: page.width - x - Theme.px(Theme.landscape ? 72 : 48)
        spacing: Theme.px(24)

        FitWords {
            x: Theme.landscape ? 0 : (said.width - width) / 2
            room: said.width
            lines: 2
            horizontalAlignment: Theme.landscape ? Text.AlignLeft : Text.AlignHCenter
            text: page.words
            step: Theme.latin ? 92 : 112
            weight: Theme.black
        }
        FitWords {
            x: Theme.landscape ? 0 : (said.width - width) / 2
            visible: page.note.length > 0
            room: said.width
            lines: 3
            horizontalAlignment: Theme.landscape ? Text.AlignLeft : Text.AlignHCenter
            text: page.note
            step: Theme.latin ? 48 : 56
            weight: Theme.medium
            color: Theme.mute
        }
    }
}
