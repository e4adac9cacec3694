"""The one place that knows how every device is, and that keeps a broken one from being used."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from threading import Lock

from kiosk.actions.faults import WorldFault
from kiosk.actions.hall import Hall
from kiosk.actions.mend_device import give_up_device, mend_device
from kiosk.actions.note_device import note_tally
from kiosk.actions.ports import Staff
from kiosk.app.signs import outcome_signs, printer_sign
from kiosk.devices.escpos.status import PrinterStatus
from kiosk.devices.printers import PrintOutcome
from kiosk.domain.devices import (
    Cleared,
    Device,
    DeviceState,
    LatchRules,
    Phase,
    Sign,
    Tally,
    after,
    latched,
)
from kiosk.domain.sentences import Sentence

log = logging.getLogger(__name__)

RULES = LatchRules()
"""The rules of a hall whose settings say nothing else."""


class Supervisor:
    """Hears every device's minder in the minder's own thread; a state is one value, never seen by halves.

    What is out of order, and what leads there, was written down before anybody is told, and is read again at
    the next start.
    """

    def __init__(self, hall: Hall, fitted: Iterable[Device], rules: LatchRules = RULES) -> None:
        """Begin with what the last run knew and had counted; a device that is not fitted stays so."""
        self._hall = hall
        self._rules = rules
        self._lock = Lock()
        self._told: list[Callable[[Device], None]] = []
        missing = DeviceState(Phase.NOT_FITTED)
        here = frozenset(fitted)
        with hall.store.reading() as records:
            tallies = records.devices.tallies()
            self._states = {
                device: DeviceState(tally=tallies.get(device, Tally())) if device in here else missing
                for device in Device
            }
            for latch in records.devices.latches():
                if latch.device in here:
                    why = Sentence(latch.cause, {"code": latch.code})
                    self._states[latch.device] = latched(why, latch.code)

    def subscribe(self, tell: Callable[[Device], None]) -> None:
        """Call `tell`, in whichever thread heard it, when a device's state has changed."""
        self._told.append(tell)

    def state(self, device: Device) -> DeviceState:
        """Return what is known of a device; asking waits for nothing."""
        return self._states[device]

    def may_use(self, device: Device) -> bool:
        """Return whether anything may be asked of a device."""
        return self._states[device].may_be_used

    def hear(self, device: Device, sign: Sign | None) -> None:
        """Take note of a sign; None says nothing. Only `mend` clears."""
        if sign is not None and not isinstance(sign, Cleared):
            self._take(device, sign)

    def mend(self, device: Device, reason: str, staff: Staff) -> None:
        """Let a device be used again, by a person's word; raises Refused without a reason."""
        mend_device(self._hall, device, reason, staff)
        self._take(device, Cleared())

    def _take(self, device: Device, sign: Sign) -> None:
        with self._lock:
            before = self._states[device]
            now = after(before, sign, self._rules)
            if now == before:
                return
            # Not used any more from here on, whether or not the disk can keep why.
            self._states[device] = now
            if now.phase is Phase.OUT_OF_ORDER:
                self._keep(device, now)
            elif now.tally != before.tally:
                self._count(device, now.tally)
        for tell in self._told:
            tell(device)

    def _keep(self, device: Device, state: DeviceState) -> None:
        assert state.why is not None
        log.warning("the %s is out of order until staff clear it: %s", device.value, state.code)
        try:
            give_up_device(self._hall, device, state.why.key, state.code)
        except WorldFault as fault:
            log.warning("that the %s is out of order could not be kept: %s", device.value, fault.sentence.key)

    def _count(self, device: Device, tally: Tally) -> None:
        try:
            note_tally(self._hall, device, tally)
        except WorldFault as fault:
            log.warning("what came in a row at the %s was not kept: %s", device.value, fault.sentence.key)


class PrinterGuard:
    """Stands between the print journal and the printer: nothing is sent to one that is out of order."""

    def __init__(self, supervisor: Supervisor) -> None:
        """Ask and tell this supervisor."""
        self._supervisor = supervisor

    def barred(self) -> Sentence | None:
        """Return why nothing may be sent, None where it may."""
        if self._supervisor.may_use(Device.PRINTER):
            return None
        return Sentence("devices.latch.printer")

    def saw(self, status: PrinterStatus) -> None:
        """Take note of a look at the printer."""
        self._supervisor.hear(Device.PRINTER, printer_sign(status))

    def ended(self, outcome: PrintOutcome) -> None:
        """Take note of how an attempt to print ended."""
        for sign in outcome_signs(outcome):
            self._supervisor.hear(Device.PRINTER, sign)
