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
from typing import TypeVar

from kiosk.devices.escpos.commands import ASK_CUT_COUNT, ASK_PAPER_BEHIND_ALL, INITIALIZE, ask_status
from kiosk.devices.escpos.jobs import closing, job_length_dots
from kiosk.devices.escpos.replies import PaperReply, Reply, ReplyStream, StatusReply, TextReply, TokenReply
from kiosk.devices.escpos.status import (
    NOT_REACHED,
    STATUS_NUMBERS,
    Health,
    PrinterStatus,
    read_status,
)
from kiosk.devices.printer_links import LinkLostError, PrinterLink
from kiosk.devices.printer_progress import PrintState, Progress, Sending, Waiting
from kiosk.devices.profiles import DOTS_PER_MM, PrinterProfile
from kiosk.domain.sentences import Sentence

STALE_REPLIES_MAX = 8
"""More than this behind one question is not a late answer but a printer that never stops talking."""


class PrintResult(StrEnum):
    """`refused` means that no byte of the slip was sent; `uncertain` that paper may or may not have come."""

    PRINTED = "printed"
    UNCERTAIN = "uncertain"
    REFUSED = "refused"


class Evidence(StrEnum):
    """The printer's word: the job's own token, or the paper reply behind the cut."""

    TOKEN = "token"  # noqa: S105 - a name, not a secret
    REPLY_BEHIND_CUT = "reply_behind_cut"


@dataclass(frozen=True, slots=True)
class PrintOutcome:
    """How a print ended: `evidence` is set exactly when it is PRINTED, `reason` exactly when it is not."""

    result: PrintResult
    evidence: Evidence | None = None
    reason: Sentence | None = None
    sent_bytes: int = 0


@dataclass(frozen=True, slots=True)
class PrinterTimes:
    """How long to wait, in seconds: for a status answer, for the wire to take bytes, between looks."""

    answer_s: float = 0.5
    settle_s: float = 1.0
    quiet_s: float = 0.15
    write_s: float = 1.0
    look_s: float = 0.5


_LINK_LOST = Sentence("devices.printer.link_lost")
_Answer = TypeVar("_Answer", StatusReply, PaperReply, TextReply)


