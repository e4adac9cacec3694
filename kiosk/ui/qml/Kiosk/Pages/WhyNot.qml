// Why not me? What each call was decided from, the newest first; nobody is named.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

WorkerPage {
    id: page

    readonly property int most: Theme.landscape ? 4 : Theme.large ? 5 : 6
    readonly property real rowHeight: (page.bodyBottom - page.bodyTop - Theme.px(64)) / page.most

    title: qsTrId("hiring.why.title")
    white: true
    foot.goLabel: qsTrId("hiring.why.understood")
    foot.goIcon: "ui/tick"
    foot.secondaryLabel: views.queue.canPrint ? qsTrId("hiring.why.paper") : ""
    foot.secondaryIcon: "ui/print"
    onGo: views.visit.go()
    onSecondary: views.queue.printAnswer()

    Column {
        x: Theme.px(48)
        y: Theme.px(32)

        Repeater {
            model: page.views.queue.calls

            Item {
                id: call
                required property int index
                required property string kind
                required property string head
                required property string note

                width: page.width - Theme.px(96)
                height: page.rowHeight
                visible: index < page.most

                StateRow {
                    anchors.verticalCenter: parent.verticalCenter
                    width: call.width
                    kind: call.kind
                    head: call.head
                    note: call.note
                }
            }
        }
    }
}
