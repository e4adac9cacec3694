// What every worker page has in common: badge and clock of the hall, and the views it draws from.
import Kiosk.Kit
import Kiosk.Views

Page {
    id: page

    required property Views views

    badge: views.visit.badge
    clock: views.visit.clock
    signNote: views.visit.noSlipNote
    noteFigure: views.visit.noSlipFigure
}