class _UncertainError(Exception):
    """The slip's fate cannot be known, for a reason a person is told."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason.key)
        self.reason = reason


class SlipPrinter:
    """One printer behind one lock; every call blocks, so one thread owns it and the screen never does."""

    def __init__(
        self,
        link: PrinterLink,
        profile: PrinterProfile,
        times: PrinterTimes = PrinterTimes(),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Keep the link closed until it is needed."""
        self.profile = profile
        self._link = link
        self._times = times
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._is_stopping = threading.Event()
        self._replies = ReplyStream()
        self._aside: list[Reply] = []
        self._is_open = False
        self._is_settled = False
        self._is_torn = False
        self._is_known = False

    def status(self) -> PrinterStatus:
        """Return what the printer says of itself now; a printer that cannot be reached is all unknown."""
        with self._lock:
            return self._ready_status()

    def print(
        self, job: bytes, token: bytes, on_progress: Progress, patience_s: float = 120.0
    ) -> PrintOutcome:
        """Send a job made by `build_job` with this token and wait for the proof of its paper.

        `on_progress` gets the fraction sent and the state at every change. `patience_s` is how long a
        stopped printer (no paper, open cover, jam, full buffer) may take to be helped before the slip is
        given up as uncertain.
        """
        with self._lock:
            status = self._ready_status()
            if not status.is_reached or status.summary is Health.FAULT:
                return PrintOutcome(PrintResult.REFUSED, reason=status.trouble)
            return self._print(job, token, on_progress, patience_s)

    def bring_out_remains(self) -> bool:
        """Cut off whatever an interrupted job left half-printed, so that it is on no one else's slip.

        Call it at start when the print journal holds an unfinished slip; after a print that broke off in
        this process it happens by itself. True when the printer confirmed it.
        """
        with self._lock:
            self._is_torn = True
            self._ready_status()
            return self._is_settled and not self._is_torn

    def cut_count(self) -> int | None:
        """Return how many cuts the cutter has made in its life, or None where the printer cannot say."""
        with self._lock:
            if not self.profile.has_cut_count or not self._ready_status().is_reached:
                return None
            reply = self._asked(ASK_CUT_COUNT, TextReply, self._times.answer_s)
            return int(reply.text) if reply is not None and reply.text.isdigit() else None

    def close(self) -> None:
        """Close the link, ending a print under way as uncertain; the next call opens the link again."""
        self._is_stopping.set()
        with self._lock:
            self._drop()
            self._is_stopping.clear()

    def _print(self, job: bytes, token: bytes, on_progress: Progress, patience_s: float) -> PrintOutcome:
        was_settled, self._is_settled = self._is_settled, False
        sending = Sending(job, on_progress)
        try:
            self._send(sending, patience_s)
            evidence = self._proof(job, token, on_progress, patience_s)
            _check_proof(evidence, was_settled)
        except (LinkLostError, _UncertainError) as end:
            reason = end.reason if isinstance(end, _UncertainError) else _LINK_LOST
            self._is_torn = sending.sent_bytes > 0 and (reason is _LINK_LOST or not sending.is_done)
            self._drop()
            result = PrintResult.UNCERTAIN if sending.sent_bytes else PrintResult.REFUSED
            return PrintOutcome(result, None, reason, sending.sent_bytes)
        self._is_settled = True
        return PrintOutcome(PrintResult.PRINTED, evidence, None, len(job))

    def _send(self, sending: Sending, patience_s: float) -> None:
        """Push the whole job into the wire; raises when nothing moves for as long as the patience lasts."""
        self._aside.clear()
        moved_at = self._monotonic()
        while not sending.is_done:
            self._aside = self._heard(0)
            if taken := self._link.send(sending.next_chunk(), min(self._times.write_s, patience_s)):
                moved_at = self._monotonic()
                sending.advance(taken)
            elif self._monotonic() - moved_at >= patience_s:
                raise _UncertainError(Sentence("devices.printer.stalled"))
            else:
                sending.tell(PrintState.STALLED)
            self._check_stop()

    def _proof(self, job: bytes, token: bytes, on_progress: Progress, patience_s: float) -> Evidence:
        """Wait for the job's proof and return it; raises when it cannot come any more.

        A paper reply may come early on simple printers, so it counts only when no sensor objects.
        """
        work_s = self._work_s(len(job), job_length_dots(job))
        waiting = Waiting(on_progress, self._monotonic, work_s + self.profile.reply_margin_s, patience_s)
        look_at = self._monotonic() + work_s
        has_paper_reply = False
        while not waiting.is_over:
            self._check_stop()
            for reply in self._heard(self._times.look_s):
                if self.profile.has_token_reply and reply == TokenReply(token):
                    return Evidence.TOKEN
                has_paper_reply |= isinstance(reply, PaperReply) and not self.profile.has_token_reply
            if has_paper_reply or self._monotonic() >= look_at:
                status = self._asked_status()
                if has_paper_reply and status.summary is not Health.FAULT:
                    return Evidence.REPLY_BEHIND_CUT
                waiting.see(status)
        raise _UncertainError(waiting.reason)

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
        was_open = self._is_open
        status = self._reached_status()
        if was_open and status.online is None:
            self._drop()
            status = self._reached_status()
        try:
            if status.is_reached and status.summary is not Health.FAULT:
                self._settle()
                self._settle_inherited(status)
        except LinkLostError:
            self._drop()
            return NOT_REACHED
        return status

    def _reached_status(self) -> PrinterStatus:
        try:
            if not self._is_open:
                self._link.open()
                self._is_open = True
            self._replies.forget()
            return self._asked_status()
        except LinkLostError:
            self._drop()
            return NOT_REACHED

    def _asked_status(self) -> PrinterStatus:
        """Ask four questions one by one, as an answer does not name its question, and stop at silence."""
        answers: dict[int, int] = {}
        for number in STATUS_NUMBERS:
            reply = self._asked(ask_status(number), StatusReply, self._times.answer_s)
            if reply is None:
                break
            answers[number] = reply.bits
        return read_status(answers, self.profile.has_near_end_sensor)

    def _settle(self) -> None:
        """Make sure that nothing earlier is left in the printer, so that the next paper reply is our own.

        A job cut short inside a picture leaves the printer waiting for the rest of it; blank bytes as many
        as the tallest band has complete it, and mean nothing elsewhere. Then the remains are cut off.
        """
        wait_s = self._times.settle_s
        if self._is_torn:
            blank = bytes(self.profile.kept_rows * self.profile.width_dots // 8)
            self._write(blank + INITIALIZE + closing(self.profile))
            wait_s += self._work_s(len(blank), self.profile.kept_rows)
            self._is_torn = self._is_settled = False
        if self._is_settled:
            return
        self._is_settled = self._asked(ASK_PAPER_BEHIND_ALL, PaperReply, wait_s) is not None
        for _ in range(STALE_REPLIES_MAX):
            if not self._is_settled or not self._heard(self._times.quiet_s):
                break

    def _settle_inherited(self, status: PrinterStatus) -> None:
        """Free a printer that an earlier process, killed while sending, left inside a picture.

        It shows by status that is well while nothing behind the buffer is answered. Tried once: a printer
        that never answers GS r must not be made to cut blank paper again and again.
        """
        if not self._is_settled and not self._is_known and status.summary is Health.OK:
            self._is_torn = True
            self._settle()
        self._is_known = self._is_known or status.summary is Health.OK

    def _write(self, command: bytes) -> None:
        """Send a command whole; a wire that takes nothing counts as lost."""
        while command:
            taken = self._link.send(command, self._times.write_s)
            if not taken:
                raise LinkLostError("the printer takes no bytes")
            command = command[taken:]

    def _asked(self, question: bytes, kind: type[_Answer], timeout_s: float) -> _Answer | None:
        """Return the first reply of a kind that comes after a question, None for silence.

        Replies of other kinds are put aside, because a slip's proof may arrive in the middle of a question.
        """
        self._aside = [reply for reply in self._heard(0) if not isinstance(reply, kind)]
        self._write(question)
        until = self._monotonic() + timeout_s
        while (left_s := until - self._monotonic()) > 0:
            answer: _Answer | None = None
            for reply in self._replies.feed(self._link.receive(left_s)):
                if answer is None and isinstance(reply, kind):
                    answer = reply
                else:
                    self._aside.append(reply)
            if answer is not None:
                return answer
        return None

    def _heard(self, timeout_s: float) -> list[Reply]:
        """Return the replies put aside and those that have arrived, waiting only where there are none yet."""
        aside, self._aside = self._aside, []
        return aside + list(self._replies.feed(self._link.receive(0 if aside else timeout_s)))

    def _drop(self) -> None:
        self._link.close()
        self._replies.forget()
        self._aside.clear()
        self._is_open = False


def _check_proof(evidence: Evidence, was_settled: bool) -> None:
    """A paper reply is the slip's own only if nothing earlier could still be answered."""
    if evidence is Evidence.REPLY_BEHIND_CUT and not was_settled:
        raise _UncertainError(Sentence("devices.printer.reply_ambiguous"))
