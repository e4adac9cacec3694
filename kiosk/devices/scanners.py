"""Codes held before the scanner, told in events; a code that stays there is one scan."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.devices.fault_words import FaultWords
from kiosk.devices.minders import DeviceLost, Minder, Watch, serial_turn
from kiosk.devices.scans.framing import SILENCE_S, Code, CodeFault, CodeFramer, Framed
from kiosk.devices.scans.profiles import ScannerProfile
from kiosk.devices.transports import LossCause, Transport, TransportLost
from kiosk.domain.sentences import Sentence

__all__ = [
    "CodeFault",
    "CodeScanned",
    "CodeUnreadable",
    "LossCause",
    "ScannerEvent",
    "ScannerLost",
    "ScannerMinder",
    "ScannerReady",
    "SetUp",
    "attendant_sentence",
    "set_up_sentence",
    "worker_sentence",
]

REPEAT_S = 3.0
_LOOK_S = 1.0
_ANSWER_S = 0.3
_LONGEST_ANSWER_S = 1.0
REST_S = 1.0
"""How long a scanner that was told to read rests after a code, or it would beep on as long as one is held."""


class SetUp(StrEnum):
    """How a scanner answered to being set up."""

    NOT_NEEDED = "not_needed"
    ACCEPTED = "accepted"
    UNANSWERED = "unanswered"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ScannerReady:
    """The scanner's line is open; a scanner that was not set up may still read, in its own way."""

    set_up: SetUp = SetUp.NOT_NEEDED


@dataclass(frozen=True, slots=True)
class ScannerLost:
    """The scanner cannot be used until the next `ScannerReady`."""

    cause: LossCause


@dataclass(frozen=True, slots=True, repr=False)
class CodeScanned:
    """A code was read: its text, at least one sign, and at which monotonic second its last byte came."""

    text: str
    scanned_at: float

    def __repr__(self) -> str:
        """Show the length alone; the text may be secret or somebody's own."""
        return f"CodeScanned({len(self.text)} signs)"


@dataclass(frozen=True, slots=True)
class CodeUnreadable:
    """Something was held before the scanner and did not become a code."""

    cause: CodeFault


ScannerEvent = ScannerReady | ScannerLost | CodeScanned | CodeUnreadable


class _Out(DeviceLost):
    """The line to the scanner is gone or cannot be opened."""

    def __init__(self, loss: TransportLost) -> None:
        super().__init__(loss.cause.value)
        self.cause = loss.cause


class _Repeats:
    """Tells what is new from what still lies before the scanner; keeps no text, only its hash."""

    def __init__(self, repeat_s: float) -> None:
        self._repeat_s = repeat_s
        self._last_at: dict[int, float] = {}

    def is_new(self, what: str, at: float) -> bool:
        """Return whether this was not seen for a while; each time it is seen, the while begins anew."""
        self._last_at = {key: seen for key, seen in self._last_at.items() if at - seen < self._repeat_s}
        is_new = hash(what) not in self._last_at
        self._last_at[hash(what)] = at
        return is_new


