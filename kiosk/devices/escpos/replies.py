"""Tells apart what a printer sends back: status bytes, block replies, flow control and unasked reports.

| first byte | reply |
|---|---|
| `0xx1xx10` | answer to DLE EOT |
| `0xx1xx00` | automatic status: this byte and three of the form `0xx0xxxx` |
| `0xx0xxxx` | answer to GS r |
| `37 22 d1 d2 d3 d4 00` | the token of GS ( H fn 48 |
| `5F … 00` | text, such as the cutter's count |
| `10 0F p u r x` | Custom's full status, from printers of that dialect only |
| digits, a blank or none, `cuts` | Custom's count of cuts, only while it is asked for |
| `11`, `13` | XON, XOFF |

The last two look like other replies to anybody else, so a stream is told whether to know them. One stream
carries them all, in pieces of any size; anything else is line noise and is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

BLOCK_MAX_BYTES = 80
"""The longest block is a text of 80 bytes; a longer one has lost its end."""

_TOKEN_START = 0x37
_TEXT_START = 0x5F
_AUTOMATIC_BYTES = 4
_FULL_HEAD = b"\x10\x0f"
_FULL_BYTES = 6
_COUNT = re.compile(rb"([0-9]{1,10}) ?cuts?")
_COUNT_BEGUN = re.compile(rb"[0-9]{1,10} ?c?u?t?")


@dataclass(frozen=True, slots=True)
class StatusReply:
    """The one byte that answers DLE EOT; it does not say which question it answers."""

    bits: int


@dataclass(frozen=True, slots=True)
class PaperReply:
    """The one byte that answers GS r 1 once everything before it has been executed."""

    bits: int


@dataclass(frozen=True, slots=True)
class AutomaticReply:
    """Four bytes a printer sends unasked when its state changes."""

    block: bytes


@dataclass(frozen=True, slots=True)
class TokenReply:
    """The token of a job whose printing is complete."""

    token: bytes


@dataclass(frozen=True, slots=True)
class TextReply:
    """A text the printer was asked for."""

    text: bytes


@dataclass(frozen=True, slots=True)
class FullReply:
    """Custom's status in four bytes: paper, user, recoverable, unrecoverable."""

    block: bytes


Reply = StatusReply | PaperReply | AutomaticReply | TokenReply | TextReply | FullReply


class ReplyStream:
    """Collects received bytes and yields whole replies; an unfinished one waits for its rest."""

    def __init__(self, *, is_custom: bool = False) -> None:
        """Start with nothing received; `is_custom` is a printer of Custom's dialect."""
        self._waiting = bytearray()
        self._is_custom = is_custom
        self.awaits_count = False
        """Whether a count without any frame around it was asked for and did not come yet."""

    def feed(self, received: bytes) -> Iterator[Reply]:
        """Yield the replies that `received` completes."""
        self._waiting += received
        while self._waiting:
            size = self._first_size()
            if size is None:
                return
            reply = _reply(bytes(self._waiting[:size]), is_custom=self._is_custom)
            if self.awaits_count and (count := _COUNT.fullmatch(self._waiting[:size])):
                reply, self.awaits_count = TextReply(bytes(count[1])), False
            del self._waiting[:size]
            if reply is not None:
                yield reply

    def forget(self) -> None:
        """Drop an unfinished reply, before a new question or a new connection."""
        self._waiting.clear()

    def _first_size(self) -> int | None:
        """Return how many bytes the first reply has, or None while some are missing."""
        waiting = self._waiting
        if self.awaits_count and 0x30 <= waiting[0] <= 0x39:
            if count := _COUNT.match(waiting):
                return count.end()
            return None if _COUNT_BEGUN.fullmatch(waiting) else 1
        if self._is_custom and _FULL_HEAD.startswith(waiting[:2]):
            return _FULL_BYTES if len(waiting) >= _FULL_BYTES else None
        return _size(waiting)


def _size(waiting: bytearray) -> int | None:
    """Return how many bytes the first reply has, or None while some are missing."""
    first = waiting[0]
    if first in (_TOKEN_START, _TEXT_START):
        end = waiting.find(0, 0, BLOCK_MAX_BYTES)
        if end >= 0:
            return end + 1
        return None if len(waiting) < BLOCK_MAX_BYTES else 1
    if first & 0x93 == 0x10:
        following = waiting[1:_AUTOMATIC_BYTES]
        if any(byte & 0x90 for byte in following):
            return 1
        return _AUTOMATIC_BYTES if len(waiting) >= _AUTOMATIC_BYTES else None
    return 1


def _reply(block: bytes, *, is_custom: bool) -> Reply | None:
    if len(block) == 1:
        return _single(block[0])
    if is_custom and len(block) == _FULL_BYTES and block.startswith(_FULL_HEAD):
        return FullReply(block[2:])
    if block[0] == _TOKEN_START and len(block) == 7:
        return TokenReply(block[2:6])
    if block[0] == _TEXT_START:
        return TextReply(block[1:-1])
    return AutomaticReply(block) if len(block) == _AUTOMATIC_BYTES else None


def _single(byte: int) -> Reply | None:
    if byte & 0x93 == 0x12:
        return StatusReply(byte)
    return PaperReply(byte) if byte & 0x90 == 0 else None
