// The class is passed: a name, or any mark, drawn with the finger says so.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

LessonPage {
    id: page

    readonly property real fieldX: Theme.landscape ? Theme.px(900) : Theme.px(48)

    foot.goLabel: views.lesson.signed
    foot.goReady: views.lesson.isSigned
    foot.secondaryIcon: "ui/replay"
    foot.secondaryLabel: qsTrId("lesson.sign.again")
    onGo: views.visit.go()
    onSecondary: views.lesson.wipe()

    Lamp {
        id: passed
        x: Theme.px(48)
        y: Theme.px(Theme.landscape ? 48 : 56)
        kind: "ok"
        size: Theme.px(132)
    }
    Pair {
        x: passed.x + passed.width + Theme.px(32)
        anchors.verticalCenter: passed.verticalCenter
        room: page.wordsWidth - passed.width - Theme.px(32)
        head: page.views.group.isOpen ? page.views.group.whose : qsTrId("lesson.sign.passed")
        headStep: Theme.latin ? 60 : 72
        headWeight: Theme.black
        note: page.views.lesson.result
    }
    Pair {
        id: asked
        x: Theme.px(48)
        y: passed.y + passed.height + Theme.px(Theme.landscape ? 56 : 64)
        room: page.wordsWidth
        head: qsTrId("lesson.sign.words")
        headStep: Theme.questionStep
        headWeight: Theme.black
        headLines: 2
        note: qsTrId("lesson.sign.note")
        noteStep: Theme.latin ? 44 : 52
        noteLines: 2
    }
    SignField {
        objectName: "signature"
        x: page.fieldX
        y: Theme.landscape ? (page.bodyHeight - height) / 2 : asked.y + asked.height + Theme.px(48)
        width: page.width - x - Theme.px(48)
        height: width / 2
        label: qsTrId("lesson.sign.words")
        strokes: page.views.lesson.strokes
        touched: page.views.lesson.isTouched
        onBegun: (x, y) => page.views.lesson.press(x, y)
        onDrawn: (x, y) => page.views.lesson.move(x, y)
    }
}
