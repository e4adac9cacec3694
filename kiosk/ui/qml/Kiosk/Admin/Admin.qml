// The admin mode: it covers the workers' screens whole, first with the PIN pad, then with the desk.
import QtQuick
import Kiosk.Desk
import Kiosk.Kit

Rectangle {
    id: screen

    required property AdminView admin

    objectName: "admin"
    color: Theme.ground

    // Whatever lies below is neither seen nor touched.
    TapHandler {
        gesturePolicy: TapHandler.WithinBounds
    }
    AdminSign {
        id: sign
        width: parent.width
        badge: screen.admin.badge
        title: screen.admin.showsPage ? screen.admin.title : qsTrId("desk.pin.title")
        note: screen.admin.locksIn.length > 0 ? screen.admin.locksIn : screen.admin.dateLine + (screen.admin.staffLine.length > 0 ? " · " + screen.admin.staffLine : "")
        clock: screen.admin.clock
        lockWord: screen.admin.isSignedIn ? qsTrId("desk.lock") : screen.admin.showsPage ? qsTrId("door.staff") : qsTrId("desk.leave")
        lockIcon: screen.admin.showsPage ? "ui/lock" : "ui/home"
        onLock: screen.admin.lock()
    }
    PinPage {
        y: sign.height
        width: parent.width
        height: parent.height - y
        visible: !screen.admin.showsPage
        admin: screen.admin
    }
    DeskPages {
        y: sign.height
        width: parent.width
        height: parent.height - y
        visible: screen.admin.showsPage && !screen.admin.sheet.isOpen
        admin: screen.admin
    }
    SheetPage {
        y: sign.height
        width: parent.width
        height: parent.height - y
        visible: screen.admin.isSignedIn && screen.admin.sheet.isOpen
        sheet: screen.admin.sheet
    }
}
