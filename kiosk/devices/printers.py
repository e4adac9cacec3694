"""The slip printer: sends a job once, and says `printed` only on the printer's own word from behind the cut.

    closed ──open──▶ preflight ──fault──▶ REFUSED (nothing was sent)
                        │
                        ▼
                    sending ──stall──▶ patience ──▶ UNCERTAIN
                        │
                        ▼
                    waiting ──token or paper reply──▶ PRINTED
                        └──silence, lost link──▶ UNCERTAIN

Paper that runs out half-way is no failure: the printer keeps its buffer, and after a reload it finishes the
same slip. So nothing is ever sent again here; only a person may decide on a copy.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.devices.escpos.commands import INITIALIZE, RETRACT
from kiosk.devices.escpos.jobs import closing, job_length_dots
from kiosk.devices.escpos.replies import TokenReply
from kiosk.devices.escpos.status import NOT_REACHED, Health, PrinterStatus
from kiosk.devices.printer_links import LinkLostError, PrinterLink
from kiosk.devices.printer_progress import PrintState, Progress, Sending, Waiting, stopped_state
from kiosk.devices.printer_talk import USUAL_TIMES, PrinterTalk, PrinterTimes, merged
from kiosk.devices.profiles import DOTS_PER_MM, Behind, Dialect, Presenter, PrinterProfile
from kiosk.domain.sentences import Sentence

__all__ = ["Evidence", "PrintOutcome", "PrintResult", "Printer", "PrinterTimes", "SlipPrinter"]

QUESTION_BYTES = 3
"""A question behind the cut, the last that a job sends."""
LOST_AFTER_S = 120.0
"""A question that a printer in good order left open for so long is answered no more."""
STALE_REPLIES_MAX = 8
"""More than this behind one question is not a late answer but a printer that never stops talking."""


class PrintResult(StrEnum):
    """`refused` means that no byte of the slip was sent; `uncertain` that paper may or may not have come."""

    PRINTED = "printed"
    UNCERTAIN = "uncertain"
    REFUSED = "refused"


class Evidence(StrEnum):
    """The printer's word: the job's own token, or the reply behind the cut."""

    TOKEN = "token"  # noqa: S105 - a name, not a secret
    REPLY_BEHIND_CUT = "reply_behind_cut"


@dataclass(frozen=True, slots=True)
class PrintOutcome:
    """How a print ended: `evidence` is set exactly when it is PRINTED, `reason` exactly when it is not."""

    result: PrintResult
    evidence: Evidence | None = None
    reason: Sentence | None = None
    sent_bytes: int = 0


_LINK_LOST = Sentence("devices.printer.link_lost")
_STALLED = Sentence("devices.printer.stalled")
_RETRACTED = Sentence("devices.printer.retracted")


class _UncertainError(Exception):
    """The slip's fate cannot be known, for a reason a person is told."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason.key)
        self.reason = reason


class Printer(Protocol):
    """What prints slips: one that answers for itself, or a queue with one behind it."""

    profile: PrinterProfile

    @property
    def bytes_per_s(self) -> int:
        """How many bytes the wire takes in a second."""
        ...

    def status(self) -> PrinterStatus:
        """Return how the printer is now."""
        ...

    def told(self) -> PrinterStatus | None:
        """Return what the printer has said unasked since, None for silence; it never waits."""
        ...

    def print(
        self, job: bytes, token: bytes, on_progress: Progress, patience_s: float = 120.0
    ) -> PrintOutcome:
        """Send a job once and return what is known of its paper."""
        ...

    def bring_out_remains(self) -> bool:
        """Cut off what an interrupted job left; return whether the printer confirmed it."""
        ...

    def cut_count(self) -> int | None:
        """Return the cutter's lifetime count, None where nobody can say."""
        ...

    def close(self) -> None:
        """Close the way to the printer, ending a print under way as uncertain."""
        ...


