"""Asks a port what stands behind it, and sends nothing that could come out on paper to one nobody named.

| to any port     | 10 04 n                        | a printer answers `0xx1xx10` four times     |
| to a printer    | GS I, GS r 1, GS ( H, GS g 2, DLE EOT 20 | only once a person agreed to it    |
| to a reader     | the frames of 11 FF and 12 FF  | only once a person agreed to it             |

A reader's frame holds printable bytes (69 is `i`), and so do most questions to printers; the real-time status
question holds none. Whatever answered as a printer is never asked as a reader.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kiosk.devices.commissioning.ports import Port, PortKind
from kiosk.devices.escpos.commands import (
    ASK_CUT_COUNT,
    ASK_PAPER_BEHIND_ALL,
    INITIALIZE,
    ask_status,
    ask_token,
)
from kiosk.devices.escpos.replies import PaperReply, Reply, ReplyStream, StatusReply, TextReply, TokenReply
from kiosk.devices.escpos.status import STATUS_NUMBERS
from kiosk.devices.printer_links import LinkLostError, PrinterLink, link_to
from kiosk.devices.sdt.commands import BAUDS
from kiosk.devices.sdt.reader import ReaderOut, SdtReader, lost
from kiosk.devices.transports import SerialTransport, TransportLost

STALE_READS_MAX = 16
"""What still comes after so many reads is no late answer but a line that never falls silent."""
ANSWER_S = 0.25
"""So long an answer may take; only printers that are there answer, and those do within milliseconds."""
PROBE_TOKEN = b"PROB"
MAKER, MODEL = 66, 67
ASK_PRESENTER = b"\x10\x04\x14"
PRESENTER_HEAD = b"\x10\x0f"


@dataclass(frozen=True, slots=True)
class PrinterTraits:
    """What a printer can be asked: its names, and which questions behind a cut it answers."""

    maker: str = ""
    model: str = ""
    answers_paper: bool = False
    answers_token: bool = False
    counts_cuts: bool = False
    has_presenter: bool = False


@dataclass(frozen=True, slots=True)
class ReaderTraits:
    """At which speed a reader answers, and the number of its security module."""

    baud: int
    sam_id: str


@dataclass(slots=True)
class _Conversation:
    link: PrinterLink
    answer_s: float
    monotonic: Callable[[], float]
    _replies: ReplyStream = field(default_factory=ReplyStream)

    def ask(self, question: bytes, fits: Callable[[Reply], bool]) -> Reply | None:
        """Return the first reply that fits a question; None for silence or a wire that takes nothing."""
        for _ in range(STALE_READS_MAX):
            if not self.link.receive(0):
                break
        self._replies.forget()
        if self.link.send(question, self.answer_s) < len(question):
            return None
        until = self.monotonic() + self.answer_s
        while (left_s := until - self.monotonic()) > 0:
            for reply in self._replies.feed(self.link.receive(left_s)):
                if fits(reply):
                    return reply
        return None

    def heard(self, question: bytes, head: bytes) -> bool:
        """Return whether the answer to a question holds these bytes; for replies of no common form."""
        self.link.send(question, self.answer_s)
        answer = b""
        until = self.monotonic() + self.answer_s
        while head not in answer and (left_s := until - self.monotonic()) > 0:
            answer += self.link.receive(left_s)
        return head in answer


def printer_urls(port: Port) -> Sequence[str]:
    """Return the addresses a printer at this port may have: one, or one for each speed of a serial line."""
    if port.kind is PortKind.SERIAL:
        return [f"serial://{port.url}?baud={baud}&flow=none" for baud in BAUDS]
    return [] if port.kind is PortKind.BRIDGE else [port.url]


def printer_at(
    port: Port, answer_s: float = ANSWER_S, monotonic: Callable[[], float] = time.monotonic
) -> str | None:
    """Return the address at which a printer answers the real-time status questions, None for no printer."""
    for url in printer_urls(port):
        link = link_to(url)
        try:
            link.open()
            talk = _Conversation(link, answer_s, monotonic)
            if all(talk.ask(ask_status(number), _is_status) for number in STATUS_NUMBERS):
                return url
        except LinkLostError:
            return None
        finally:
            link.close()
    return None


def printer_traits(
    url: str, answer_s: float = ANSWER_S, monotonic: Callable[[], float] = time.monotonic
) -> PrinterTraits:
    """Ask an agreed printer what it can do; raises LinkLostError when it is gone."""
    link = link_to(url)
    try:
        link.open()
        talk = _Conversation(link, answer_s, monotonic)
        traits = PrinterTraits(
            maker=_text(talk.ask(_identity(MAKER), _is_text)),
            model=_text(talk.ask(_identity(MODEL), _is_text)),
            answers_paper=talk.ask(ASK_PAPER_BEHIND_ALL, _is_paper) is not None,
            answers_token=talk.ask(ask_token(PROBE_TOKEN), lambda reply: reply == TokenReply(PROBE_TOKEN))
            is not None,
            counts_cuts=_text(talk.ask(ASK_CUT_COUNT, _is_text)).isdigit(),
            has_presenter=talk.heard(ASK_PRESENTER, PRESENTER_HEAD),
        )
        # A printer that did not know a question may have taken its letters for text: they are forgotten here.
        link.send(INITIALIZE, answer_s)
        return traits
    finally:
        link.close()


def reader_at(
    url: str,
    is_stopping: Callable[[], bool] = lambda: False,
    monotonic: Callable[[], float] = time.monotonic,
    patience: float = 1.0,
) -> ReaderTraits:
    """Ask an agreed port as a reader at every speed; raises ReaderOut when none answers."""
    try:
        transport = SerialTransport(url, BAUDS[0], is_stopping=is_stopping, monotonic=monotonic)
    except TransportLost as error:
        raise lost(error) from error
    try:
        reader = SdtReader(transport, monotonic=monotonic, patience=patience)
        return ReaderTraits(reader.detect(), reader.module_number())
    finally:
        transport.close()


def first_reader(urls: Sequence[str], patience: float = 1.0) -> tuple[str, ReaderTraits]:
    """Return the first of several agreed ports at which a reader answers; raises the last one's ReaderOut."""
    fault: ReaderOut | None = None
    for url in urls:
        try:
            return url, reader_at(url, patience=patience)
        except ReaderOut as out:
            fault = out
    assert fault is not None, "at least one port is asked"
    raise fault


def _identity(number: int) -> bytes:
    return b"\x1dI" + bytes((number,))


def _text(reply: Reply | None) -> str:
    """Return a printer's word about itself, its ordinary signs alone: it goes into a report."""
    raw = reply.text if isinstance(reply, TextReply) else b""
    return "".join(chr(byte) for byte in raw if 0x20 <= byte <= 0x7E)


def _is_status(reply: Reply) -> bool:
    return isinstance(reply, StatusReply)


def _is_text(reply: Reply) -> bool:
    return isinstance(reply, TextReply)


def _is_paper(reply: Reply) -> bool:
    return isinstance(reply, PaperReply)
