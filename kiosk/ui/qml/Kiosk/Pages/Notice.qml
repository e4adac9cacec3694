// What is kept and what is not, before anything is kept; nothing is chosen for the person.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

WorkerPage {
    id: page

    readonly property real gap: Theme.px(24)
    readonly property real wholeHeight: Theme.px(120)
    readonly property real wholeY: page.bodyBottom - page.bodyTop - wholeHeight - (Theme.landscape ? Theme.px(24) : 0)

    title: views.notice.title
    signNote: views.notice.changes
    noteFigure: "ui/menu_book"
    foot.goLabel: qsTrId("ui.notice.agree")
    foot.secondaryIcon: "ui/cross"
    foot.secondaryLabel: qsTrId("ui.notice.refuse")
    foot.secondaryNote: Theme.landscape ? "" : qsTrId("ui.notice.refuse_note")
    onGo: views.visit.go()
    onSecondary: views.notice.refuse()

    Grid {
        id: lines
        x: Theme.px(48)
        y: Theme.px(24)
        visible: !page.views.notice.isWhole
        columns: Theme.landscape ? 2 : 1
        spacing: page.gap
        readonly property int lineCount: Theme.landscape ? 3 : 5
        readonly property real cellWidth: (page.width - 2 * x - (columns - 1) * spacing) / columns
        readonly property real cellHeight: (Theme.landscape ? page.bodyBottom - page.bodyTop - y - Theme.px(24) - 2 * spacing : page.wholeY - y - page.gap - 4 * spacing) / lineCount

        NoteRow {
            width: lines.cellWidth
            height: lines.cellHeight
            icon: "pictograms/card"
            head: qsTrId("ui.notice.kept")
            note: qsTrId("ui.notice.kept_note")
        }
        NoteRow {
            width: lines.cellWidth
            height: lines.cellHeight
            icon: "ui/photo_camera"
            forbidden: true
            head: qsTrId("ui.notice.no_photo")
            note: qsTrId("ui.notice.no_photo_note")
        }
        NoteRow {
            width: lines.cellWidth
            height: lines.cellHeight
            icon: "pictograms/build"
            head: qsTrId("ui.notice.for_work")
            note: qsTrId("ui.notice.for_work_note")
        }
        NoteRow {
            width: lines.cellWidth
            height: lines.cellHeight
            icon: "ui/visibility_off"
            head: qsTrId("ui.notice.masked")
            note: qsTrId("ui.notice.masked_note")
        }
        NoteRow {
            width: lines.cellWidth
            height: lines.cellHeight
            icon: "ui/delete"
            head: qsTrId("ui.notice.erase")
            note: qsTrId("ui.notice.erase_note")
        }
    }
    Rectangle {
        x: Theme.px(48)
        y: Theme.px(24)
        visible: page.views.notice.isWhole
        width: page.width - 2 * x
        height: page.wholeY - y - page.gap
        radius: Theme.px(20)
        color: Theme.paper
        border { width: Theme.edge; color: Theme.ink }

        Flow {
            id: paragraphs
            anchors { fill: parent; margins: Theme.px(22) }
            flow: Flow.TopToBottom
            spacing: Theme.px(Theme.landscape ? 10 : 20)
            readonly property real column: Theme.landscape ? (width - Theme.px(48)) / 2 : width

            Repeater {
                model: page.views.notice.paragraphs

                Column {
                    id: paragraph
                    required property string head
                    required property string text
                    width: paragraphs.column

                    Words {
                        text: paragraph.head
                        font.pixelSize: Theme.px(Theme.landscape ? 36 : 40)
                        weight: Theme.black
                    }
                    Words {
                        width: paragraphs.column
                        wrapMode: Text.Wrap
                        text: paragraph.text
                        font.pixelSize: Theme.px(Theme.landscape || Theme.latin ? 32 : 36)
                        weight: Theme.medium
                    }
                }
            }
        }
    }
    SecondaryPlate {
        objectName: "whole"
        x: Theme.landscape ? page.width / 2 + Theme.px(12) : Theme.px(48)
        y: Theme.landscape && !page.views.notice.isWhole ? lines.y + 2 * (lines.cellHeight + lines.spacing) : page.wholeY
        width: Theme.landscape ? lines.cellWidth : page.width - 2 * x
        height: Theme.landscape && !page.views.notice.isWhole ? lines.cellHeight : page.wholeHeight
        icon: page.views.notice.isWhole ? "ui/undo" : "ui/menu_book"
        label: page.views.notice.isWhole ? qsTrId("ui.notice.short") : qsTrId("ui.notice.whole")
        onTapped: page.views.notice.toggleWhole()
    }
}
