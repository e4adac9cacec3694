// The window: the page of the current step, the bar that never moves, and the idle overlay.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit
import Kiosk.Views

Window {
    id: main

    required property Views views

    // An AdminView, set when the admin mode is first asked for; its type is not loaded before.
    property var desk: null

    color: Theme.board
    title: views.visit.station

    Binding {
        target: Theme
        property: "width"
        value: main.width
    }
    Binding {
        target: Theme
        property: "height"
        value: main.height
    }
    Binding {
        target: Theme
        property: "large"
        value: main.views.visit.isLarge
    }
    Binding {
        target: Theme
        property: "latin"
        value: main.views.visit.isLatin
    }
    // Staff have their own pages, which look as ever.
    Binding {
        target: Theme
        property: "highContrast"
        value: main.views.visit.isHighContrast && !deskStage.isOpen
    }
    Binding {
        target: Theme
        property: "low"
        value: main.views.visit.isLow && !deskStage.isOpen
    }

    Binding {
        target: Theme
        property: "practice"
        value: main.views.visit.practice
    }

    Loader {
        id: stage
        readonly property string page: main.views.visit.page

        objectName: "stage"
        anchors.fill: parent
        visible: !main.views.visit.isWarning && !deskStage.isOpen
        onPageChanged: setSource("Kiosk/Pages/" + page, { views: main.views })
        Component.onCompleted: setSource("Kiosk/Pages/" + page, { views: main.views })
    }
    Loader {
        readonly property bool isOn: main.views.visit.isWarning

        anchors.fill: parent
        onIsOnChanged: setSource(isOn ? "Kiosk/Pages/Idle.qml" : "", isOn ? { views: main.views } : {})
    }
    Loader {
        readonly property bool isOn: main.views.visit.isChoosingLook && !deskStage.isOpen

        y: main.height - Theme.barHeight - height
        width: main.width
        onIsOnChanged: setSource(isOn ? "Kiosk/Pages/LookChoice.qml" : "", isOn ? { views: main.views } : {})
    }
    Bar {
        visible: !deskStage.isOpen
        y: main.height - height
        width: Theme.landscape ? Theme.px(1080) : main.width
        backWord: qsTrId("ui.bar.back")
        homeWord: qsTrId("ui.bar.home")
        helpWord: main.views.visit.helpCalled.length > 0 ? main.views.visit.helpCalled : qsTrId("ui.bar.help")
        helpOn: main.views.visit.helpCalled.length > 0
        largeWord: qsTrId("ui.bar.large")
        lookWord: qsTrId("ui.bar.look")
        lookOn: main.views.visit.isChoosingLook || Theme.highContrast || Theme.low
        languageWord: qsTrId("ui.bar.language")
        moreTimeWord: qsTrId("ui.bar.more_time")
        canGoBack: main.views.visit.canGoBack
        canGoHome: main.views.visit.canGoHome
        secondsLeft: main.views.visit.secondsLeft
        secondsGiven: main.views.visit.secondsGiven
        onBack: main.views.visit.back()
        onHome: main.views.visit.home()
        onHelp: main.views.visit.callHelp()
        onLarge: main.views.visit.toggleLarge()
        onLook: main.views.visit.toggleLookKeys()
        onLanguage: main.views.visit.toggleLanguage()
        onMoreTime: main.views.visit.stay()
    }
    Loader {
        readonly property bool isOn: main.views.visit.isRevoked

        objectName: "revoked"
        anchors.fill: parent
        z: 1
        onIsOnChanged: setSource(isOn ? "Kiosk/Pages/Revoked.qml" : "", isOn ? { views: main.views } : {})
    }
    Loader {
        id: deskStage
        readonly property bool isOpen: main.desk !== null && main.desk.isOpen

        objectName: "desk"
        anchors.fill: parent
        onIsOpenChanged: setSource(isOpen ? "Kiosk/Admin/Admin.qml" : "", isOpen ? { admin: main.desk } : {})
    }
}
