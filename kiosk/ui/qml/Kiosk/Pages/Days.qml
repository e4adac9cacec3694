// Which day: at most six sheets of a calendar.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

WorkerPage {
    id: page

    title: qsTrId("finding.days.title")
    aloft: "ui/today"
    foot.goLabel: views.days.goLabel
    foot.goReady: views.days.isReady
    foot.secondaryIcon: "ui/all_day"
    foot.secondaryLabel: qsTrId("finding.days.any")
    onGo: views.days.see()
    onSecondary: views.days.anyDay()

    Grid {
        id: tiles
        x: Theme.px(48)
        y: Math.max(Theme.px(36), page.touchTop)
        columns: Theme.landscape ? 3 : 2
        spacing: Theme.px(Theme.landscape ? 36 : 32)
        readonly property int rows6: 6 / columns
        readonly property real tileWidth: (page.width - 2 * x - (columns - 1) * spacing) / columns
        readonly property real tileHeight: (page.bodyHeight - y - Theme.px(Theme.low ? 8 : 36) - (rows6 - 1) * spacing) / rows6

        Repeater {
            model: page.views.days.days

            DayTile {
                required property int index
                objectName: "day." + index
                width: tiles.tileWidth
                height: tiles.tileHeight
                jobsWord: qsTrId("finding.days.jobs")
                noneWord: qsTrId("finding.days.none")
                onTapped: page.views.days.choose(day)
            }
        }
    }
}
