// What a member of staff sees: the list of pages, how the last act went, the day, the panels, and the plates below.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Desk
import Kiosk.Kit

Item {
    id: desk

    required property AdminView admin
    readonly property real gap: Theme.px(24)
    readonly property real keyGap: Theme.px(16)
    readonly property real listWidth: Theme.px(216)
    readonly property real bodyLeft: Theme.landscape && admin.pageCount > 0 ? listWidth + 2 * gap : gap
    // Where the list of pages is long, its keys give a little, so that all of them are there.
    readonly property real listGap: Theme.landscape ? keyGap : Theme.px(11)
    readonly property real listKeyHeight: Math.min(Theme.px(108), Math.floor((height - 2 * gap - (admin.pageCount - 1) * keyGap) / Math.max(1, admin.pageCount)))
    readonly property real room: width - bodyLeft - gap
    readonly property real bodyTop: Theme.landscape || admin.pageCount === 0 ? gap : Theme.px(132) + 2 * keyGap
    readonly property real panelsTop: bodyTop + (told.visible ? told.height + keyGap : 0) + (day.visible ? day.height + keyGap : 0)
    // The sentences of the foot stand side by side where the glass is wide, else one below the other.
    readonly property int footColumns: Math.max(1, Theme.landscape ? admin.footCount : 1)
    readonly property real footLine: Theme.px(Theme.landscape ? 100 : 80)
    readonly property real footHeight: admin.footCount > 0 ? Math.ceil(admin.footCount / footColumns) * (footLine + keyGap) : 0
    readonly property real panelsBottom: height - gap - (admin.plateCount > 0 ? Theme.px(128) : 0) - footHeight
    readonly property real panelsHeight: panelsBottom - panelsTop
    readonly property int panelCount: (admin.first.isShown ? 1 : 0) + (admin.second.isShown ? 1 : 0) + (admin.third.isShown ? 1 : 0)
    // Where panels stand side by side, the first takes the greater part of the width, else of the height.
    readonly property real firstWidth: Theme.landscape && panelCount > 1 ? Math.round((room - gap) * (admin.first.isSign ? 0.64 : admin.first.isBoard ? 0.57 : panelCount > 2 ? 0.46 : 0.58)) : room
    // Upright, each panel gets what its rows need, and the first one what is left; nobody gets less than a third.
    readonly property real restNeeds: need(admin.second) + (panelCount > 2 ? need(admin.third) + keyGap : 0)
    readonly property real firstHeight: Theme.landscape || panelCount < 2 ? panelsHeight : Math.round(Math.max(panelsHeight / 3, Math.min(Math.max(need(admin.first), admin.first.isBoard ? 0 : panelsHeight / 2), panelsHeight - keyGap - Math.min(restNeeds, panelsHeight * (admin.first.isSign ? 0.4 : 0.52)))))
    readonly property real restTop: Theme.landscape ? panelsTop : panelsTop + firstHeight + keyGap
    readonly property real restHeight: panelsBottom - restTop
    // Two panels below each other share by what they need, but a long list leaves a short one its rows.
    readonly property real half: (restHeight - keyGap) / 2
    readonly property real fairShare: (restHeight - keyGap) * need(admin.second) / restNeeds
    readonly property real secondHeight: panelCount > 2 ? Math.round(Math.min(Math.max(fairShare, Math.min(need(admin.second), half)), restHeight - keyGap - Math.min(need(admin.third), half))) : restHeight

    // A row with two lines below its head is 164 high, in large words 196; where not all fit, that one still does.
    function need(panel: PanelView): real {
        if (panel.isSign)
            return panelsHeight * 0.64;
        if (panel.isBoard)
            return Theme.px(82 + 100 * panel.count + 8);
        return Theme.px(82 + (panel.count > 0 ? Math.max(panel.count * (Theme.large ? 138 : 114) + 8, Theme.large ? 204 : 172) : 118));
    }

    Grid {
        x: desk.gap
        y: Theme.landscape ? desk.gap : desk.keyGap
        columns: Theme.landscape ? 1 : Math.max(1, desk.admin.pageCount)
        spacing: desk.listGap

        Repeater {
            model: desk.admin.pages

            PageKey {
                required property string page
                required property string word
                objectName: "page." + page
                width: Theme.landscape ? desk.listWidth : (desk.width - 2 * desk.gap - (desk.admin.pageCount - 1) * desk.listGap) / desk.admin.pageCount
                height: Theme.landscape ? desk.listKeyHeight : Theme.px(132)
                label: word
                onTapped: desk.admin.turn(page)
            }
        }
    }
    Rectangle {
        id: told
        objectName: "told"
        x: desk.bodyLeft
        y: desk.bodyTop
        width: desk.room
        height: Math.max(Theme.px(100), toldWords.height + Theme.px(28))
        visible: desk.admin.told.length > 0
        radius: Theme.px(20)
        color: Theme.paper
        border { width: Theme.px(6); color: Theme.ink }

        Lamp {
            x: Theme.px(28)
            anchors.verticalCenter: parent.verticalCenter
            kind: desk.admin.toldLamp.length > 0 ? desk.admin.toldLamp : "unknown"
            size: Theme.px(60)
        }
        PausedWords {
            id: toldWords
            x: Theme.px(112)
            anchors.verticalCenter: parent.verticalCenter
            room: told.width - x - Theme.px(28)
            lines: 2
            sentence: desk.admin.told
            step: Theme.latin ? 38 : 44
            weight: Theme.black
        }
    }
    DayLine {
        id: day
        x: desk.bodyLeft
        y: desk.bodyTop + (told.visible ? told.height + desk.keyGap : 0)
        width: desk.room
        visible: desk.admin.stopCount > 0
        admin: desk.admin
    }
    DeskPanel {
        objectName: "panel.first"
        x: desk.bodyLeft
        y: desk.panelsTop
        width: desk.firstWidth
        height: desk.firstHeight
        visible: desk.admin.first.isShown
        panel: desk.admin.first
        upWord: qsTrId("desk.up")
        downWord: qsTrId("desk.down")
        onPress: key => desk.admin.press(key)
    }
    DeskPanel {
        objectName: "panel.second"
        x: desk.bodyLeft + (Theme.landscape ? desk.firstWidth + desk.gap : 0)
        y: desk.restTop
        width: Theme.landscape ? desk.room - desk.firstWidth - desk.gap : desk.room
        height: desk.secondHeight
        visible: desk.admin.second.isShown
        panel: desk.admin.second
        upWord: qsTrId("desk.up")
        downWord: qsTrId("desk.down")
        onPress: key => desk.admin.press(key)
    }
    DeskPanel {
        objectName: "panel.third"
        x: desk.bodyLeft + (Theme.landscape ? desk.firstWidth + desk.gap : 0)
        y: desk.restTop + desk.secondHeight + desk.keyGap
        width: Theme.landscape ? desk.room - desk.firstWidth - desk.gap : desk.room
        height: desk.restHeight - desk.secondHeight - desk.keyGap
        visible: desk.admin.third.isShown
        panel: desk.admin.third
        upWord: qsTrId("desk.up")
        downWord: qsTrId("desk.down")
        onPress: key => desk.admin.press(key)
    }
    Grid {
        x: desk.bodyLeft
        y: desk.panelsBottom + desk.keyGap
        columns: desk.footColumns
        spacing: desk.keyGap

        Repeater {
            model: desk.admin.foot

            FootLine {
                required property string key
                required property string head
                objectName: "foot." + key
                width: (desk.room - (desk.footColumns - 1) * desk.keyGap) / desk.footColumns
                height: desk.footLine
                label: head
                onTapped: desk.admin.press(key)
            }
        }
    }
    Row {
        x: desk.bodyLeft
        y: desk.height - desk.gap - Theme.px(112)
        spacing: desk.keyGap

        Repeater {
            model: desk.admin.plates

            AdminPlate {
                required property string key
                required property string word
                required property bool isMain
                required property bool isReady
                objectName: "plate." + key
                width: (desk.room - (desk.admin.plateCount - 1) * desk.keyGap) / desk.admin.plateCount
                label: word
                main: isMain
                ready: isReady
                onTapped: desk.admin.press(key)
            }
        }
    }
}
