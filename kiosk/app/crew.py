"""Everything that works behind the screen: hall, devices, sync process; each started and stopped."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from typing import Protocol

from kiosk.actions.call_next import call_waiting
from kiosk.actions.commissioning import DeviceCheck
from kiosk.actions.faults import WorldFault
from kiosk.actions.note_device import note_device
from kiosk.actions.practice import PracticeHall
from kiosk.actions.printing import PrintNews
from kiosk.actions.read_scan import read_scan
from kiosk.actions.scan_readings import BadgeReading, Reading
from kiosk.actions.stick_errands import StickErrands
from kiosk.app.building import (
    OpenHall,
    open_hall,
    reader_profile,
    scanner_profile,
    slip_printer,
    slip_renderer,
    slip_words,
)
from kiosk.app.commissioning_screen import DeskCheck, desk_check
from kiosk.app.desk_sheets import DeskSheets
from kiosk.app.health import HeardHealth
from kiosk.app.nudges import PULSE_SOCKET, SCREEN_SOCKET, NudgeMinder, nudge
from kiosk.app.own_key import OwnKeyKnown
from kiosk.app.printing import PrintMinder
from kiosk.app.private_key import private_key
from kiosk.app.pulse_keeper import PulseKeeper
from kiosk.app.settings import Settings
from kiosk.app.signs import reader_sign, scanner_sign
from kiosk.app.stick_errands import desk_errands
from kiosk.app.supervisor import PrinterGuard, Supervisor
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
from kiosk.devices.scanners import CodeScanned, CodeUnreadable, ScannerEvent, ScannerMinder
from kiosk.devices.scanners import worker_sentence as scan_sentence
from kiosk.domain.devices import Device, DeviceState, LatchRules, Phase
from kiosk.domain.sentences import Sentence
from kiosk.messages.badge_codes import ProvenBadge
from kiosk.messages.code_envelopes import Verdict
from kiosk.storage.code_keys import SqlCodeKeys
from kiosk.storage.settings import REVOKED_AT
from kiosk.ui.screen import Screen

log = logging.getLogger(__name__)

_CHECK_STOP_S = 2.0


class Minding(Protocol):
    """A minder of any device."""

    def start(self) -> None:
        """Begin to mind."""
        ...

    def stop(self, timeout_s: float = 2.0) -> bool:
        """End; return whether the thread ended in time."""
        ...


class Crew:
    """The parts of one screen process that are not Qt's; they speak with the screen over its bridge."""

    def __init__(self, settings: Settings, screen: Screen) -> None:
        """Open the hall and build the rest; nothing runs yet. Raises WorldFault with a sentence."""
        self._settings = settings
        self._screen = screen
        self._check: DeskCheck | None = None
        self._errands = desk_errands(settings)
        self._practised: dict[str, int] = {}
        """The last numbers on papers of practice."""
        self.open: OpenHall = open_hall(settings)
        try:
            self._build(settings)
        except BaseException:
            self.open.close()
            raise

    def _build(self, settings: Settings) -> None:
        printer, hall = slip_printer(settings), self.open.hall
        profile = scanner_profile(settings)
        self._reader_profile = reader_profile(settings)
        self.supervisor = Supervisor(hall, fitted_devices(settings), latch_rules(settings))
        self.render = slip_renderer(printer.profile.width_dots)
        self.printing = PrintMinder(
            hall,
            printer,
            self.render,
            settings.printer_patience_s,
            guard=PrinterGuard(self.supervisor),
            words=slip_words(settings, printer),
        )
        self._codes = OwnKeyKnown(
            hall.identity,
            private_key(self.open.opened).public_key(),
            SqlCodeKeys(self.open.opened.database),
        )
        self._seats = {
            Device.READER: Seat(lambda: self._reader_minder(settings.reader_url)),
            Device.SCANNER: Seat(lambda: ScannerMinder(settings.scanner_url, self._hear_scanner, profile)),
        }
        self._pulse = PulseKeeper(settings.data_dir, {})
        self._ears = NudgeMinder(settings.data_dir / SCREEN_SOCKET, self._hear_pulse)
        self._forgot_on: date | None = None
        self.health = HeardHealth(
            self.supervisor,
            self.printing,
            self.open.opened,
            DeskSheets(printer.profile, hall.identity.station_name),
            self._hurry_pulse,
        )

    def start(self) -> None:
        """Begin; the hall has moved into the screen."""
        self.printing.subscribe(self._hear_printer)
        self._screen.on_changed_here(self._hurry_pulse)
        self.supervisor.subscribe(self._post_state)
        self._look_at_own_post()
        self._ears.start()
        self._pulse.start()
        self.printing.start()
        for device in Device:
            state = self.supervisor.state(device)
            if state.phase is not Phase.NOT_FITTED:
                self._state_changed(device, state)

    def stop(self) -> None:
        """End every thread and the sync process; the screen may still be shown."""
        if self._check is not None:
            self._check.leave()
            self._check.ended(timeout_s=_CHECK_STOP_S)
        self._errands.ended(timeout_s=_CHECK_STOP_S)
        for seat in self._seats.values():
            seat.close()
        self.printing.stop()
        self._pulse.stop()
        self._ears.stop()

    def open_practice(self) -> PracticeHall:
        """Return a hall to practise in; what it needs is loaded when somebody practises first."""
        from kiosk.app.practising import open_practice_hall

        opened = self.open
        return open_practice_hall(
            opened.hall, opened.opened.database, self.printing, self._hear_printer, self._practised
        )

    def device_check(self) -> DeviceCheck:
        """Return the drill that the desk may go through; what it needs is loaded when it begins."""
        if self._check is None:
            self._check = desk_check(self._settings, self.open.hall, self.lend_devices)
        return self._check

    def stick_errands(self) -> StickErrands:
        """Return what the desk may do with a stick."""
        return self._errands

    def lend_devices(self) -> None:
        """Let go of reader, scanner and printer for good: the kiosk gets them back by starting anew."""
        for seat in self._seats.values():
            seat.close()
        self.printing.stop()

    def close(self) -> None:
        """Close the database; the screen is closed."""
        self.open.close()

    def _hear_reader(self, event: ReaderEvent) -> None:
        """Pass what the reader says to the visit, on the screen's thread; one out of order is not heard."""
        self.supervisor.hear(Device.READER, reader_sign(event))
        if not self.supervisor.may_use(Device.READER):
            return
        ears, visit, post = self._screen.ears, self._screen.visit, self._screen.bridge.post
        match event:
            case CardSensed():
                post(ears.card_sensed)
            case CardPresented(card=card):
                post(lambda: ears.card_presented(card))
            case CardUnreadable():
                log.warning("a card was not read: %s", attendant_sentence(event).args["code"])
                post(lambda: ears.card_unreadable(worker_sentence(event)))
            case CardRemoved():
                post(ears.card_removed)
            case ReaderLost():
                log.warning("the reader is gone: %s", attendant_sentence(event).args["code"])
                post(lambda: visit.reader_changed(worker_sentence(event)))
            case ReaderReady(sam_id=sam_id):
                post(lambda: visit.reader_changed(None))
                self._note_reader(sam_id)

    def _reader_minder(self, url: str) -> ReaderMinder:
        return ReaderMinder(url, self._hear_reader, profile=self._reader_profile)

    def _note_reader(self, sam_id: str) -> None:
        """Let the bureau know which reader stands here, once for each reader."""
        try:
            if note_device(self.open.hall, "reader", sam_id, self._reader_profile.name):
                self._hurry_pulse()
        except WorldFault as fault:
            log.warning("the reader was not noted: %s", fault.sentence.key)

    def _hear_scanner(self, event: ScannerEvent) -> None:
        """Read what was scanned, in the scanner's thread, and show it on the screen's."""
        self.supervisor.hear(Device.SCANNER, scanner_sign(event))
        if not self.supervisor.may_use(Device.SCANNER):
            return
        if isinstance(event, CodeScanned):
            try:
                self._show_scan(read_scan(self.open.hall, self._codes, event.text))
            except WorldFault as fault:
                self._show_scan_failed(fault.sentence)
        elif isinstance(event, CodeUnreadable):
            self._show_scan_failed(scan_sentence(event))

    def _show_scan(self, reading: Reading) -> None:
        """A badge that counts in this hall goes to the desk; everything else gets its page."""
        badge = _badge_of_this_hall(reading)
        if badge is not None:
            self._screen.bridge.post(lambda: self._screen.hear_badge(badge))
        else:
            self._screen.bridge.post(lambda: self._screen.ears.hear_scan(reading))

    def _show_scan_failed(self, sentence: Sentence) -> None:
        self._screen.bridge.post(lambda: self._screen.ears.hear_scan_failed(sentence))

    def _post_state(self, device: Device) -> None:
        """Look at the device again on the screen's thread: by then it may be in another state already."""
        self._screen.bridge.post(lambda: self._state_changed(device, self.supervisor.state(device)))

    def _state_changed(self, device: Device, state: DeviceState) -> None:
        """Fill or empty the device's seat and say on the first screen what does not work."""
        seat = self._seats.get(device)
        if seat is not None and state.may_be_used:
            seat.fill()
        elif seat is not None:
            seat.empty()
        is_out = state.is_working is False
        if device is Device.READER:
            self._screen.set_reader_working(not is_out)
            if state.phase is Phase.OUT_OF_ORDER:
                self._screen.visit.reader_changed(Sentence("devices.reader.out_of_order"))
        elif device is Device.PRINTER:
            self._screen.set_printer_working(not is_out)

    def _hear_printer(self, news: PrintNews) -> None:
        self._screen.bridge.post(lambda: self._screen.hear_printer(news))

    def _hear_pulse(self) -> None:
        """Take over the bureau's time, keep the thirty-day rule, call who waits for what came, look again."""
        try:
            self.open.hear_pulse()
            self._forget_daily()
            if call_waiting(self.open.hall):
                self._hurry_pulse()
        except WorldFault as fault:
            log.warning("storage failed after a round: %s", fault.sentence.key)
        self._screen.bridge.post(self._screen.look_again)
        self._look_at_own_post()

    def _look_at_own_post(self) -> None:
        """Lock a machine that is no kiosk any more; one that is called otherwise by now starts anew."""
        with self.open.opened.store.reading() as records:
            is_revoked = records.settings.get(REVOKED_AT) is not None
            identity = records.settings.identity()
        if is_revoked:
            self._screen.bridge.post(self._lock)
        elif identity != self.open.hall.identity:
            self._screen.bridge.post(self._screen.leave_when_free)

    def _lock(self) -> None:
        for seat in self._seats.values():
            seat.close()
        self._screen.lock()

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


