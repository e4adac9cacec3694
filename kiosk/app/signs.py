"""What the events of the drivers mean to whoever supervises the devices."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.devices import readers, scanners
from kiosk.devices.escpos.status import Health, PrinterStatus
from kiosk.devices.minders import BACK_OFF_S
from kiosk.devices.printers import PrintOutcome, PrintResult
from kiosk.devices.readers import (
    CardPresented,
    CardUnreadable,
    ReaderEvent,
    ReaderFault,
    ReaderLost,
    ReaderReady,
)
from kiosk.devices.scanners import ScannerEvent, ScannerLost, ScannerReady
from kiosk.domain.devices import Answers, DidItsWork, Faulty, Jammed, Sign, Silent, SlipUncertain, Waits
from kiosk.domain.sentences import Sentence

PRINTER_LOOK_S = 5.0
"""How often an idle printer is asked how it is."""
BEYOND_RECOVERY_CODE = "P31"
_MODULE_FAULTS = {ReaderFault.SELF_TEST: "R60", ReaderFault.UNAUTHORISED: "R66"}
"""Faults of the security module itself: no card and no trying again helps."""
_STOPPED_BY_US = "devices.printer.stopped"


def reader_sign(event: ReaderEvent) -> Sign | None:
    """Return what a reader's event says of the reader; a card that was read proves it."""
    if isinstance(event, ReaderReady):
        return Answers()
    if isinstance(event, CardPresented):
        return DidItsWork()
    if isinstance(event, ReaderLost | CardUnreadable) and event.cause in _MODULE_FAULTS:
        code = _MODULE_FAULTS[event.cause]
        return Faulty(code, readers.attendant_sentence(event))
    if isinstance(event, ReaderLost):
        return Silent(readers.attendant_sentence(event), BACK_OFF_S[-1])
    return None


def scanner_sign(event: ScannerEvent) -> Sign | None:
    """Return what a scanner's event says of the scanner; codes say nothing of it."""
    if isinstance(event, ScannerReady):
        return Answers(scanners.set_up_sentence(event))
    if isinstance(event, ScannerLost):
        return Silent(scanners.attendant_sentence(event), BACK_OFF_S[-1])
    return None


def printer_sign(status: PrinterStatus) -> Sign:
    """Return what one look at the printer says."""
    trouble = status.trouble
    if not status.is_reached:
        return Silent(trouble or Sentence("devices.printer.not_reached"), PRINTER_LOOK_S)
    if status.is_beyond_recovery:
        code = BEYOND_RECOVERY_CODE
        return Faulty(code, Sentence("devices.latch.beyond_recovery", {"code": code}))
    if trouble is not None and status.summary is Health.FAULT:
        is_jam = status.cutter_fault and not status.cover_open and status.has_paper is not False
        return Jammed(trouble) if is_jam else Waits(trouble)
    if trouble is None and status.near_end:
        return Answers(Sentence("desk.device.near_end"))
    return Answers(trouble)


def outcome_signs(outcome: PrintOutcome) -> Iterator[Sign]:
    """Return what the end of one attempt says of the printer; being stopped by us says nothing."""
    if outcome.result is PrintResult.PRINTED:
        yield DidItsWork()
    is_ours = outcome.reason is not None and outcome.reason.key == _STOPPED_BY_US
    if outcome.result is PrintResult.UNCERTAIN and not is_ours:
        yield SlipUncertain()
