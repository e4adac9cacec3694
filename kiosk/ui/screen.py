"""The screen: one window over one visit, and everything Qt that belongs to it, built and closed in order."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QPointerEvent
from PySide6.QtQuick import QQuickItem, QQuickWindow, QSGRendererInterface

from kiosk.actions.faults import WorldFault
from kiosk.catalogue import LANGUAGES, load
from kiosk.domain.clock import Clock
from kiosk.memory import give_back
from kiosk.ui.appearances import NORMAL, Appearance
from kiosk.ui.bridge import Bridge
from kiosk.ui.ears import Ears
from kiosk.ui.fonts import load_fonts
from kiosk.ui.fronts import Front, Threshold
from kiosk.ui.icons import forget_drawings
from kiosk.ui.journeys import Step
from kiosk.ui.looks import Look
from kiosk.ui.memory import import_bindings
from kiosk.ui.trembling import TremblingFinger
from kiosk.ui.views.views import Views
from kiosk.ui.windows import hide_pointer, leads_away, open_window, visible_items

if TYPE_CHECKING:  # loaded behind the first screen, which is painted without them
    from kiosk.actions.commissioning import DeviceCheck
    from kiosk.actions.device_health import DeviceHealth
    from kiosk.actions.hall import Hall
    from kiosk.actions.practice import OpenPractice
    from kiosk.actions.printing import PrintNews, SlipPrinting
    from kiosk.actions.stick_errands import StickErrands
    from kiosk.messages.badge_codes import ProvenBadge
    from kiosk.ui.slip_images import Render
    from kiosk.ui.views.admin.desk_screen import DeskScreen
    from kiosk.ui.views.scene import Scene
    from kiosk.ui.visit import Visit

TICK_MS = 1000
FIRST_FRAME_PATIENCE_MS = 2000
"""A window that nobody shows, as on a sleeping display, paints nothing; the hall opens all the same."""
HOME_PATIENCE_S = 60
"""So long the home screen stays as somebody chose without going on."""
_PRESSES = {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TouchBegin}
_RELEASES = {QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd}
_TOUCHES = _PRESSES | {QEvent.Type.KeyPress}


class Screen(QObject):
    """Shows one visit in one window; the home screen stands from the beginning, the rest with `move_in`.

    `step_changed` is called with each new step, and set by whoever owns the screen. All methods belong to the
    thread that made it; other threads go through `bridge`.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        size: tuple[int, int] | None,
        full_screen: bool,
        screen_width_mm: float | None,
        screen_foot_mm: float = 900,
        language: str = LANGUAGES[0],
        first_look: Appearance = NORMAL,
    ) -> None:
        """Build the window; `show` shows it. `size` in pixels; None takes the size of the machine's screen.

        `screen_width_mm` is the width of the glass; None takes the usual one for the resolution. Its lower
        edge hangs `screen_foot_mm` above the floor. Every visit begins in `language` and looks like
        `first_look`. What is touched before `move_in` is done then.
        """
        import_bindings()
        if not os.environ.get("QT_QUICK_BACKEND"):
            # Without a driver, GL drawn by the processor costs five times what the software renderer does.
            QQuickWindow.setGraphicsApi(QSGRendererInterface.GraphicsApi.Software)
        app = QGuiApplication.instance() or QGuiApplication(["kiosk"])
        assert isinstance(app, QGuiApplication)
        self._app = app
        super().__init__()
        load_fonts(self._app)
        self.step_changed: Callable[[Step], None] = lambda step: None
        self._told_of_first_frame: Callable[[], None] = lambda: None
        self._told_of_change: Callable[[], None] = lambda: None
        self._desk: DeskScreen | None = None
        self.ears = Ears(lambda: self.visit, lambda: self._desk)
        self._health: DeviceHealth | None = None
        self._check: DeviceCheck | None = None
        self._errands: StickErrands | None = None
        self.bridge = Bridge(self)
        self._clock = clock
        self._is_closed = False
        self._is_locked = full_screen
        self._is_first_frame_awaited = True
        self._shown_step = Step.HOME
        self._touched_s = clock.monotonic()
        self._finger = TremblingFinger()
        self._threshold = Threshold(self._refresh)
        self._front = Front(load(language), clock.now, self._threshold)
        self._scene: Scene | None = None
        self._views = Views(self._front, self._trouble_soon)
        self._look = Look(self._front, self._views.frame, first_look, self._language_changed, self._refresh)
        self._engine, self._window = open_window(app, self._views, size, screen_width_mm, screen_foot_mm)
        self._look.shown_by(self._engine)
        self._window.installEventFilter(self)
        self._views.frame.adminRequested.connect(self._ask_for_admin)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)

    def move_in(
        self,
        hall: Hall,
        printing: SlipPrinting,
        render: Render,
        open_practice: OpenPractice | None = None,
    ) -> None:
        """The hall is open: let the visits begin, with whatever was touched while it opened.

        `render` is what draws slips for the printer, `open_practice` what makes a hall to practise in.
        """
        from kiosk.codes import load_trades
        from kiosk.ui.slip_images import SlipImages
        from kiosk.ui.views.scene import Scene
        from kiosk.ui.visit import Visit

        visit = Visit(hall, printing, self._changed, self._second, open_practice)
        visit.speak(self._front.say.language)
        self._front.hall, self._front.printing, self._front.visit = hall, printing, visit
        self._front.now = hall.now
        self._engine.addImageProvider("slip", SlipImages(lambda: visit.practising.hall.store, render))
        self._scene = Scene(self._front, visit, printing, load_trades())
        self._views.open(self._scene)
        self._refresh()
        self._threshold.let_in(visit)

    @property
    def visit(self) -> Visit:
        """Return the visit; there is one as soon as the hall has moved in."""
        assert self._scene is not None, "the hall is open"
        return self._scene.visit

    @property
    def window(self) -> QQuickWindow:
        """Return the window."""
        return self._window

    def exec(self) -> int:
        """Run until the program is told to quit; return its exit code."""
        return self._app.exec()

    def show(self) -> None:
        """Show the window and begin to count seconds."""
        self._timer.start(TICK_MS)
        self._window.frameSwapped.connect(self._first_frame)
        if self._is_locked:
            self._window.showFullScreen()
        else:
            self._window.show()

    def open_desk(
        self, health: DeviceHealth, check: DeviceCheck | None = None, errands: StickErrands | None = None
    ) -> None:
        """Give this screen its admin mode behind the hidden corner; without it the corner does nothing."""
        self._health = health
        self._check = check
        self._errands = errands

    def on_changed_here(self, tell: Callable[[], None]) -> None:
        """Have `tell` called whenever a visit has come to another step, so that sync can hurry."""
        self._told_of_change = tell

    def after_first_frame(self, tell: Callable[[], None]) -> None:
        """Have `tell` called when the first frame stands on the glass, or soon when nothing is painted.

        Until then nothing is loaded that the frame does without.
        """
        self._told_of_first_frame = tell
        QTimer.singleShot(FIRST_FRAME_PATIENCE_MS, self, self._first_frame)

    def on_frame(self, tell: Callable[[], None]) -> None:
        """Have `tell` called for every frame that reached the glass, and one drawn every second at least."""
        self._window.frameSwapped.connect(tell)
        self._timer.timeout.connect(self._window.update)

    def leave(self) -> None:
        """End the program, as the desk may; what comes after `close`, such as a late timer, ends nothing."""
        if not self._is_closed:
            self._app.exit()  # quit would first ask the window to close, and a locked one refuses

    def look_again(self) -> None:
        """What is kept has changed behind the screen, as after a sync: show it where nobody is reading.

        To somebody who waits for a place of one job, that one has come is shown too.
        """
        if self._front.visit.step is Step.HOME:
            self._refresh()
        elif self._scene is not None:
            self._scene.visit.look_again()

    def hear_printer(self, news: PrintNews) -> None:
        """The printer said something about a slip."""
        if self._is_closed:
            return
        self.visit.hear_printer(news)
        if self._desk is not None:
            self._desk.hear_printer(news)

    def set_reader_working(self, is_working: bool) -> None:
        """The card reader was lost, or is there again."""
        self._views.front.set_reader_working(is_working)
        self._refresh()

    def set_printer_working(self, is_working: bool) -> None:
        """No slip can come out of the printer now, or one can again."""
        self._front.is_printer_working = is_working
        self._refresh()

    def lock(self) -> None:
        """This machine is no kiosk any more: end the visit and the desk, and say so for good."""
        if self._front.is_revoked or self._is_closed:
            return
        self._front.is_revoked = True
        self.ears.close()
        if self._desk is not None:
            self._desk.lock()
        if self._scene is not None:
            self._scene.visit.end()
        self._refresh()

    def leave_when_free(self) -> None:
        """End the program unless somebody stands here: what changed of this kiosk holds from its start on."""
        is_at_desk = self._desk is not None and self._desk.is_open
        if self._front.visit.step is Step.HOME and not is_at_desk:
            self.leave()

    def hear_badge(self, badge: ProvenBadge) -> None:
        """A badge of this hall was scanned: it opens the desk, unless a worker is at the screen."""
        if self._front.visit.step is not Step.HOME or self._front.is_revoked:
            return
        if self._desk is None or not self._desk.is_open:
            self._ask_for_admin()
        if self._desk is not None:
            self._desk.hear_badge(badge)

    def grab(self) -> QImage:
        """Return what the window shows now."""
        return self._window.grabWindow()

    def find(self, object_name: str) -> QQuickItem | None:
        """Return the visible item of this name, or None."""
        items = visible_items(self._window.contentItem())
        return next((item for item in items if item.objectName() == object_name), None)

    def close(self) -> None:
        """Close the window and take everything apart: QML dies before the views it draws from."""
        if self._is_closed:
            return
        self._is_closed = True
        self._timer.stop()
        self._window.removeEventFilter(self)
        self._window.close()
        shiboken6.delete(self._engine)
        if self._desk is not None:
            shiboken6.delete(self._desk)
        shiboken6.delete(self._views)
        self._look.close()
        if self._is_locked:
            QGuiApplication.restoreOverrideCursor()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count every touch as a sign of life; on a full screen let nobody close the window or leave it."""
        kind = event.type()
        if kind in _TOUCHES:
            self._touched_s = self._clock.monotonic()
            if self._scene is not None:
                self._scene.visit.touched()
            if self._desk is not None:
                self._desk.touched(self._touched_s)
        if isinstance(event, QPointerEvent):
            if kind in _RELEASES:
                self._finger.release(event.timestamp())
            if kind in _PRESSES and self._finger.is_second(event.timestamp(), self._front.visit.leaf):
                return True
        if not self._is_locked:
            return False
        if kind is QEvent.Type.Close:
            event.ignore()
            return True
        return isinstance(event, QKeyEvent) and leads_away(event)

    def _first_frame(self) -> None:
        if self._is_first_frame_awaited:
            self._is_first_frame_awaited = False
            self._window.frameSwapped.disconnect(self._first_frame)
            if self._is_locked:
                hide_pointer()
            self._told_of_first_frame()

    def _changed(self) -> None:
        step, before = self.visit.step, self._shown_step
        self._shown_step = step
        if step is not before:
            self._views.frame.is_choosing_look = False
        if step is Step.HOME and before is not Step.HOME:
            self._look.forget()
            QTimer.singleShot(0, self, self._tidy)  # when the visit's pages are gone
        self._refresh()
        if step is not before:
            if self._desk is not None:
                self._desk.step_changed(step)
            self.step_changed(step)
            self._told_of_change()

    def _tidy(self) -> None:
        if self._is_closed:
            return
        # Left to itself the engine lets the remains of pages lie among what stays: 1 kB a visit, for good.
        self._engine.collectGarbage()
        forget_drawings()
        give_back()

    def _ask_for_admin(self) -> None:
        if self._front.is_revoked:
            return
        if self._desk is None and self._health is not None and self._scene is not None:
            self._desk = self._loaded_desk(self._scene, self._health)
        if self._desk is not None:
            self._desk.open()

    def _loaded_desk(self, scene: Scene, health: DeviceHealth) -> DeskScreen:
        """Load the admin mode when it is first asked for: on most days nobody does."""
        from kiosk.ui.views.admin.desk_screen import DeskScreen

        desk = DeskScreen(
            scene, self._views.frame, health, self._leave_full_screen, self._check, self._errands
        )
        self._window.setProperty("desk", desk.view)
        return desk

    def _second(self) -> None:
        self._views.frame.ticked.emit()

    def _refresh(self) -> None:
        """Let the views look; a store that cannot be read becomes a page that says so."""
        try:
            self._views.refresh()
        except WorldFault as fault:
            self.visit.trouble(fault.sentence)

    def _trouble_soon(self, fault: WorldFault) -> None:
        """Say that something failed once the page that is being made is whole."""
        QTimer.singleShot(0, self, lambda: self.visit.trouble(fault.sentence))

    def tick(self) -> None:
        """Count time; called once a second."""
        now_s = self._clock.monotonic()
        if self._scene is not None:
            self._scene.visit.tick(now_s)
        if self._desk is not None:
            self._desk.tick(now_s)
            if self._desk.is_open:
                return
        if self._front.visit.step is Step.HOME:
            if self._look.is_chosen and now_s - self._touched_s > HOME_PATIENCE_S:
                self._look.forget()
                self._refresh()
            self._views.front.look_at_printer()
            self._views.frame.ticked.emit()

    def _language_changed(self) -> None:
        if self._scene is not None:
            self._scene.visit.speak(self._front.say.language)
        if self._desk is not None:
            self._desk.speak(self._front.say)

    def _leave_full_screen(self) -> None:
        """Show an ordinary window that can be closed, because an administrator works on the machine."""
        if self._is_locked:
            self._is_locked = False
            QGuiApplication.restoreOverrideCursor()
            self._window.showNormal()


def load_rest() -> None:
    """Load what `move_in` and every visit need, from any thread: what is loaded keeps no finger waiting.

    The pages of most visits are among it; what the others need is loaded when they are first opened.
    """
    import kiosk.codes
    import kiosk.ui.slip_images
    import kiosk.ui.views.board_view
    import kiosk.ui.views.confirm_view
    import kiosk.ui.views.detail_view
    import kiosk.ui.views.greeting_view
    import kiosk.ui.views.slip_view
    import kiosk.ui.visit  # noqa: F401 - loaded, to be found there by `move_in`
