"""What an emulated scanner understands: the orders of four families, and what each answers to them.

| dialect   | set up                                      | read         | stop         | reads     |
| --------- | ------------------------------------------- | ------------ | ------------ | --------- |
| plain     |                                             |              |              | by itself |
| newland   | `~<SOH>0000` `#` or `@`, commands, `;<ETX>` |              |              | by itself |
| honeywell | `<SYN>M<CR>` commands `!` or `.`            | `<SYN>T<CR>` | `<SYN>U<CR>` | by itself |
| zkteco    |                                             | `T`          | `P`          | when told |
| gm65      |                                             | 9 bytes      |              | when told |

After TRGMOD0 a honeywell reads when told as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto

ACK, NAK = b"\x06", b"\x15"
_LONGEST_ORDER = 512
_NEWLAND_KNOWN = re.compile(rb"(SCNMOD[0234]|SCNENA[01]|RRDENA[01]|RRDDUR\d{1,5}|CIDENA[01])")
_HONEYWELL_KNOWN = re.compile(rb"(?i)TRGMOD[0-9]+")
_GM65_READ = bytes.fromhex("7E 00 08 01 00 02 01 AB CD")
_GM65_ANSWER = bytes.fromhex("02 00 00 01 00 33 31")


class OrderKind(Enum):
    """What an order is for."""

    SET_UP = auto()
    READ = auto()
    STOP = auto()


@dataclass(frozen=True, slots=True)
class Order:
    """One order as it came, and what is answered at once."""

    kind: OrderKind
    content: bytes
    reply: bytes = b""


Answer = Callable[[re.Match[bytes]], bytes]


@dataclass(frozen=True, slots=True)
class Dialect:
    """The orders of one family. `waits_to_be_told` is how it is delivered; `no_read` its word for nothing."""

    patterns: tuple[tuple[re.Pattern[bytes], OrderKind, Answer], ...] = ()
    waits_to_be_told: bool = False
    no_read: bytes = b""


class OrderBook:
    """Finds orders in what the host sends, however it is split; what is no order is skipped."""

    def __init__(self, dialect: Dialect) -> None:
        """Understand one dialect."""
        self._dialect = dialect
        self._pending = bytearray()

    def hear(self, arrived: bytes) -> Iterator[Order]:
        """Yield the orders that are whole now, in order."""
        self._pending += arrived
        while (order := self._next()) is not None:
            yield order
        del self._pending[:-_LONGEST_ORDER]

    def _next(self) -> Order | None:
        found = [
            (match.start(), kind, match, answer)
            for pattern, kind, answer in self._dialect.patterns
            if (match := pattern.search(self._pending)) is not None
        ]
        if not found:
            return None
        _, kind, match, answer = min(found, key=lambda item: item[0])
        order = Order(kind, bytes(match[0]), answer(match))
        del self._pending[: match.end()]
        return order


def _silent(_: re.Match[bytes]) -> bytes:
    return b""


def _newland(match: re.Match[bytes]) -> bytes:
    """Say each command again with a sign behind it: taken, or not known."""
    said = b"".join(
        command + (ACK if _NEWLAND_KNOWN.fullmatch(command) else NAK) + b";"
        for command in bytes(match[2]).split(b";")
        if command
    )
    return b"\x02\x010000" + bytes(match[1]) + said + b"\x03"


def _honeywell(match: re.Match[bytes]) -> bytes:
    known = all(_HONEYWELL_KNOWN.fullmatch(command) for command in bytes(match[1]).split(b";"))
    return bytes(match[1]) + (ACK if known else NAK) + bytes(match[2])


def _exactly(order: bytes) -> re.Pattern[bytes]:
    return re.compile(re.escape(order))


DIALECTS: Mapping[str, Dialect] = {
    "plain": Dialect(),
    "newland": Dialect(
        ((re.compile(rb"~\x010000([@#])([^\x03]*;)\x03"), OrderKind.SET_UP, _newland),),
    ),
    "honeywell": Dialect(
        (
            (re.compile(rb"\x16M\r([A-Za-z0-9;]+)([.!])"), OrderKind.SET_UP, _honeywell),
            (_exactly(b"\x16T\r"), OrderKind.READ, _silent),
            (_exactly(b"\x16U\r"), OrderKind.STOP, _silent),
        ),
    ),
    "zkteco": Dialect(
        ((_exactly(b"T"), OrderKind.READ, _silent), (_exactly(b"P"), OrderKind.STOP, _silent)),
        waits_to_be_told=True,
        no_read=b"%%NoRead\r",
    ),
    "gm65": Dialect(
        ((_exactly(_GM65_READ), OrderKind.READ, lambda _: _GM65_ANSWER),),
        waits_to_be_told=True,
    ),
}
