"""Joins the admin mode to the one window: the hidden corner opens it, a card or idle minutes close it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from kiosk.actions.commissioning import DeviceCheck
from kiosk.actions.device_health import DeviceHealth
from kiosk.actions.printing import PrintNews
from kiosk.actions.scan_readings import PartReading, ShownReading, SlipReading
from kiosk.actions.stick_errands import StickErrands
from kiosk.catalogue import Catalogue
from kiosk.messages.badge_codes import ProvenBadge
from kiosk.ui.desk.door_ears import DoorEars
from kiosk.ui.desk.mode import AdminMode
from kiosk.ui.journeys import Step
from kiosk.ui.views.admin.admin_view import AdminView
from kiosk.ui.views.scene import Scene
from kiosk.ui.views.visit_view import VisitView


class DeskScreen(QObject):
    """Owns the admin mode and its view; every method belongs to the screen's own thread."""

    def __init__(
        self,
        scene: Scene,
        frame: VisitView,
        health: DeviceHealth,
        leave_full_screen: Callable[[], None],
        check: DeviceCheck | None = None,
        errands: StickErrands | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Build the mode, closed. `leave_full_screen` makes the window an ordinary one."""
        super().__init__(parent)
        self._leave_full_screen = leave_full_screen
        self._mode = AdminMode(
            scene.hall,
            scene.printing,
            health,
            scene.trades,
            scene.say,
            self._changed,
            self._leave,
            scene.visit.open_class,
            scene.visit.practising.begin,
            check,
            errands,
        )
        self.view = AdminView(self._mode, frame, self)

    def open(self) -> None:
        """Ask for a PIN."""
        self._mode.open()

    def hear_badge(self, badge: ProvenBadge) -> None:
        """Somebody of this hall showed a badge."""
        self._mode.hear_badge(badge)

    def hear_scan(self, reading: ShownReading) -> bool:
        """Something was scanned; return whether the page that is shown wanted it."""
        return isinstance(reading, SlipReading | PartReading) and self._mode.hear_slip(reading)

    @property
    def wants_card(self) -> bool:
        """Return whether the question that is asked is answered by a card on the reader."""
        sheet = self._mode.sheet
        return self._mode.is_open and sheet is not None and sheet.hears_card

    def card_laid(self, number: str) -> None:
        """A card was read whose number this is, or could not be read: then the number is empty."""
        sheet = self._mode.sheet
        if sheet is not None and sheet.hears_card:
            sheet.lay(number)
            self._mode.typed()
            if sheet.typed:
                self._mode.answer()

    @property
    def is_open(self) -> bool:
        """Return whether the admin mode covers the worker's screens."""
        return self._mode.is_open

    @property
    def is_at_door(self) -> bool:
        """Return whether papers and cards are for the door of a coach."""
        return self._mode.is_open and self._mode.is_at_door

    @property
    def door(self) -> DoorEars:
        """Return what hears papers and cards at the door."""
        return self._mode.ears

    def speak(self, say: Catalogue) -> None:
        """Use another language from now on."""
        self._mode.say = say
        self._changed()

    def step_changed(self, step: Step) -> None:
        """A worker laid a card down: the screen is his."""
        if step is not Step.HOME:
            self.lock()

    def lock(self) -> None:
        """Leave the admin mode, whatever was open there."""
        if self._mode.is_open:
            self._mode.lock()

    def tick(self, monotonic_s: float) -> None:
        """Let time pass, about once a second."""
        self._mode.tick(monotonic_s)

    def touched(self, monotonic_s: float) -> None:
        """Any touch is a sign of life."""
        self._mode.touched(monotonic_s)

    def hear_printer(self, news: PrintNews) -> None:
        """Follow slips the desk sent to paper."""
        self._mode.hear_printer(news)

    def _changed(self) -> None:
        self.view.refresh()

    def _leave(self, way: str) -> None:
        if way == "end_program":
            QGuiApplication.exit()  # quit would first ask the window to close, and a locked one refuses
        else:
            self._leave_full_screen()