class SlipPrinter:
    """One printer behind one lock; every call blocks, so one thread owns it and the screen never does."""

    def __init__(
        self,
        link: PrinterLink,
        profile: PrinterProfile,
        times: PrinterTimes = USUAL_TIMES,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Keep the link closed until it is needed."""
        self.profile = profile
        self._talk = PrinterTalk(link, profile, times, monotonic)
        self._link = link
        self._times = times
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._is_stopping = threading.Event()
        self._known = PrinterStatus()
        self._clearings = 0
        """How often the remains of a slip were cut off."""
        self._is_settled = False
        """Whether every answer that may still come is counted, an earlier process's too."""
        self._is_torn = False
        self._is_known = False

    @property
    def bytes_per_s(self) -> int:
        """How many bytes the wire takes in a second."""
        return self._link.bytes_per_s

    def status(self) -> PrinterStatus:
        """Return what the printer says of itself now; a printer that cannot be reached is all unknown."""
        with self._lock:
            self._known = self._ready_status()
            return self._known

    def told(self) -> PrinterStatus | None:
        """Return the status if the idle printer has told something new unasked, else None; it never waits."""
        with self._lock:
            if not self._talk.is_open:
                return None
            try:
                heard = [self._talk.told_status(reply) for reply in self._talk.heard(0)]
            except LinkLostError:
                self._talk.drop()
                heard = [NOT_REACHED]
            news = [status for status in heard if status is not None]
            for status in news:
                self._known = merged(self._known, status) if status.is_reached else status
            return self._known if news else None

    def print(
        self, job: bytes, token: bytes, on_progress: Progress, patience_s: float = 120.0
    ) -> PrintOutcome:
        """Send a job made by `build_job` with this token and wait for the proof of its paper.

        `on_progress` gets the fraction sent and the state at every change. `patience_s` is how long a
        stopped printer (no paper, open cover, jam, full buffer) may take to be helped before the slip is
        given up as uncertain.
        """
        with self._lock:
            self._known = status = self._ready_status()
            if not status.is_reached or status.summary is Health.FAULT:
                return PrintOutcome(PrintResult.REFUSED, reason=status.trouble)
            return self._print(job, token, on_progress, patience_s)

    def bring_out_remains(self) -> bool:
        """Cut off whatever an interrupted job left half-printed, so that it is on no one else's slip.

        Call it at start when the print journal holds an unfinished slip; after a print that broke off in
        this process it happens by itself. True when the printer confirmed it.
        """
        with self._lock:
            self._is_torn = self._is_torn or not self._clearings  # once is enough: twice is blank paper
            self._ready_status()
            return self._is_settled and not self._is_torn

    def cut_count(self) -> int | None:
        """Return how many cuts the cutter has made in its life, or None where the printer cannot say.

        It is None too where remains had to be cut off first: that cut would speak for a slip.
        """
        with self._lock:
            cleared = self._clearings
            if not self.profile.has_cut_count or not self._ready_status().is_reached:
                return None
            if self._clearings != cleared:
                return None
            try:
                return self._talk.asked_cut_count()
            except LinkLostError:
                self._talk.drop()
                return None

    def close(self) -> None:
        """Close the link, ending a print under way as uncertain; the next call opens the link again."""
        self._is_stopping.set()
        with self._lock:
            self._talk.drop()
            self._is_stopping.clear()

    def _print(self, job: bytes, token: bytes, on_progress: Progress, patience_s: float) -> PrintOutcome:
        was_settled = self._is_settled
        sending = Sending(job, on_progress)
        try:
            self._send(sending, patience_s)
            evidence = self._proof(job, token, on_progress, patience_s)
            _check_proof(evidence, was_settled)
            self._hand_over(on_progress)
        except (LinkLostError, _UncertainError) as end:
            reason = end.reason if isinstance(end, _UncertainError) else _LINK_LOST
            self._is_torn = sending.sent_bytes > 0 and (reason is _LINK_LOST or not sending.is_done)
            self._talk.open_questions.hold()
            self._talk.drop()
            result = PrintResult.UNCERTAIN if sending.sent_bytes else PrintResult.REFUSED
            return PrintOutcome(result, None, reason, sending.sent_bytes)
        self._is_settled = True
        return PrintOutcome(PrintResult.PRINTED, evidence, None, len(job))

    def _send(self, sending: Sending, patience_s: float) -> None:
        """Push the whole job into the wire; raises when nothing moves for as long as the patience lasts."""
        self._talk.forget()
        moved_at = self._monotonic()
        while not sending.is_done:
            self._talk.overhear()
            if taken := self._link.send(sending.next_chunk(), min(self._times.write_s, patience_s)):
                moved_at = self._monotonic()
                if sending.left_bytes - taken < QUESTION_BYTES <= sending.left_bytes:
                    self._talk.count_job()
                sending.advance(taken)
            else:
                fault = self._talk.told_fault
                if self._monotonic() - moved_at >= patience_s:
                    raise _UncertainError((fault and fault.trouble) or _STALLED)
                sending.tell(stopped_state(fault) if fault else PrintState.STALLED)
            self._check_stop()

    def _proof(self, job: bytes, token: bytes, on_progress: Progress, patience_s: float) -> Evidence:
        """Wait for the job's proof and return it; raises when it cannot come any more.

        A paper reply may come early on simple printers, so it counts only when no sensor objects.
        """
        work_s = self._work_s(len(job), job_length_dots(job))
        waiting = Waiting(on_progress, self._monotonic, work_s + self.profile.reply_margin_s, patience_s)
        look_at = self._monotonic() + work_s
        has_reply = False
        while not waiting.is_over:
            self._check_stop()
            for reply in self._talk.heard(self._times.look_s):
                if self.profile.has_token_reply and reply == TokenReply(token):
                    return Evidence.TOKEN
                has_reply |= not self.profile.has_token_reply and self._talk.is_proof(reply)
                if told := self._talk.told_status(reply):
                    self._known = merged(self._known, told)
                    waiting.see(self._known)
            if has_reply or self._monotonic() >= look_at:
                self._known = status = self._talk.asked_status()
                if has_reply and status.summary is not Health.FAULT:
                    return Evidence.REPLY_BEHIND_CUT
                waiting.see(status)
        raise _UncertainError(waiting.reason)

    def _hand_over(self, on_progress: Progress) -> None:
        """Wait until the slip that a presenter holds out is taken; one that nobody takes is drawn back in.

        A line lost meanwhile takes nothing back: the reply behind the cut has been heard.
        """
        if self.profile.presenter is Presenter.NONE or not self.profile.retract_after_s:
            return
        until, is_told = self._monotonic() + self.profile.retract_after_s, False
        try:
            while self._talk.asked_status().is_held_out is True:
                if not is_told:
                    on_progress(1.0, PrintState.HELD_OUT)
                is_told = True
                if self._monotonic() >= until:
                    self._talk.write(RETRACT)
                    raise _UncertainError(_RETRACTED)
                if self._is_stopping.wait(self._times.look_s):
                    return
        except LinkLostError:
            self._talk.drop()

    def _work_s(self, sent_bytes: int, paper_dots: int) -> float:
        """Return how long bytes and paper take when one waits for the other, in seconds."""
        return paper_dots / DOTS_PER_MM / self.profile.speed_mm_s + sent_bytes / self._link.bytes_per_s

    def _check_stop(self) -> None:
        if self._is_stopping.is_set():
            raise _UncertainError(Sentence("devices.printer.stopped"))

    def _ready_status(self) -> PrinterStatus:
        """Return the status over a link that works, opening it (again) where needed, and settle the printer.

        A kept connection may be dead without knowing it, so silence or loss on one is asked once more on a
        new one; nothing of a slip has been sent yet.
        """
        was_open = self._talk.is_open
        status = self._talk.reached_status()
        if was_open and status.online is None and self.profile.dialect is not Dialect.NONE:
            self._talk.drop()
            status = self._talk.reached_status()
        try:
            if status.is_reached and status.summary is not Health.FAULT:
                self._settle()
                self._settle_inherited(status)
            else:
                self._talk.open_questions.hold()
        except LinkLostError:
            self._talk.drop()
            return NOT_REACHED
        return status

    def _settle(self) -> None:
        """Make sure that nothing earlier is left in the printer, so that the next paper reply is our own.

        A job cut short inside a picture leaves the printer waiting for the rest of it; blank bytes as many
        as the tallest band has complete it, and mean nothing elsewhere. Then the remains are cut off.
        What this process asked is counted; what an earlier one did is listened for once.
        """
        wait_s = self._times.settle_s
        if self._is_torn:
            blank = bytes(self.profile.kept_rows * self.profile.width_dots // 8)
            self._talk.write(blank + INITIALIZE + closing(self.profile))
            wait_s += self._work_s(len(blank), self.profile.kept_rows)
            self._is_torn = self._is_settled = False
            self._clearings += 1
        if self.profile.behind is Behind.NONE:
            return
        if self._talk.open_questions.give_up(LOST_AFTER_S):
            self._is_settled = False
        open_questions = self._talk.open_questions
        answers = self._is_settled
        if not self._is_settled:
            before = len(open_questions)
            self._is_settled = self._talk.asked_behind_all(wait_s)
            answers = len(open_questions) <= before
            for _ in range(STALE_REPLIES_MAX):
                if not self._is_settled or not self._talk.heard(self._times.quiet_s):
                    break
        if answers and len(open_questions) and not self.profile.has_token_reply:
            self._talk.asked_otherwise()
            self._is_settled = self._is_settled or not len(open_questions)

    def _settle_inherited(self, status: PrinterStatus) -> None:
        """Free a printer that an earlier process, killed while sending, left inside a picture.

        It shows by status that is well while nothing behind the buffer is answered. Tried once: a printer
        that never answers GS r must not be made to cut blank paper again and again.
        """
        can_answer = self.profile.behind is not Behind.NONE
        if can_answer and not self._is_settled and not self._is_known and status.summary is Health.OK:
            self._is_torn = True
            self._settle()
        self._is_known = self._is_known or status.summary is Health.OK


def _check_proof(evidence: Evidence, was_settled: bool) -> None:
    """A paper reply is the slip's own only if nothing earlier could still be answered."""
    if evidence is Evidence.REPLY_BEHIND_CUT and not was_settled:
        raise _UncertainError(Sentence("devices.printer.reply_ambiguous"))
