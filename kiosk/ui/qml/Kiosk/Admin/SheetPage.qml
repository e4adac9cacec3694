// One question over the whole page: what it is about, what follows, the answers, the keys, and the yellow plate.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Desk
import Kiosk.Kit

Rectangle {
    id: page

    required property SheetView sheet
    readonly property real margin: Theme.px(Theme.landscape ? 32 : 32)
    readonly property bool split: Theme.landscape && sheet.hasField
    readonly property real column: (split ? width / 2 : width) - 2 * margin
    readonly property real keysHeight: !sheet.hasField ? 0 : sheet.hasDigits ? Theme.px(Theme.landscape ? 740 : sheet.hasX ? 800 : 660) : Theme.px(sheet.isSpelling ? 752 : 736)
    readonly property real footTop: height - Theme.px(136) - margin
    readonly property bool turns: choices.contentHeight > choices.height + 1

    color: Theme.ground

    Column {
        id: asked
        x: page.margin
        y: page.margin
        width: page.column
        spacing: Theme.px(20)

        Words {
            width: parent.width
            wrapMode: Text.Wrap
            text: page.sheet.title
            step: Theme.latin ? 52 : 60
            weight: Theme.black
        }
        FitWords {
            room: page.column
            visible: text.length > 0
            lines: 3
            text: page.sheet.sentence
            step: Theme.latin ? 36 : 42
            weight: Theme.medium
        }
        SheetField {
            objectName: "field"
            width: parent.width
            visible: page.sheet.hasField
            text: page.sheet.typed
            spelled: page.sheet.spelled
        }
        Words {
            width: parent.width
            visible: page.sheet.hasField && text.length > 0
            wrapMode: Text.Wrap
            text: page.sheet.hint
            step: Theme.latin ? 36 : 42
            weight: Theme.black
        }
    }
    GridView {
        id: choices
        // Few answers are a list, which is read from top to bottom; many are a board.
        readonly property bool isFew: !page.sheet.hasField && !page.sheet.hasPictures && page.sheet.count < 7
        readonly property real usual: Theme.px(page.sheet.hasNotes ? 216 : 152)
        readonly property real free: lowest - y - Theme.px(20)
        // Few stand in so many columns, and in one more where a list would have to be turned.
        readonly property int fewColumns: Theme.landscape ? 2 : 1
        readonly property int columns: !isFew ? (page.split || !Theme.landscape ? 2 : 3) : rowsIn(fewColumns) * usual > free ? fewColumns + 1 : fewColumns
        // What is turned, or would be for a few pixels, stands a little closer, and fills the room.
        readonly property real closest: usual * (page.sheet.hasNotes || Theme.large ? 1 : 0.9)
        readonly property bool isTurned: rowsIn(columns) * closest > free
        readonly property real shown: free - (isTurned ? Theme.px(120) : 0)
        readonly property int rowsShown: Math.max(1, Math.min(rowsIn(columns), Math.floor(shown / closest)))

        function rowsIn(columns: int): int {
            return Math.ceil(page.sheet.count / columns);
        }
        readonly property real lowest: Theme.landscape || !page.sheet.hasField ? page.footTop : keys.y

        objectName: "choices"
        x: page.margin
        y: asked.y + asked.height + Theme.px(28)
        width: page.column + Theme.px(20)
        height: shown
        visible: page.sheet.count > 0
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        // Rows made ahead of time would still be on their way when the model changes.
        cacheBuffer: 0
        interactive: false
        cellWidth: Math.floor(width / columns)
        cellHeight: Math.min(usual, Math.floor(shown / rowsShown))
        model: page.sheet.choices

        Connections {
            target: page.sheet
            function onTitleChanged(): void { choices.positionViewAtBeginning(); }
        }

        delegate: ChoicePlate {
            required property string key
            required property string word

            objectName: "choice." + key
            visible: !page.turns || (y >= choices.contentY - 1 && y + height <= choices.contentY + choices.height + 1)
            width: choices.cellWidth - Theme.px(20)
            height: choices.cellHeight - Theme.px(20)
            label: word
            onTapped: page.sheet.choose(key)
        }
    }
    Row {
        x: page.margin
        y: choices.y + choices.height + Theme.px(12)
        visible: choices.visible && page.turns
        spacing: Theme.px(20)

        AdminPlate {
            objectName: "sheet.up"
            width: (page.column - Theme.px(20)) / 2
            height: Theme.px(96)
            icon: "ui/arrow_up"
            label: qsTrId("desk.up")
            ready: !choices.atYBeginning
            onTapped: choices.contentY = Math.max(0, choices.contentY - Math.floor(choices.height / choices.cellHeight) * choices.cellHeight)
        }
        AdminPlate {
            objectName: "sheet.down"
            width: (page.column - Theme.px(20)) / 2
            height: Theme.px(96)
            icon: "ui/arrow_down"
            label: qsTrId("desk.down")
            ready: !choices.atYEnd
            onTapped: choices.contentY = Math.min(choices.contentHeight - choices.height, choices.contentY + Math.floor(choices.height / choices.cellHeight) * choices.cellHeight)
        }
    }
    SheetKeys {
        id: keys
        x: page.split ? page.width / 2 : page.margin
        y: Theme.landscape ? page.margin : page.footTop - page.keysHeight - Theme.px(12)
        width: page.split ? page.width / 2 - page.margin : page.column
        height: Theme.landscape ? page.footTop - page.margin - Theme.px(24) : page.keysHeight
        visible: page.sheet.hasField
        sheet: page.sheet
    }
    SignField {
        id: signing
        // As large as the room under the words lets a field be that is twice as wide as high.
        readonly property real room: (Theme.landscape ? page.footTop : again.y) - y - Theme.px(32)
        objectName: "sheet.signature"
        x: (page.width - width) / 2
        y: asked.y + asked.height + Theme.px(32)
        width: Math.min(page.column, 2 * room)
        height: width / 2
        visible: page.sheet.isSigned
        label: page.sheet.title
        strokes: page.sheet.strokes
        touched: page.sheet.isTouched
        onBegun: (x, y) => page.sheet.beginStroke(x, y)
        onDrawn: (x, y) => page.sheet.drawOn(x, y)
    }
    AdminPlate {
        id: again
        objectName: "sheet.again"
        x: Theme.landscape ? signing.x + signing.width + Theme.px(24) : signing.x
        y: Theme.landscape ? signing.y + signing.height - height : page.footTop - height - Theme.px(32)
        width: Math.min(Theme.px(420), page.width - x - page.margin)
        height: Theme.px(120)
        visible: page.sheet.isSigned
        ready: page.sheet.isTouched
        icon: "ui/replay"
        label: qsTrId("lesson.sign.again")
        onTapped: page.sheet.wipe()
    }
    AdminPlate {
        objectName: "sheet.cancel"
        x: page.margin
        y: page.footTop
        width: Theme.px(300)
        height: Theme.px(136)
        label: qsTrId("desk.cancel")
        step: 48
        onTapped: page.sheet.cancel()
    }
    AdminPlate {
        objectName: "sheet.go"
        x: page.margin + Theme.px(324)
        y: page.footTop
        width: page.width - x - page.margin
        height: Theme.px(136)
        label: page.sheet.goWord
        step: 60
        main: true
        ready: page.sheet.isReady
        onTapped: page.sheet.go()
    }
}
