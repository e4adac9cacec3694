// Six families in a strip, and at most six tiles of the open one.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

WorkerPage {
    id: page

    aloft: "ui/groups"
    foot.goLabel: views.trades.goLabel
    foot.goReady: views.trades.isReady
    foot.secondaryLabel: qsTrId("ui.trades.any")
    foot.pictureLabel: views.trades.isFilter ? qsTrId("finding.trades.letters") : ""
    foot.pictureIcon: "ui/keyboard"
    foot.secondaryMosaic: true
    onGo: views.trades.done()
    onPicture: views.trades.openPinyin()
    onSecondary: views.trades.anything()

    Rectangle {
        id: strip
        y: page.touchTop
        width: Theme.landscape ? Theme.px(384) : page.width
        height: Theme.landscape ? page.bodyHeight : Theme.px(Theme.low ? 228 : 244)
        color: Theme.paper

        Grid {
            anchors.centerIn: parent
            columns: Theme.landscape ? 2 : 6
            columnSpacing: Theme.landscape ? Theme.px(32) : (page.width - Theme.px(96 + 6 * 144)) / 5
            rowSpacing: Theme.px(40)

            Repeater {
                model: page.views.trades.families

                FamilyTab {
                    required property int index
                    objectName: "family." + index
                    open: family === page.views.trades.openFamily
                    onTapped: page.views.trades.open(family)
                }
            }
        }
    }
    Grid {
        id: tiles
        x: Theme.landscape ? strip.width + Theme.px(48) : Theme.px(48)
        y: Theme.landscape ? Theme.px(36) : strip.y + strip.height + Theme.px(28)
        columns: Theme.landscape ? 3 : 2
        spacing: Theme.px(Theme.landscape ? 32 : Theme.low ? 22 : 28)
        readonly property real tileWidth: (page.width - x - Theme.px(48) - (columns - 1) * spacing) / columns
        readonly property real tileHeight: (page.bodyBottom - page.bodyTop - y - Theme.px(Theme.landscape ? 36 : 12) - (6 / columns - 1) * spacing) / (6 / columns)

        Repeater {
            model: page.views.trades.trades

            TradeTile {
                required property int index
                required property string trade
                objectName: "answer." + index
                width: tiles.tileWidth
                height: tiles.tileHeight
                choosable: trade.length > 0
                onTapped: page.views.trades.toggle(trade)
            }
        }
    }
}
