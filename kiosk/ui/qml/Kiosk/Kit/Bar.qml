// The black bar under every screen: seven places that never move; the last one is the time that is left.
import QtQuick

Rectangle {
    id: bar

    required property string backWord
    required property string homeWord
    required property string helpWord
    required property string largeWord
    required property string languageWord
    required property string moreTimeWord
    property bool helpOn: false
    property bool canGoBack: true
    property bool canGoHome: true
    property int secondsLeft: 0
    property int secondsGiven: 0
    readonly property real keysWidth: Theme.px(1026)

    signal back
    signal home
    signal help
    signal large
    signal language
    signal moreTime

    implicitHeight: Theme.barHeight
    color: Theme.ink

    Item {
        x: Theme.px(27)
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
            color: Theme.paper
        }
    }

    // Seven places 150 apart; the fourth waits for the voice.
    BarKey {
        objectName: "bar.back"
        x: Theme.px(27)
        y: Theme.px(34)
        icon: "ui/arrow_left"
        label: bar.backWord
        usable: bar.canGoBack
        onTapped: bar.back()
    }
    BarKey {
        objectName: "bar.home"
        x: Theme.px(177)
        y: Theme.px(34)
        icon: "ui/home"
        label: bar.homeWord
        usable: bar.canGoHome
        onTapped: bar.home()
    }
    BarKey {
        objectName: "bar.help"
        x: Theme.px(327)
        y: Theme.px(34)
        icon: "pictograms/call"
        label: bar.helpWord
        on: bar.helpOn
        onTapped: bar.help()
    }
    BarKey {
        objectName: "bar.large"
        x: Theme.px(627)
        y: Theme.px(34)
        icon: "ui/text_increase"
        label: bar.largeWord
        on: Theme.large
        onTapped: bar.large()
    }
    BarKey {
        objectName: "bar.language"
        x: Theme.px(777)
        y: Theme.px(34)
        icon: "ui/translate"
        label: bar.languageWord
        onTapped: bar.language()
    }
    BarKey {
        objectName: "bar.more_time"
        x: Theme.px(927)
        y: Theme.px(34)
        visible: bar.secondsGiven > 0
        number: bar.secondsLeft
        label: bar.moreTimeWord
        onTapped: bar.moreTime()
    }
}
