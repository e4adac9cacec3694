// Covers a step that nobody has touched for long: go on, or end the visit.
import QtQuick
import Kiosk.Kit
import Kiosk.Views

Overlay {
    id: idle

    required property Views views

    objectName: "overlay"
    badge: views.visit.badge
    clock: views.visit.clock
    title: qsTrId("ui.idle.title")
    seconds: views.visit.secondsLeft
    sentence: qsTrId("ui.idle.sentence")
    cardNote: views.visit.isCardOnReader ? qsTrId("ui.idle.card") : ""
    stayWord: qsTrId("ui.idle.stay")
    leaveWord: views.visit.isCardOnReader ? qsTrId("ui.idle.leave_card") : qsTrId("ui.idle.leave")
    onStay: views.visit.stay()
    onLeave: views.visit.leave()
}
