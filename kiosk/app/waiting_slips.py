"""Slips that wait for the printer: refused for now, or kept back until a new roll is in.

What makes them wait stands in the print journal, so that a restart finds them again.
"""

from __future__ import annotations

import logging
import time

from kiosk.actions.hall import Hall
from kiosk.actions.print_slip import record_kept_back
from kiosk.domain.ids import SlipNumber
from kiosk.domain.sentences import Sentence
from kiosk.domain.slips import SlipState

log = logging.getLogger(__name__)

KEPT_FOR_COACHES = "printers.kept_for_coaches"


class WaitingSlips:
    """The queued slips that nobody needs to hand in again; used by the print minder's thread alone."""

    def __init__(self, hall: Hall, patience_s: float) -> None:
        """`patience_s` is how long a slip that the printer refused is tried again."""
        self._hall = hall
        self._patience_s = patience_s
        self._refused: dict[SlipNumber, float] = {}
        """With the monotonic second until which they are tried again."""
        self._kept_back: list[SlipNumber] = []

    @property
    def has_refused(self) -> bool:
        """Return whether any slip is to be tried again."""
        return bool(self._refused)

    def recover(self) -> None:
        """Take up what the last run left: slips for the next roll, and those whose patience has not ended."""
        with self._hall.store.reading() as records:
            queued = records.slips.in_state(SlipState.QUEUED)
        for slip in queued:
            left_s = self._patience_s - (self._hall.now() - slip.changed_at).total_seconds()
            if slip.evidence == KEPT_FOR_COACHES:
                self._kept_back.append(slip.number)
            elif left_s > 0:
                self._refused[slip.number] = time.monotonic() + min(left_s, self._patience_s)
        if waiting := len(self._kept_back) + len(self._refused):
            log.info("slips of the last run that still wait: %d", waiting)

    def refuse(self, number: SlipNumber) -> None:
        """Try a slip again until the patience that began with its first refusal ends."""
        if number not in self._kept_back:
            self._refused.setdefault(number, time.monotonic() + self._patience_s)

    def keep_back(self, number: SlipNumber) -> Sentence:
        """Let a slip wait for a new roll, and return why. Raises WorldFault where that cannot be kept."""
        if number not in self._kept_back:
            record_kept_back(self._hall, number, KEPT_FOR_COACHES)
            self._kept_back.append(number)
        self._refused.pop(number, None)
        return Sentence(KEPT_FOR_COACHES, {"number": number})

    def end(self, number: SlipNumber) -> None:
        """Forget a slip that has left the queue."""
        self._refused.pop(number, None)

    def to_try(self) -> list[SlipNumber]:
        """Return the refused slips, and give up those whose patience has ended."""
        now_s = time.monotonic()
        for number in [number for number, until_s in self._refused.items() if now_s >= until_s]:
            del self._refused[number]
            log.warning("slip %s stays queued, until its holder or an attendant asks for it", number)
        return list(self._refused)

    def for_new_roll(self) -> list[SlipNumber]:
        """Return what was kept back until now."""
        released, self._kept_back = self._kept_back, []
        return released
