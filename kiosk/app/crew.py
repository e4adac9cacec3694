"""Everything that works behind the screen: hall, printer, reader, sync process; each started and stopped."""

from __future__ import annotations

import logging
import sys
from datetime import date

from kiosk.actions.faults import WorldFault
from kiosk.actions.printing import PrintNews
from kiosk.app.building import OpenHall, open_hall, slip_printer, slip_renderer
from kiosk.app.health import HeardHealth
from kiosk.app.nudges import PULSE_SOCKET, SCREEN_SOCKET, NudgeMinder, nudge
from kiosk.app.printing import PrintMinder
from kiosk.app.pulse_keeper import PulseKeeper
from kiosk.app.settings import Settings
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

log = logging.getLogger(__name__)


class Crew:
    """The parts of one screen process that are not Qt's; they speak with the screen over its bridge."""

    def __init__(self, settings: Settings, screen: Screen) -> None:
        """Open the hall and build the rest; nothing runs yet. Raises WorldFault with a sentence."""
        self._settings = settings
        self._screen = screen
        self._is_started = False
        self.open: OpenHall = open_hall(settings)
        try:
            self._build(settings)
        except BaseException:
            self.open.close()
            raise

    def _build(self, settings: Settings) -> None:
        printer = slip_printer(settings)
        self.render = slip_renderer(printer.profile.width_dots)
        self.printing = PrintMinder(self.open.hall, printer, self.render, settings.printer_patience_s)
        self._reader = ReaderMinder(settings.reader_url, self._hear_reader) if settings.reader_url else None
        self._pulse = PulseKeeper(settings.data_dir, {})
        self._ears = NudgeMinder(settings.data_dir / SCREEN_SOCKET, self._hear_pulse)
        self._forgot_on: date | None = None
        has_reader = self._reader is not None
        self.health = HeardHealth(self.printing, self.open.opened, self._hurry_pulse, has_reader=has_reader)

    def start(self) -> None:
        """Begin; the hall has moved into the screen."""
        self._is_started = True
        self.printing.subscribe(self._hear_printer)
        self._screen.on_changed_here(self._hurry_pulse)
        self._ears.start()
        self._pulse.start()
        self.printing.start()
        if self._reader is not None:
            self._reader.start()

    def stop(self) -> None:
        """End every thread and the sync process; the screen may still be shown."""
        if self._reader is not None and self._is_started:
            self._reader.stop()
        self.printing.stop()
        self._pulse.stop()
        self._ears.stop()

    def close(self) -> None:
        """Close the database; the screen is closed."""
        self.open.close()

    def _hear_reader(self, event: ReaderEvent) -> None:
        """Pass what the reader says to the visit, on the screen's thread."""
        self.health.hear_reader(event)
        visit, post = self._screen.visit, self._screen.bridge.post
        match event:
            case CardSensed():
                post(visit.card_sensed)
            case CardPresented(card=card):
                post(lambda: visit.card_presented(card))
            case CardUnreadable():
                log.warning("a card was not read: %s", attendant_sentence(event).args["code"])
                post(lambda: visit.card_unreadable(worker_sentence(event)))
            case CardRemoved():
                post(visit.card_removed)
            case ReaderLost():
                log.warning("the reader is gone: %s", attendant_sentence(event).args["code"])
                post(lambda: self._screen.set_reader_working(False))
            case ReaderReady():
                post(lambda: self._screen.set_reader_working(True))

    def _hear_printer(self, news: PrintNews) -> None:
        self._screen.bridge.post(lambda: self._screen.hear_printer(news))

    def _hear_pulse(self) -> None:
        """Take over the bureau's time, keep the thirty-day rule once a day, and look again."""
        try:
            self.open.hear_pulse()
            self._forget_daily()
        except WorldFault as fault:
            log.warning("storage failed after a round: %s", fault.sentence.key)
        self._screen.bridge.post(self._screen.look_again)

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


def begin_log() -> None:
    """Say what went wrong on standard output, a line each, for whoever keeps the program's words."""
    logging.basicConfig(stream=sys.stdout, format="%(asctime)s [%(levelname)s] %(message)s")
