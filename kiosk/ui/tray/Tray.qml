// The demo's tray: whose card to lay down, what to break, and the paper as it comes out.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit
import Kiosk.Tray

Window {
    id: window

    required property TrayView tray

    title: qsTrId("tray.title")
    color: Theme.ground

    // Half the size of a kiosk's screen, whatever the height of the desktop.
    Binding {
        target: Theme
        property: "width"
        value: 540
    }
    Binding {
        target: Theme
        property: "height"
        value: 960
    }

    Rectangle {
        id: sign
        width: window.width
        height: Theme.px(120)
        color: Theme.ink

        FitWords {
            x: Theme.px(48)
            anchors.verticalCenter: parent.verticalCenter
            room: arrow.x - x - Theme.px(24)
            text: qsTrId("tray.title")
            step: Theme.titleStep
            weight: Theme.black
            color: Theme.paper
        }
        Icon {
            id: arrow
            anchors { right: language.left; rightMargin: Theme.px(32); verticalCenter: parent.verticalCenter }
            name: window.height > sign.height ? "ui/arrow_up" : "ui/arrow_down"
            size: Theme.px(56)
            tint: Theme.paper
        }
        Touch {
            objectName: "fold"
            label: qsTrId("tray.fold")
            width: language.x
            height: parent.height
            onTapped: window.tray.touchFold()
        }
        SignKey {
            id: language
            objectName: "language"
            anchors { right: parent.right; rightMargin: Theme.px(16); verticalCenter: parent.verticalCenter }
            label: qsTrId("tray.language")
            onTapped: window.tray.touchLanguage()
        }
    }
    ListView {
        id: people
        objectName: "people"
        visible: window.tray.hasReader
        y: sign.height
        width: window.width
        height: visible ? Math.round(window.height * 0.3) : 0
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: window.tray.people
        delegate: PersonRow {
            onTapped: window.tray.choose(key)
        }
    }
    Column {
        id: plates
        x: Theme.px(24)
        y: people.y + people.height + Theme.px(24)
        width: window.width - 2 * x
        spacing: Theme.px(24)

        GoPlate {
            objectName: "card"
            visible: window.tray.hasReader
            width: plates.width
            label: window.tray.isCardLaid ? qsTrId("tray.card.lift") : qsTrId("tray.card.lay")
            icon: window.tray.isCardLaid ? "ui/arrow_up" : "ui/arrow_down"
            onTapped: window.tray.toggleCard()
        }
        Row {
            spacing: Theme.px(16)

            Chip {
                objectName: "paper"
                visible: window.tray.hasPrinter
                width: (plates.width - 2 * parent.spacing) / 3
                icon: "ui/receipt_long"
                label: window.tray.isPaperOut ? qsTrId("tray.paper.reload") : qsTrId("tray.paper.take_out")
                on: window.tray.isPaperOut
                onTapped: window.tray.togglePaper()
            }
            Chip {
                objectName: "silence"
                visible: window.tray.hasPrinter
                width: (plates.width - 2 * parent.spacing) / 3
                icon: "ui/print"
                label: window.tray.isPrinterSilent ? qsTrId("tray.printer.speak") : qsTrId("tray.printer.silence")
                on: window.tray.isPrinterSilent
                onTapped: window.tray.toggleSilence()
            }
            Chip {
                objectName: "bureau"
                width: (plates.width - 2 * parent.spacing) / 3
                icon: "ui/cloud_off"
                label: window.tray.bureauWord
                on: window.tray.isBureauAway
                onTapped: window.tray.toggleBureau()
            }
        }
    }
    // The slot of the printer, and below it the paper.
    Rectangle {
        id: slot
        visible: window.tray.hasPrinter
        x: plates.x
        y: plates.y + plates.height + Theme.px(24)
        width: plates.width
        height: Theme.px(64)
        color: Theme.ink

        FitWords {
            anchors.centerIn: parent
            room: slot.width - Theme.px(48)
            text: window.tray.paperCount.length > 0 ? window.tray.paperCount : qsTrId("tray.no_paper_yet")
            step: Theme.noteStep
            color: Theme.paper
        }
    }
    Flickable {
        id: strip
        objectName: "strip"
        visible: slot.visible
        x: slot.x
        y: slot.y + slot.height
        width: slot.width
        height: Math.max(0, window.height - y)
        clip: true
        contentHeight: paper.height
        boundsBehavior: Flickable.StopAtBounds

        Item {
            id: paper
            objectName: "slip"

            readonly property real whole: picture.status === Image.Ready ? picture.height : 0
            property real out: 0

            width: strip.width
            height: Math.min(out, whole)
            clip: true

            Image {
                id: picture
                width: paper.width
                height: implicitHeight * width / Math.max(1, implicitWidth)
                cache: false
                smooth: true
                source: window.tray.paper
                onSourceChanged: paper.out = 0
            }
            // Paper comes out at the pace of a printer, in steps of a few millimetres.
            Timer {
                interval: 40
                repeat: true
                running: paper.out < paper.whole
                onTriggered: paper.out += Theme.px(48)
            }
        }
    }
}
