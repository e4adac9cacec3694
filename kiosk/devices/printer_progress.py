"""How far a slip is: bytes into the wire first, then the wait for its proof, told only when it changes."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from kiosk.devices.escpos.status import Health, PrinterStatus
from kiosk.domain.sentences import Sentence

CHUNK_BYTES = 2048
NO_REPLY = Sentence("devices.printer.no_reply")


class PrintState(StrEnum):
    """What the printer is doing with the slip, as truly as it is known now."""

    SENDING = "sending"
    STALLED = "stalled"
    PRINTING = "printing"
    WAITING_FOR_PAPER = "waiting_for_paper"
    WAITING_FOR_ATTENDANT = "waiting_for_attendant"
    HELD_OUT = "held_out"


Progress = Callable[[float, PrintState], None]
"""Told the fraction of bytes sent, 0 to 1, and the state."""


def stopped_state(status: PrinterStatus) -> PrintState:
    """Return what a stopped printer waits for."""
    return PrintState.WAITING_FOR_PAPER if status.has_paper is False else PrintState.WAITING_FOR_ATTENDANT


class Sending:
    """The bytes of one job on their way into the wire."""

    def __init__(self, job: bytes, on_progress: Progress) -> None:
        """Start with nothing sent."""
        self._job = job
        self._on_progress = on_progress
        self.sent_bytes = 0

    @property
    def is_done(self) -> bool:
        """Return whether the wire has taken the whole job."""
        return self.sent_bytes == len(self._job)

    @property
    def left_bytes(self) -> int:
        """Return how many bytes the wire has not taken yet."""
        return len(self._job) - self.sent_bytes

    def next_chunk(self) -> bytes:
        """Return the bytes to offer next."""
        return self._job[self.sent_bytes : self.sent_bytes + CHUNK_BYTES]

    def advance(self, taken_bytes: int) -> None:
        """Note that the wire took some bytes."""
        self.sent_bytes += taken_bytes
        self.tell(PrintState.SENDING)

    def tell(self, state: PrintState) -> None:
        """Report the fraction sent."""
        self._on_progress(self.sent_bytes / len(self._job), state)


class Waiting:
    """The wait for a proof: a plain deadline while the printer works, the patience while it is stopped."""

    def __init__(
        self, on_progress: Progress, monotonic: Callable[[], float], deadline_s: float, patience_s: float
    ) -> None:
        """Start with a printer at work."""
        self._on_progress = on_progress
        self._monotonic = monotonic
        self._deadline_s = deadline_s
        self._patience_s = patience_s
        self._until = monotonic() + deadline_s
        self._state: PrintState | None = None
        self.reason = NO_REPLY
        self._tell(PrintState.PRINTING)

    @property
    def is_over(self) -> bool:
        """Return whether the proof is not to be expected any more."""
        return self._monotonic() >= self._until

    def see(self, status: PrinterStatus) -> None:
        """Take in a status: trouble starts the patience, its end starts the deadline anew."""
        was_stopped = self._state is not PrintState.PRINTING
        is_stopped = status.summary is Health.FAULT
        if is_stopped != was_stopped:
            self._until = self._monotonic() + (self._patience_s if is_stopped else self._deadline_s)
        self.reason = (status.trouble if is_stopped else None) or NO_REPLY
        self._tell(stopped_state(status) if is_stopped else PrintState.PRINTING)

    def _tell(self, state: PrintState) -> None:
        if state is not self._state:
            self._state = state
            self._on_progress(1.0, state)
