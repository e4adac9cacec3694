"""Questions to a printer and what it says, asked or unasked, over one link that is opened where needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import TypeVar

from kiosk.devices.escpos.commands import (
    ASK_CUSTOM_CUT_COUNT,
    ASK_CUT_COUNT,
    ASK_IDENTITY_BEHIND_ALL,
    ASK_PAPER_BEHIND_ALL,
    FULL_STATUS,
    REPORT_UNASKED,
    ask_status,
)
from kiosk.devices.escpos.replies import (
    AutomaticReply,
    FullReply,
    PaperReply,
    Reply,
    ReplyStream,
    StatusReply,
    TextReply,
)
from kiosk.devices.escpos.status import (
    NOT_REACHED,
    STATUS_NUMBERS,
    Health,
    PrinterStatus,
    read_automatic,
    read_full,
    read_status,
)
from kiosk.devices.printer_links import LinkLostError, PrinterLink
from kiosk.devices.printer_questions import OpenQuestions
from kiosk.devices.profiles import Behind, Dialect, PrinterProfile

HEAD_END = bytes(8)
"""Ends the head of a command that a broken line cut short, as one of no length; elsewhere it is nothing."""
_Answer = TypeVar("_Answer", StatusReply, PaperReply, TextReply, FullReply, PaperReply | TextReply)
_BEHIND: dict[Behind, tuple[bytes, type[PaperReply | TextReply]]] = {
    Behind.PAPER: (ASK_PAPER_BEHIND_ALL, PaperReply),
    Behind.IDENTITY: (ASK_IDENTITY_BEHIND_ALL, TextReply),
}


@dataclass(frozen=True, slots=True)
class PrinterTimes:
    """How long to wait, in seconds: for a status answer, for the wire to take bytes, between looks."""

    answer_s: float = 0.5
    settle_s: float = 1.0
    quiet_s: float = 0.15
    write_s: float = 1.0
    look_s: float = 0.5


USUAL_TIMES = PrinterTimes()


class PrinterTalk:
    """One link and the replies that come over it; whoever uses it holds the printer's lock."""

    def __init__(
        self,
        link: PrinterLink,
        profile: PrinterProfile,
        times: PrinterTimes,
        monotonic: Callable[[], float],
    ) -> None:
        """Keep the link closed until it is needed."""
        self.link = link
        self._profile = profile
        self._times = times
        self._monotonic = monotonic
        self._replies = ReplyStream(is_custom=profile.dialect is Dialect.CUSTOM)
        self._aside: list[Reply] = []
        self._told = PrinterStatus()
        self.open_questions = OpenQuestions(monotonic)
        """Outlives the link: an answer that was on its way may be heard on the next one."""
        self.is_open = False

    @property
    def told_fault(self) -> PrinterStatus | None:
        """Return what the printer last told unasked, if that stops it."""
        return self._told if self._told.summary is Health.FAULT else None

    def reached_status(self) -> PrinterStatus:
        """Return the status over the link, opened if it was not; a lost one says that it is not reached."""
        try:
            if not self.is_open:
                self.link.open()
                self.is_open = True
                if self._profile.has_automatic_status:
                    self.write(HEAD_END + REPORT_UNASKED)
            self._replies.forget()
            return self.asked_status()
        except LinkLostError:
            self.drop()
            return NOT_REACHED

    def asked_status(self) -> PrinterStatus:
        """Ask how the printer is, and stop at silence.

        A printer on the network whose buffer is full cannot answer, so what stopped it, last told unasked,
        holds until it says anything else.
        """
        if self._profile.dialect is Dialect.NONE:
            return PrinterStatus()
        if self._profile.dialect is Dialect.CUSTOM:
            full = self.asked(ask_status(FULL_STATUS), FullReply, self._times.answer_s)
            return read_full(full.block if full else b"", self._profile)
        answers: dict[int, int] = {}
        for number in STATUS_NUMBERS:  # one by one, as an answer does not name its question
            reply = self.asked(ask_status(number), StatusReply, self._times.answer_s)
            if reply is None:
                break
            answers[number] = reply.bits
        if not answers and self.told_fault is not None:
            return self.told_fault
        return read_status(answers, self._profile)

    def told_status(self, reply: Reply) -> PrinterStatus | None:
        """Return the status in a reply that came unasked, None for any other reply."""
        if isinstance(reply, AutomaticReply):
            return read_automatic(reply.block, self._profile)
        return read_full(reply.block, self._profile) if isinstance(reply, FullReply) else None

    def asked_behind_all(self, timeout_s: float) -> bool:
        """Return whether the printer answers a question that waits behind everything it was sent.

        It does when no older question is open any more either: the answer heard first is the oldest one's.
        """
        if self._profile.behind is Behind.NONE:
            return False
        question, kind = _BEHIND[self._profile.behind]
        self.open_questions.ask(kind)
        return self.asked(question, kind, timeout_s) is not None

    def count_job(self) -> None:
        """Count the question that a job, sent to its end, has asked behind its cut."""
        if self._profile.behind is not Behind.NONE:
            self.open_questions.ask(_BEHIND[self._profile.behind][1])

    def is_proof(self, reply: Reply) -> bool:
        """Return whether a reply answers what stood behind the last cut: no question is open any more."""
        if self._profile.behind is Behind.NONE or len(self.open_questions):
            return False
        return isinstance(reply, _BEHIND[self._profile.behind][1])

    def asked_otherwise(self) -> None:
        """Ask behind all for something that cannot be taken for a paper reply.

        Its answer closes every question before it: where one was lost, counting alone never ends.
        """
        if self._profile.behind is not Behind.PAPER or self.open_questions.has(TextReply):
            return
        if self._profile.has_cut_count:
            self.asked_cut_count()
        elif self._profile.dialect is Dialect.EPSON:
            self._asked_behind(ASK_IDENTITY_BEHIND_ALL, TextReply, self._times.answer_s)

    def asked_cut_count(self) -> int | None:
        """Return the cutter's lifetime count, None for silence or words."""
        is_custom = self._profile.dialect is Dialect.CUSTOM
        question = ASK_CUSTOM_CUT_COUNT if is_custom else ASK_CUT_COUNT
        reply = self._asked_behind(question, TextReply, self._times.answer_s)
        return int(reply.text) if reply is not None and reply.text.isdigit() else None

    def _asked_behind(self, question: bytes, kind: type[_Answer], timeout_s: float) -> _Answer | None:
        self.open_questions.ask(kind)
        return self.asked(question, kind, timeout_s)

    def asked(self, question: bytes, kind: type[_Answer], timeout_s: float) -> _Answer | None:
        """Return the reply of a kind that answers a question, None for silence or only older answers.

        Replies of other kinds are put aside, because a slip's proof may arrive in the middle of a question.
        """
        self._aside = [reply for reply in self.heard(0) if not isinstance(reply, kind)]
        self.write(question)
        until = self._monotonic() + timeout_s
        while (left_s := until - self._monotonic()) > 0:
            answer: _Answer | None = None
            for reply in self._received(left_s):
                if isinstance(reply, kind):
                    answer = reply
                else:
                    self._aside.append(reply)
            if answer is not None:
                return None if self.open_questions.has(kind) else answer
        return None

    def heard(self, timeout_s: float) -> list[Reply]:
        """Return the replies put aside and those that have arrived, waiting only where there are none yet."""
        aside, self._aside = self._aside, []
        return aside + self._received(0 if aside else timeout_s)

    def overhear(self) -> None:
        """Put aside what has arrived, so that a full wire never keeps the printer from speaking."""
        self._aside = self.heard(0)

    def forget(self) -> None:
        """Drop what was put aside."""
        self._aside.clear()

    def _received(self, timeout_s: float) -> list[Reply]:
        """Return what arrives, each reply booked to its question."""
        is_custom = self._profile.dialect is Dialect.CUSTOM
        self._replies.awaits_count = is_custom and self.open_questions.has(TextReply)
        replies = []
        for reply in self._replies.feed(self.link.receive(timeout_s)):
            self.open_questions.take(reply)
            self._replies.awaits_count = is_custom and self.open_questions.has(TextReply)
            if isinstance(reply, AutomaticReply):
                self._told = read_automatic(reply.block, self._profile)
            replies.append(reply)
        return replies

    def write(self, command: bytes) -> None:
        """Send a command whole; a wire that takes nothing counts as lost."""
        while command:
            taken = self.link.send(command, self._times.write_s)
            if not taken:
                raise LinkLostError("the printer takes no bytes")
            command = command[taken:]

    def drop(self) -> None:
        """Close the link and forget what came over it."""
        self.link.close()
        self._replies.forget()
        self._aside.clear()
        self._told = PrinterStatus()
        self.is_open = False


def merged(known: PrinterStatus, told: PrinterStatus) -> PrinterStatus:
    """Return what is known once something was told unasked: silence takes nothing back."""
    names = [field.name for field in fields(PrinterStatus) if field.name != "is_reached"]
    news = {name: said for name in names if (said := getattr(told, name)) is not None}
    return replace(known, **news, is_reached=True)
