"""Codes in whatever a scanner's line delivers: where one ends, what is no part of it, how its bytes are read.

| bytes                  | meaning                                                                   |
| ---------------------- | ------------------------------------------------------------------------- |
| 0D, 0A                 | end of a code; with nothing before it, as the second of 0D 0A, no end     |
| silence                | end of a code too: an empty look at the line, 80 ms after its last byte     |
| 00–1F, 7F, FF          | noise and packing; never part of a character in UTF-8 or GB 18030         |
| an answer to a command | no part of the code behind it; which answers there are depends on the model |
| anything else          | the code, in UTF-8 or else GB 18030                                       |

Silence is what was looked for and not found, never what a clock says of two arrivals: a thread that was held
up for a second between two reads must not cut a code in two.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

SILENCE_S = 0.08
"""How long the line must be silent before a code without an end sign counts as whole."""

LONGEST_BYTES = 4096
"""The longest run of bytes that is taken for a code; a QR code holds 2,953 bytes at most."""

_PIECES = re.compile(rb"[^\r\n]+|[\r\n]+")
_NOISE = bytes([*range(0x20), 0x7F, 0xFF])
_CONTROL_SIGNS = dict.fromkeys([*range(0x80, 0xA0), 0xFEFF])


class CodeFault(StrEnum):
    """Why something that came from the scanner is no code."""

    TOO_LONG = "too_long"
    """More than 4,096 bytes without an end; all are dropped, because a code cut off may look like one."""
    GARBLED = "garbled"
    """The bytes are no text in any encoding a scanner uses."""
    NOTHING_READ = "nothing_read"
    """The scanner itself says that it saw nothing it can read."""


@dataclass(frozen=True, slots=True, repr=False)
class Code:
    """One code: its text, at least one sign, and the monotonic second at which its last byte came."""

    text: str
    ended_at: float

    def __repr__(self) -> str:
        """Show the length alone; the text may be secret or somebody's own."""
        return f"Code({len(self.text)} signs)"


@dataclass(frozen=True, slots=True)
class NoCode:
    """Something that was to be a code and is none."""

    fault: CodeFault
    ended_at: float


Framed = Code | NoCode


class CodeFramer:
    """Collects bytes and gives back whole codes, however the line splits, packs or disturbs them."""

    def __init__(self, answers: Sequence[bytes] = (), no_read: Collection[str] = ()) -> None:
        """Take off `answers` where they stand before a code; take the words `no_read` for no code."""
        leading = [*map(re.escape, answers), b"[" + re.escape(_NOISE) + b"]"]
        self._leading = re.compile(b"(?:" + b"|".join(leading) + b")*")
        self._no_read = frozenset(no_read)
        self._run = bytearray()
        self._is_spilt = False
        self._last_at = 0.0

    @property
    def ends_at(self) -> float | None:
        """The second from which silence ends the code that has begun; None when none has."""
        return self._last_at + SILENCE_S if self._run or self._is_spilt else None

    def feed(self, arrived: bytes, at: float) -> list[Framed]:
        """Take bytes that came at monotonic second `at`, and return the codes that ended with them."""
        self._last_at = at
        found: list[Framed] = []
        for piece in _PIECES.findall(arrived):
            found += self._end() if piece[0] in b"\r\n" else self._add(piece)
        return found

    def silence(self, looked_at: float) -> list[Framed]:
        """Hear that a look at the line that began at `looked_at` found nothing; it may end a code."""
        ends_at = self.ends_at
        return self._end() if ends_at is not None and looked_at >= ends_at else []

    def _add(self, piece: bytes) -> list[Framed]:
        if self._is_spilt:
            return []
        self._run += piece
        if len(self._run) <= LONGEST_BYTES:
            return []
        self._run.clear()
        self._is_spilt = True
        return [NoCode(CodeFault.TOO_LONG, self._last_at)]

    def _end(self) -> list[Framed]:
        run = bytes(self._run)
        self._run.clear()
        self._is_spilt = False
        leading = self._leading.match(run)
        start = leading.end() if leading else 0
        kept = run[start:].translate(None, _NOISE)
        if not kept:
            return []
        text = _text(kept)
        if text is None:
            return [NoCode(CodeFault.GARBLED, self._last_at)]
        if text in self._no_read:
            return [NoCode(CodeFault.NOTHING_READ, self._last_at)]
        return [Code(text, self._last_at)] if text else []


def _text(raw: bytes) -> str | None:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).translate(_CONTROL_SIGNS)
        except UnicodeDecodeError:
            continue
    return None
