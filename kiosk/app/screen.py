"""The screen process: database first, then devices, then the window; and the other way round at the end."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import date

import structlog

from kiosk.actions.faults import WorldFault
from kiosk.actions.printing import PrintNews
from kiosk.app.building import OpenHall, open_hall, slip_printer, slip_renderer
from kiosk.app.health import HeardHealth
from kiosk.app.nudges import PULSE_SOCKET, SCREEN_SOCKET, NudgeMinder, nudge
from kiosk.app.printing import PrintMinder
from kiosk.app.pulse_keeper import PulseKeeper
from kiosk.app.settings import Settings
from kiosk.app.watchdog import Watchdog
from kiosk.devices.readers import (
    CardPresented,
    CardRemoved,
    CardSensed,
    CardUnreadable,
    ReaderEvent,
    ReaderLost,
    ReaderMinder,
    ReaderReady,
    attendant_sentence,
    worker_sentence,
)
from kiosk.ui.screen import Screen

log = structlog.get_logger(__name__)


class KioskScreen:
    """Everything of one screen process, started and stopped in order."""

    def __init__(self, settings: Settings) -> None:
        """Open the hall and build the window; nothing runs yet. Raises WorldFault with a sentence."""
        self._settings = settings
        self.open: OpenHall = open_hall(settings)
        hall = self.open.hall
        printer = slip_printer(settings)
        render = slip_renderer(printer.profile.width_dots)
        self.printing = PrintMinder(hall, printer, render, settings.printer_patience_s)
        self.screen = Screen(
            hall,
            self.printing,
            render,
            size=None if settings.full_screen else settings.size_px,
            full_screen=settings.full_screen,
            screen_width_mm=settings.screen_width_mm or None,
            language=settings.language,
        )
        self._reader = ReaderMinder(settings.reader_url, self._hear_reader) if settings.reader_url else None
        self._pulse = PulseKeeper(settings.data_dir, {})
        self._ears = NudgeMinder(settings.data_dir / SCREEN_SOCKET, self._hear_pulse)
        self._watchdog = Watchdog(hall.clock.monotonic)
        self._forgot_on: date | None = None
        has_reader = self._reader is not None
        self._health = HeardHealth(self.printing, self.open.opened, self._hurry_pulse, has_reader=has_reader)
        self.screen.open_desk(self._health)

    def run(self, on_ready: Callable[[], None] = lambda: None) -> int:
        """Show the screen until it is left; return the exit code."""
        self.printing.subscribe(self._hear_printer)
        self.screen.on_changed_here(self._hurry_pulse)
        self._ears.start()
        self._pulse.start()
        self.printing.start()
        if self._reader is not None:
            self._reader.start()
        if self._watchdog.is_watched:
            self.screen.on_frame(self._watchdog.frame_shown)
        signal.signal(signal.SIGTERM, lambda *_: self.screen.leave())
        self.screen.show()
        on_ready()
        try:
            return self.screen.exec()
        finally:
            self._close()

    def _close(self) -> None:
        self._watchdog.stopping()
        if self._reader is not None:
            self._reader.stop()
        self.printing.stop()
        self._pulse.stop()
        self._ears.stop()
        self.screen.close()
        self.open.close()

    def _hear_reader(self, event: ReaderEvent) -> None:
        """Pass what the reader says to the visit, on the screen's thread."""
        self._health.hear_reader(event)
        visit, post = self.screen.visit, self.screen.bridge.post
        match event:
            case CardSensed():
                post(visit.card_sensed)
            case CardPresented(card=card):
                post(lambda: visit.card_presented(card))
            case CardUnreadable():
                log.warning("a card was not read", told=attendant_sentence(event).args["code"])
                post(lambda: visit.card_unreadable(worker_sentence(event)))
            case CardRemoved():
                post(visit.card_removed)
            case ReaderLost():
                log.warning("the reader is gone", told=attendant_sentence(event).args["code"])
                post(lambda: self.screen.set_reader_working(False))
            case ReaderReady():
                post(lambda: self.screen.set_reader_working(True))

    def _hear_printer(self, news: PrintNews) -> None:
        self.screen.bridge.post(lambda: self.screen.hear_printer(news))

    def _hear_pulse(self) -> None:
        """Take over the bureau's time, keep the thirty-day rule once a day, and look again."""
        try:
            self.open.hear_pulse()
            self._forget_daily()
        except WorldFault as fault:
            log.warning("storage failed after a round", problem=fault.sentence.key)
        self.screen.bridge.post(self.screen.look_again)

    def _forget_daily(self) -> None:
        today = self.open.hall.today()
        if today == self._forgot_on:
            return
        while self.open.opened.forget_closed(self.open.hall.now()).workers:
            continue
        self._forgot_on = today

    def _hurry_pulse(self) -> None:
        """Something happened here that the bureau should know within seconds."""
        nudge(self._settings.data_dir / PULSE_SOCKET)


def run_screen(settings: Settings) -> int:
    """Run the kiosk until it is left; return the exit code."""
    return KioskScreen(settings).run()
