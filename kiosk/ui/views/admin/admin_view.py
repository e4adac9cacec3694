"""The frame of the admin mode: PIN pad, sign, list of pages, panels, plates, and how the last act went."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.actions.sign_in import PIN_DIGITS
from kiosk.domain.clock import clock_text, hall_time
from kiosk.domain.identity import mask_name
from kiosk.ui.desk.all_pages import PAGES
from kiosk.ui.desk.mode import AdminMode
from kiosk.ui.desk.pages import Page, Plate, Row, Stop
from kiosk.ui.presenting import dated
from kiosk.ui.views.admin.panel_view import PanelView
from kiosk.ui.views.admin.sheet_view import SheetView
from kiosk.ui.views.rows import Rows
from kiosk.ui.views.visit_view import VisitView

QML_IMPORT_NAME = "Kiosk.Desk"
QML_IMPORT_MAJOR_VERSION = 1

ICONS = {
    "today": "today",
    "slips": "receipt_long",
    "people": "group",
    "jobs": "assignment_turned_in",
    "trips": "directions_bus",
    "devices": "devices",
    "rules": "gavel",
    "audit": "history",
}


@dataclass(frozen=True, slots=True)
class PageKey:
    """One key of the list of pages."""

    page: str
    icon: str
    word: str
    on: bool


@QmlElement
class AdminView(QObject):
    """What the admin screen is given."""

    changed = Signal()
    ticked = Signal()

    def __init__(self, mode: AdminMode, frame: VisitView, parent: QObject | None = None) -> None:
        """Look at this mode; badge and clock are those of the worker's sign."""
        super().__init__(parent)
        self._mode = mode
        self._frame = frame
        self._page = Page(())
        self._panels = [PanelView(self) for _ in range(3)]
        self._pages = Rows(PageKey, self)
        self._stops = Rows(Stop, self)
        self._plates = Rows(Plate, self)
        self._foot = Rows(Row, self)
        self._sheet = SheetView(mode, self)

    def refresh(self) -> None:
        """Look again at everything."""
        mode = self._mode
        self._page = mode.face()
        panels = (*self._page.panels, None, None, None)
        for view, panel in zip(self._panels, panels, strict=False):
            view.show(panel)
        self._pages.show(
            [
                PageKey(page, f"ui/{ICONS[page]}", mode.say(f"desk.page.{page}"), page == mode.page)
                for page in (PAGES if mode.staff else ())
            ]
        )
        self._stops.show(self._page.stops)
        self._plates.show(self._page.plates)
        self._foot.show(self._page.foot)
        self._sheet.refresh()
        self.changed.emit()
        self.ticked.emit()

    @Property(bool, notify=changed)
    def isOpen(self) -> bool:
        """Whether the admin mode covers the worker's screens."""
        return self._mode.is_open

    @Property(bool, notify=changed)
    def isSignedIn(self) -> bool:
        """Whether somebody gave a PIN."""
        return self._mode.staff is not None

    @Property(bool, notify=changed)
    def showsPage(self) -> bool:
        """Whether a page stands here, and no PIN is asked for."""
        return self._mode.shows_page

    @Property(bool, notify=changed)
    def isStanding(self) -> bool:
        """Whether the door of a coach stands open with nobody signed in."""
        return self._mode.is_standing

    @Property(int, notify=changed)
    def digits(self) -> int:
        """How many digits of the PIN were keyed."""
        return len(self._mode.entrance.digits)

    @Property(int, notify=changed)
    def missing(self) -> int:
        """How many are still missing."""
        return PIN_DIGITS - len(self._mode.entrance.digits)

    @Property(str, notify=changed)
    def refusal(self) -> str:
        """Why the PIN let nobody in."""
        return self._mode.entrance.refusal

    @Property(str, notify=changed)
    def title(self) -> str:
        """What the page is called."""
        return self._mode.say(f"desk.page.{self._mode.page}")

    @Property(str, notify=changed)
    def dateLine(self) -> str:
        """Today by date and weekday."""
        return dated(self._mode.say, self._mode.today)

    @Property(str, notify=changed)
    def staffLine(self) -> str:
        """Who is at the desk, masked as everywhere."""
        staff = self._mode.staff
        return self._mode.say("desk.on_duty", name=mask_name(staff.name)) if staff else ""

    @Property(str, notify=changed)
    def locksIn(self) -> str:
        """How soon the screen locks, once that is soon."""
        left_s = self._mode.locks_in_s
        return self._mode.say("desk.locks_in", seconds=left_s) if left_s else ""

    @Property(str, notify=changed)
    def badge(self) -> str:
        """The hall's sign."""
        return str(self._frame.badge)

    @Property(str, notify=ticked)
    def clock(self) -> str:
        """The time of day."""
        return clock_text(hall_time(self._mode.now).time())

    @Property(str, notify=changed)
    def told(self) -> str:
        """How the last act went."""
        return self._mode.told

    @Property(str, notify=changed)
    def toldLamp(self) -> str:
        """The same as a lamp."""
        return self._mode.told_lamp

    @Property(PanelView, notify=changed)
    def first(self) -> PanelView:
        """The main panel."""
        return self._panels[0]

    @Property(PanelView, notify=changed)
    def second(self) -> PanelView:
        """The panel beside it."""
        return self._panels[1]

    @Property(PanelView, notify=changed)
    def third(self) -> PanelView:
        """The panel below that."""
        return self._panels[2]

    @Property(QObject, notify=changed)
    def pages(self) -> QObject:
        """Rows of PageKey."""
        return self._pages

    @Property(int, notify=changed)
    def pageCount(self) -> int:
        """How many pages there are."""
        return len(PAGES) if self._mode.staff else 0

    @Property(QObject, notify=changed)
    def stops(self) -> QObject:
        """Rows of kiosk.ui.desk.pages.Stop."""
        return self._stops

    @Property(int, notify=changed)
    def stopCount(self) -> int:
        """How many stops the day's line has."""
        return len(self._page.stops)

    @Property(QObject, notify=changed)
    def plates(self) -> QObject:
        """Rows of kiosk.ui.desk.pages.Plate."""
        return self._plates

    @Property(int, notify=changed)
    def plateCount(self) -> int:
        """How many plates there are."""
        return len(self._page.plates)

    @Property(QObject, notify=changed)
    def foot(self) -> QObject:
        """Rows of kiosk.ui.desk.pages.Row, a sentence each."""
        return self._foot

    @Property(int, notify=changed)
    def footCount(self) -> int:
        """How many sentences stand at the foot."""
        return len(self._page.foot)

    @Property(SheetView, notify=changed)
    def sheet(self) -> SheetView:
        """The sheet over the page."""
        return self._sheet

    @Slot(str)
    def digit(self, digit: str) -> None:
        """A key of the PIN pad."""
        self._mode.entrance.press_digit(digit)

    @Slot()
    def erase(self) -> None:
        """Take the last digit back."""
        self._mode.entrance.erase_digit()

    @Slot()
    def clear(self) -> None:
        """Begin the PIN again."""
        self._mode.entrance.clear_digits()

    @Slot()
    def lock(self) -> None:
        """The lock in the sign."""
        self._mode.press_lock()

    @Slot(str)
    def turn(self, page: str) -> None:
        """A key of the list of pages."""
        self._mode.turn(page)

    @Slot(str)
    def press(self, key: str) -> None:
        """A row's button, a row, or a plate."""
        self._mode.press(key)
