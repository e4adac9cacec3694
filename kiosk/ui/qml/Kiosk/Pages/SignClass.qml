// The class is passed: a name, or any mark, drawn with the finger says so.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes
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
    Rectangle {
        id: field
        objectName: "signature"
        x: page.fieldX
        y: Theme.landscape ? (page.bodyHeight - height) / 2 : asked.y + asked.height + Theme.px(48)
        width: page.width - x - Theme.px(48)
        height: width / 2
        radius: Theme.px(20)
        color: Theme.paper
        border { width: Theme.px(6); color: Theme.ink }

        Accessible.role: Accessible.Canvas
        Accessible.name: qsTrId("lesson.sign.words")

        Rectangle {
            x: Theme.px(72)
            y: parent.height * 0.78
            width: parent.width - 2 * x
            height: Theme.line(4)
            color: Theme.off
        }
        Icon {
            x: Theme.px(64)
            y: parent.height * 0.78 - height - Theme.px(18)
            visible: !page.views.lesson.isTouched
            name: "education/sign_hand"
            size: Theme.px(150)
            tint: Theme.off
        }
        Shape {
            anchors.fill: parent

            ShapePath {
                scale: Qt.size(field.width, field.height)
                strokeWidth: Theme.px(12)
                strokeColor: Theme.ink
                fillColor: "transparent"
                capStyle: ShapePath.RoundCap
                joinStyle: ShapePath.RoundJoin

                PathMultiline {
                    paths: page.views.lesson.strokes
                }
            }
        }
        MouseArea {
            anchors.fill: parent
            onPressed: mouse => page.views.lesson.press(mouse.x / width, mouse.y / height)
            onPositionChanged: mouse => page.views.lesson.move(mouse.x / width, mouse.y / height)
        }
    }
}
