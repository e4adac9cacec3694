// The black bar under every screen: eight places that never move; the last one is the time that is left.
import QtQuick

Rectangle {
    id: bar

    required property string backWord
    required property string homeWord
    required property string helpWord
    required property string largeWord
    required property string lookWord
    required property string languageWord
    required property string moreTimeWord
    property bool helpOn: false
    property bool lookOn: false
    property bool canGoBack: true
    property bool canGoHome: true
    property int secondsLeft: 0
    property int secondsGiven: 0
    readonly property real keysX: Theme.px(16)
    readonly property real keysWidth: Theme.px(1048)
    readonly property real place: (keysWidth - Theme.px(112)) / 7

    signal back
    signal home
    signal help
    signal large
    signal look
    signal language
    signal moreTime

    implicitHeight: Theme.barHeight
    color: Theme.board

    Item {
        x: bar.keysX
        y: Theme.px(14)
        width: bar.keysWidth
        height: Theme.px(8)
        visible: bar.secondsGiven > 0

        Rectangle {
            anchors.fill: parent
            color: Theme.track
        }
        Rectangle {
            width: Math.round(parent.width * Math.min(1, bar.secondsLeft / Math.max(1, bar.secondsGiven)))
            height: parent.height
            color: Theme.boardInk
        }
    }

    // Eight places; the fourth waits for the voice.
    BarKey {
        objectName: "bar.back"
        x: bar.keysX
        y: Theme.px(34)
        icon: "ui/arrow_left"
        label: bar.backWord
        usable: bar.canGoBack
        onTapped: bar.back()
    }
    BarKey {
        objectName: "bar.home"
        x: bar.keysX + bar.place
        y: Theme.px(34)
        icon: "ui/home"
        label: bar.homeWord
        usable: bar.canGoHome
        onTapped: bar.home()
    }
    BarKey {
        objectName: "bar.help"
        x: bar.keysX + 2 * bar.place
        y: Theme.px(34)
        icon: "pictograms/call"
        label: bar.helpWord
        on: bar.helpOn
        onTapped: bar.help()
    }
    BarKey {
        objectName: "bar.large"
        x: bar.keysX + 4 * bar.place
        y: Theme.px(34)
        icon: "ui/text_increase"
        label: bar.largeWord
        on: Theme.large
        onTapped: bar.large()
    }
    BarKey {
        objectName: "bar.look"
        x: bar.keysX + 5 * bar.place
        y: Theme.px(34)
        icon: "ui/accessibility"
        label: bar.lookWord
        on: bar.lookOn
        onTapped: bar.look()
    }
    BarKey {
        objectName: "bar.language"
        x: bar.keysX + 6 * bar.place
        y: Theme.px(34)
        icon: "ui/translate"
        label: bar.languageWord
        onTapped: bar.language()
    }
    BarKey {
        objectName: "bar.more_time"
        x: bar.keysX + 7 * bar.place
        y: Theme.px(34)
        visible: bar.secondsGiven > 0
        number: bar.secondsLeft
        label: bar.moreTimeWord
        onTapped: bar.moreTime()
    }
}
