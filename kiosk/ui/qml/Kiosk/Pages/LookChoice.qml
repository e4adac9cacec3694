// How shall the screen look? The strip above the bar, loaded when it is asked for.
import QtQuick
import Kiosk.Kit
import Kiosk.Views

LookKeys {
    required property Views views

    contrastWord: qsTrId("ui.look.contrast")
    lowWord: qsTrId("ui.look.low")
    mayBeLow: views.visit.mayBeLow
    onContrast: views.visit.toggleContrast()
    onLow: views.visit.toggleLow()
}
