"""The screen process: the home screen first, then the hall behind it; and the other way round at the end."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.app.opening import Opening
from kiosk.app.postponing import postpone
from kiosk.app.settings import Settings
from kiosk.app.watchdog import Watchdog
from kiosk.system_clock import SystemClock
from kiosk.ui.screen import Screen, load_rest

if TYPE_CHECKING:
    from kiosk.app.building import OpenHall
    from kiosk.app.crew import Crew
    from kiosk.app.printing import PrintMinder


class KioskScreen:
    """Everything of one screen process, started and stopped in order.

    The first frame needs no hall. While it stands on the glass, a thread loads the rest of the program, opens
    the database and builds the crew; a touch meanwhile is kept, and a card is still lying when the reader
    starts.
    """

    def __init__(self, settings: Settings) -> None:
        """Build the window; nothing runs yet."""
        self._settings = settings
        self._clock = SystemClock()
        self._watchdog = Watchdog(self._clock.monotonic)
        self._crew: Crew | None = None
        self._fault: BaseException | None = None
        self._on_ready: Callable[[], None] = lambda: None
        self.screen = Screen(
            self._clock,
            size=None if settings.full_screen else settings.size_px,
            full_screen=settings.full_screen,
            screen_width_mm=settings.screen_width_mm or None,
            screen_foot_mm=settings.screen_foot_mm,
            language=settings.language,
        )
        self._opening: Opening[Crew] = Opening(self._hire, lambda: self.screen.bridge.post(self._opened))

    @property
    def open(self) -> OpenHall:
        """Return the hall with its database; it is there once `run` has called `on_ready`."""
        assert self._crew is not None, "the hall is open"
        return self._crew.open

    @property
    def printing(self) -> PrintMinder:
        """Return the print minder; it is there once `run` has called `on_ready`."""
        assert self._crew is not None, "the hall is open"
        return self._crew.printing

    def run(self, on_ready: Callable[[], None] = lambda: None) -> int:
        """Show the screen until it is left; return the exit code. Raises WorldFault with a sentence.

        `on_ready` is called when the hall is open and everything runs.
        """
        self._on_ready = on_ready
        signal.signal(signal.SIGTERM, lambda *_: self.screen.leave())
        self.screen.after_first_frame(self._opening.start)
        self.screen.show()
        try:
            code = self.screen.exec()
        finally:
            self._close()
        if self._fault is not None:
            raise self._fault
        return code

    def _hire(self) -> Crew:
        """Load what the first frame did without, and build the crew; runs in the opening thread."""
        postpone()
        from kiosk.app.crew import Crew
        from kiosk.app.logs import begin_log

        begin_log()
        load_rest()
        return Crew(self._settings, self.screen)

    def _opened(self) -> None:
        """The opening has ended, well or not; Qt would only print a fault, so `run` raises it at the end."""
        try:
            self._move_in()
        except BaseException as fault:  # noqa: BLE001 - raised by `run`, once everything is closed
            self._fault = fault
            self.screen.leave()

    def _move_in(self) -> None:
        crew = self._crew = self._opening.result()
        if crew is None:
            return
        self.screen.move_in(crew.open.hall, crew.printing, crew.render, crew.open_practice)
        self.screen.open_desk(crew.health, crew.device_check(), crew.stick_errands())
        crew.start()
        if self._watchdog.is_watched:
            self.screen.on_frame(self._watchdog.frame_shown)
        # What is loaded now stays: collecting garbage need not look at it again, and so takes less of a tap.
        gc.freeze()
        gc.enable()
        self._on_ready()

    def _close(self) -> None:
        self._watchdog.stopping()
        # Somebody who leaves while the hall is still opening waits until it can be closed again.
        try:
            self._crew = self._opening.result()
        except BaseException as fault:  # noqa: BLE001 - raised by `run`: leaving hides no fault
            self._fault = self._fault or fault
        if self._crew is not None:
            self._crew.stop()
        self.screen.close()
        if self._crew is not None:
            self._crew.close()


def run_screen(settings: Settings) -> int:
    """Run the kiosk until it is left; return the exit code."""
    return KioskScreen(settings).run()
