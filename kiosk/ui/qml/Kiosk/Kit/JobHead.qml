// The job a page is about, as a full band in its family's colour: work, tasks, employer, and whether it was vetted.
import QtQuick

Rectangle {
    id: head

    required property string family
    required property string figure
    required property string title
    required property string tasks
    required property string employer
    required property string vetted
    readonly property real textX: Theme.px(288)
    readonly property bool tasksBeside: !Theme.latin && titleWords.text.length * Theme.type(84) + tasksBesideWords.implicitWidth + Theme.px(32) < width - textX - Theme.px(40)

    implicitHeight: Theme.px(244)
    color: Theme.family(family)

    Icon {
        x: Theme.px(52)
        anchors.verticalCenter: parent.verticalCenter
        name: head.figure
        size: Theme.px(216)
        tint: Theme.paper
    }
    Column {
        x: head.textX
        anchors.verticalCenter: parent.verticalCenter

        Item {
            width: head.width - head.textX - Theme.px(40)
            height: titleWords.height

            FitWords {
                id: titleWords
                room: parent.width
                lineHeight: Math.round(font.pixelSize * (tasksBelow.wraps ? 1.1 : 1.3))
                text: head.title
                step: Theme.large && !head.tasksBeside ? (tasksBelow.wraps ? 52 : 60) : Theme.latin ? 72 : 84
                weight: Theme.black
                color: Theme.paper
            }
            Words {
                id: tasksBesideWords
                anchors { left: titleWords.right; leftMargin: Theme.px(30); baseline: titleWords.baseline }
                visible: head.tasksBeside
                text: head.tasks
                step: Theme.rowStep
                color: Theme.paper
            }
        }
        FitWords {
            id: tasksBelow
            visible: !head.tasksBeside && head.tasks.length > 0
            room: head.width - head.textX - Theme.px(40)
            // Two lines only where one would be too small to read.
            lines: 2
            wrapBelow: 0
            lineHeight: Math.round(font.pixelSize * (wraps ? 1.1 : 1.3))
            text: head.tasks
            step: Theme.large && text.length > 44 ? 30 : Theme.secondStep
            color: Theme.paper
        }
        Row {
            spacing: Theme.px(22)

            FitWords {
                anchors.verticalCenter: parent.verticalCenter
                room: head.width - head.textX - Theme.px(40) - (vettedPlate.visible ? vettedPlate.width + Theme.px(22) : 0)
                text: head.employer
                step: Theme.valueStep
                color: Theme.paper
            }
            Rectangle {
                id: vettedPlate
                anchors.verticalCenter: parent.verticalCenter
                visible: head.vetted.length > 0
                width: vettedRow.width + Theme.px(32)
                height: vettedRow.height + Theme.px(8)
                radius: Theme.px(12)
                color: Theme.paper

                Row {
                    id: vettedRow
                    anchors.centerIn: parent
                    spacing: Theme.px(10)

                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        name: "ui/verified"
                        size: Theme.px(48)
                    }
                    Words {
                        anchors.verticalCenter: parent.verticalCenter
                        text: head.vetted
                        step: Theme.secondStep
                    }
                }
            }
        }
    }
}
