"""Tells apart what a printer sends back: status bytes, block replies, flow control and unasked reports.

| first byte | reply |
|---|---|
| `0xx1xx10` | answer to DLE EOT |
| `0xx1xx00` | automatic status: this byte and three of the form `0xx0xxxx` |
| `0xx0xxxx` | answer to GS r |
| `37 22 d1 d2 d3 d4 00` | the token of GS ( H fn 48 |
| `5F … 00` | text, such as the cutter's count |
| `11`, `13` | XON, XOFF |

One stream carries them all, in pieces of any size; anything else is line noise and is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

BLOCK_MAX_BYTES = 80
"""The longest block is a text of 80 bytes; a longer one has lost its end."""

_TOKEN_START = 0x37
_TEXT_START = 0x5F
_AUTOMATIC_BYTES = 4


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


Reply = StatusReply | PaperReply | AutomaticReply | TokenReply | TextReply


class ReplyStream:
    """Collects received bytes and yields whole replies; an unfinished one waits for its rest."""

    def __init__(self) -> None:
        """Start with nothing received."""
        self._waiting = bytearray()

    def feed(self, received: bytes) -> Iterator[Reply]:
        """Yield the replies that `received` completes."""
        self._waiting += received
        while self._waiting:
            size = _size(self._waiting)
            if size is None:
                return
            reply = _reply(bytes(self._waiting[:size]))
            del self._waiting[:size]
            if reply is not None:
                yield reply

    def forget(self) -> None:
        """Drop an unfinished reply, before a new question or a new connection."""
        self._waiting.clear()


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


def _reply(block: bytes) -> Reply | None:
    first = block[0]
    if first == _TOKEN_START and len(block) == 7:
        return TokenReply(block[2:6])
    if first == _TEXT_START and len(block) > 1:
        return TextReply(block[1:-1])
    if len(block) == _AUTOMATIC_BYTES:
        return AutomaticReply(block)
    if len(block) == 1 and first & 0x93 == 0x12:
        return StatusReply(first)
    if len(block) == 1 and first & 0x90 == 0:
        return PaperReply(first)
    return None