def _badge_of_this_hall(reading: Reading) -> ProvenBadge | None:
    """Return whose valid badge it is; None where its bearer does not work here, and for everything else."""
    if not isinstance(reading, BadgeReading) or reading.verdict is not Verdict.GENUINE:
        return None
    badge = reading.badge
    return ProvenBadge(badge.staff, badge.serial) if badge is not None and badge.staff is not None else None


class Seat:
    """Where a device's minder sits; nobody sits there while the device is not to be used."""

    def __init__(self, make: Callable[[], Minding]) -> None:
        """Keep how to make a minder; a minder starts once, so each filling makes a new one."""
        self._make = make
        self._minder: Minding | None = None
        self._is_closed = False

    def fill(self) -> None:
        """Let a minder begin, unless one sits there."""
        if self._minder is None and not self._is_closed:
            self._minder = self._make()
            self._minder.start()

    def empty(self, wait_s: float = 0.0) -> None:
        """Tell the minder to end; it may call from its own thread, so nobody need wait for it."""
        minder, self._minder = self._minder, None
        if minder is not None:
            minder.stop(wait_s)

    def close(self) -> None:
        """End for good, and wait for it."""
        self._is_closed = True
        self.empty(wait_s=2.0)


def fitted_devices(settings: Settings) -> frozenset[Device]:
    """Return what the settings say stands around this kiosk; every kiosk has a printer."""
    named = {Device.READER: settings.reader_url, Device.SCANNER: settings.scanner_url}
    return frozenset({Device.PRINTER} | {device for device, url in named.items() if url})


def latch_rules(settings: Settings) -> LatchRules:
    """Return how often in a row something may go wrong at a device of this kiosk before it is given up."""
    return LatchRules(
        faults_in_a_row=settings.latch_faults,
        uncertain_in_a_row=settings.latch_uncertain_slips,
        jams_in_a_row=settings.latch_jams,
    )