class ScannerMinder:
    """Owns one scanner: opens it, sets it up, reports what it reads, comes back after a loss."""

    def __init__(
        self,
        url: str,
        report: Callable[[ScannerEvent], None],
        profile: ScannerProfile,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        repeat_s: float = REPEAT_S,
    ) -> None:
        """Mind the scanner at `url` (`/dev/…` or a pyserial URL); events come in the minder's own thread.

        The same code again within `repeat_s` of the last time is the same scan, also across a short loss.
        """
        self._url = url
        self._report = report
        self._profile = profile
        self._monotonic = monotonic
        self._codes = _Repeats(repeat_s)
        self._faults = _Repeats(repeat_s)
        self._told: LossCause | None = None
        self._minder = Minder("scanner", self._turn, self._tell_loss)

    def start(self) -> None:
        """Begin to mind; returns at once, with or without a scanner."""
        self._minder.start()

    def stop(self, timeout_s: float = 2.0) -> bool:
        """Close the scanner and end the thread; return whether it ended in time."""
        return self._minder.stop(timeout_s)

    def _turn(self, watch: Watch) -> None:
        with serial_turn(self._url, self._profile.baud, watch, self._monotonic, _Out) as transport:
            try:
                self._mind(transport, watch)
            finally:
                self._leave(transport)

    def _mind(self, transport: Transport, watch: Watch) -> None:
        set_up = self._set_up(transport)
        framer = CodeFramer(self._profile.answers, self._profile.no_read)
        # A line that is gone again fails here, before anybody is told that the scanner is ready.
        began = transport.read(self._monotonic())
        watch.settle()
        self._told = None
        self._report(ScannerReady(set_up))
        self._tell(framer.feed(began, self._monotonic()))
        start_at = self._monotonic()
        while not watch.is_stopping():
            start_at = self._start(transport, framer, start_at)
            found = self._look(transport, framer, start_at)
            self._tell(found)
            if found:
                has_code = any(isinstance(item, Code) for item in found)
                start_at = self._monotonic() + (REST_S if has_code else 0.0)

    def _leave(self, transport: Transport) -> None:
        """Tell the scanner to read no more, if it is still there."""
        if self._profile.stop:
            with contextlib.suppress(TransportLost):
                transport.write(self._profile.stop)

    def _set_up(self, transport: Transport) -> SetUp:
        """Send what sets the scanner up and drop what it answers, so that no answer is taken for a code."""
        said = []
        for line in self._profile.set_up:
            transport.write(line)
            said.append(self._judge(self._answer(transport)))
        worst = (SetUp.REFUSED, SetUp.UNANSWERED, SetUp.ACCEPTED)
        return next((how for how in worst if how in said), SetUp.NOT_NEEDED)

    def _judge(self, answer: bytes) -> SetUp:
        if any(mark in answer for mark in self._profile.refused):
            return SetUp.REFUSED
        is_accepted = any(mark in answer for mark in self._profile.accepted)
        return SetUp.ACCEPTED if is_accepted else SetUp.UNANSWERED

    def _answer(self, transport: Transport) -> bytes:
        """Return what comes until the line falls silent, or for as long as an answer can take."""
        answer = b""
        now = self._monotonic()
        deadline, latest = now + _ANSWER_S, now + _LONGEST_ANSWER_S
        while self._monotonic() < latest and (arrived := transport.read(deadline)):
            answer += arrived
            deadline = self._monotonic() + SILENCE_S
        return answer

    def _start(self, transport: Transport, framer: CodeFramer, start_at: float) -> float:
        """Tell a scanner that wants to be told to read, but not into a code that is coming in."""
        now = self._monotonic()
        if not self._profile.start or now < start_at or framer.ends_at is not None:
            return start_at
        transport.write(self._profile.start)
        return now + self._profile.retrigger_s

    def _look(self, transport: Transport, framer: CodeFramer, start_at: float) -> list[Framed]:
        looked_at = self._monotonic()
        deadline = framer.ends_at or looked_at + _LOOK_S
        if self._profile.start and framer.ends_at is None:
            deadline = min(deadline, start_at)
        arrived = transport.read(deadline)
        return framer.feed(arrived, self._monotonic()) if arrived else framer.silence(looked_at)

    def _tell(self, found: list[Framed]) -> None:
        for item in found:
            if isinstance(item, Code):
                if self._codes.is_new(item.text, item.ended_at):
                    self._report(CodeScanned(item.text, item.ended_at))
            elif not self._is_expected(item.fault) and self._faults.is_new(item.fault, item.ended_at):
                self._report(CodeUnreadable(item.fault))

    def _is_expected(self, fault: CodeFault) -> bool:
        """A scanner that we told to read says that it saw nothing whenever nobody stands there."""
        return fault is CodeFault.NOTHING_READ and bool(self._profile.start)

    def _tell_loss(self, loss: DeviceLost) -> None:
        """Report a loss once, not at every try that fails the same way."""
        cause = loss.cause if isinstance(loss, _Out) else LossCause.MISSING
        if cause is not self._told:
            self._told = cause
            self._report(ScannerLost(cause))


_LOST = "devices.scanner.out_of_order"
_LOSS_WORDS: Mapping[LossCause, FaultWords] = {
    LossCause.MISSING: FaultWords(_LOST, "devices.scanner.missing", "S01"),
    LossCause.NOT_PERMITTED: FaultWords(_LOST, "devices.scanner.not_permitted", "S02"),
    LossCause.BUSY: FaultWords(_LOST, "devices.scanner.busy", "S03"),
    LossCause.UNPLUGGED: FaultWords(_LOST, "devices.scanner.unplugged", "S04"),
}
_CODE_WORDS: Mapping[CodeFault, FaultWords] = {
    CodeFault.TOO_LONG: FaultWords("devices.scanner.too_long", "devices.scanner.too_long_why", "S11"),
    CodeFault.GARBLED: FaultWords("devices.scanner.again", "devices.scanner.garbled_why", "S12"),
    CodeFault.NOTHING_READ: FaultWords("devices.scanner.nearer", "devices.scanner.nearer_why", "S13"),
}


def worker_sentence(event: CodeUnreadable | ScannerLost) -> Sentence:
    """Return what the worker is told: what to do now."""
    return _words(event).to_worker()


def attendant_sentence(event: CodeUnreadable | ScannerLost) -> Sentence:
    """Return what the attendant is told; `code` is fit to be read out on the phone (S04)."""
    return _words(event).to_attendant()


def set_up_sentence(event: ScannerReady) -> Sentence | None:
    """Return what the attendant is told of a scanner that did not take its settings, or None."""
    if event.set_up is SetUp.REFUSED:
        return Sentence("devices.scanner.set_up_refused", {"code": "S21"})
    if event.set_up is SetUp.UNANSWERED:
        return Sentence("devices.scanner.set_up_unanswered", {"code": "S22"})
    return None


def _words(event: CodeUnreadable | ScannerLost) -> FaultWords:
    return _CODE_WORDS[event.cause] if isinstance(event, CodeUnreadable) else _LOSS_WORDS[event.cause]
