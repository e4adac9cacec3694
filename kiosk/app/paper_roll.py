"""How much paper is left once the printer says that its roll is near its end, and who still gets some.

A worker with a seat on a coach cannot go without his paper, for the door asks for it; another can come back.
So the last five slips of a roll are kept for those with a coach.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from kiosk.actions.device_ports import PaperLow
from kiosk.actions.faults import WorldFault
from kiosk.actions.hall import Hall
from kiosk.actions.printing import PaperState
from kiosk.devices.escpos.jobs import job_length_dots
from kiosk.devices.escpos.status import Health, PrinterStatus
from kiosk.devices.profiles import DOTS_PER_MM

log = logging.getLogger(__name__)

KEPT_SLIPS = 5


class PaperRoll:
    """The roll in the printer; what is known of it outlives the program."""

    def __init__(self, hall: Hall, near_end_mm: int) -> None:
        """`near_end_mm` is what is left when the sensor speaks, 0 for a printer without one."""
        self._hall = hall
        self._near_end_mm = near_end_mm
        self._low: PaperLow | None = None
        self._is_read = False

    def see(self, is_near_end: bool | None) -> bool:
        """Take in what the sensor says; return whether a new roll has been put in."""
        if is_near_end is None or not self._near_end_mm:
            return False
        with _nothing_hangs_on_it():
            if is_near_end is not (self._known() is not None):
                self._keep(PaperLow(self._hall.now(), 0) if is_near_end else None)
                return not is_near_end
        return False

    def use(self, length_mm: int) -> None:
        """Note that so much paper has gone through the printer."""
        with _nothing_hangs_on_it():
            low = self._known()
            if low is not None:
                self._keep(replace(low, printed_mm_since=low.printed_mm_since + length_mm))

    def has_room_for(self, length_mm: int, *, has_coach: bool) -> bool:
        """Return whether a slip may have its paper now; the last ones are for those with a coach."""
        low = self._known()
        if low is None or has_coach:
            return True
        left_mm = self._near_end_mm - low.printed_mm_since
        return left_mm >= (KEPT_SLIPS + 1) * length_mm

    def _known(self) -> PaperLow | None:
        if not self._is_read:
            with self._hall.store.reading() as records:
                self._low = records.devices.paper_low()
            self._is_read = True
        return self._low

    def _keep(self, low: PaperLow | None) -> None:
        with self._hall.store.writing() as records:
            records.devices.keep_paper_low(low)
        self._low = low


@contextmanager
def _nothing_hangs_on_it() -> Iterator[None]:
    """Go on where the store fails: the sensor speaks again, and slips go out meanwhile."""
    try:
        yield
    except WorldFault as fault:
        log.warning("how far the roll is could not be kept: %s", fault.sentence.key)


def length_mm(job: bytes) -> int:
    """Return how much paper a job uses, in whole millimetres."""
    return -(-job_length_dots(job) // DOTS_PER_MM)


def paper_state(status: PrinterStatus) -> PaperState:
    """Return in one word whether a slip could come out; what is unknown is not ready."""
    if not status.is_reached:
        return PaperState.UNKNOWN
    if status.has_paper is False:
        return PaperState.OUT
    if status.summary is Health.FAULT:
        return PaperState.FAULT
    if status.near_end is True:
        return PaperState.LOW
    return PaperState.READY if status.summary is Health.OK else PaperState.UNKNOWN
