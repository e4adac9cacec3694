"""Reads ESC/POS as a printer does: whole commands out of bytes that may arrive split anywhere.

This grammar is written from the printers' side and shares nothing with the driver's builder, so that a
mistake in one is not repeated in the other. What it does not know becomes an `unknown` command.
"""

from __future__ import annotations

from dataclasses import dataclass

_FIXED = {
    b"\x1b@": ("initialize", 2),
    b"\x1bJ": ("feed_dots", 3),
    b"\x1bd": ("feed_lines", 3),
    b"\x1b3": ("line_spacing", 3),
    b"\x1b2": ("default_line_spacing", 2),
    b"\x1bi": ("cut", 2),
    b"\x1bm": ("cut", 2),
    b"\x1bv": ("ask_paper", 2),
    b"\x1ba": ("style", 3),
    b"\x1b!": ("style", 3),
    b"\x1bE": ("style", 3),
    b"\x1bG": ("style", 3),
    b"\x1bM": ("style", 3),
    b"\x1b-": ("style", 3),
    b"\x1bt": ("style", 3),
    b"\x1bR": ("style", 3),
    b"\x1b{": ("style", 3),
    b"\x1bp": ("drawer", 5),
    b"\x1bc": ("panel", 4),
    b"\x1d!": ("style", 3),
    b"\x1dB": ("style", 3),
    b"\x1dL": ("style", 4),
    b"\x1dW": ("style", 4),
    b"\x1dP": ("style", 4),
    b"\x1dr": ("ask_behind_all", 3),
    b"\x1da": ("automatic_status", 3),
    b"\x1dI": ("ask_identity", 3),
    b"\x1dg0": ("reset_count", 6),
    b"\x1dg2": ("ask_count", 6),
    b"\x1c&": ("style", 2),
    b"\x1c.": ("style", 2),
    b"\x1c!": ("style", 3),
    b"\x1c-": ("style", 3),
    b"\x1cW": ("style", 3),
    b"\x1cS": ("style", 4),
    b"\x10\x04": ("real_time_status", 3),
    b"\x10\x05": ("real_time_recovery", 3),
    b"\n": ("line_feed", 1),
    b"\r": ("carriage_return", 1),
    b"\t": ("style", 1),
    b"\x0c": ("line_feed", 1),
    b"\x18": ("cancel", 1),
}
_LEADS = b"\x10\x1b\x1c\x1d"
_REAL_TIME_PULSE_BYTES = {1: 5, 2: 5, 3: 5, 7: 5, 8: 10}


@dataclass(frozen=True, slots=True)
class Command:
    """One whole command: its name, all its bytes, and the arguments behind its prefix."""

    name: str
    raw: bytes
    arguments: bytes = b""


class CommandReader:
    """Collects bytes and gives whole commands."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, received: bytes) -> None:
        """Take in bytes."""
        self._buffer += received

    def next(self) -> Command | None:
        """Return the next whole command, or None until more bytes come."""
        command = _first(bytes(self._buffer))
        if command is not None:
            del self._buffer[: len(command.raw)]
        return command


def _first(buffer: bytes) -> Command | None:
    if not buffer:
        return None
    if not buffer[0]:
        return Command("nothing", buffer[: len(buffer) - len(buffer.lstrip(b"\0"))])
    for size in (1, 2, 3):
        if buffer[:size] in _FIXED:
            name, length = _FIXED[buffer[:size]]
            return _sliced(name, buffer, size, length)
    if buffer[0] >= 0x20:
        return _text(buffer)
    if buffer[0] not in _LEADS:
        return Command("unknown", buffer[:1])
    return _variable(buffer)


def _sliced(name: str, buffer: bytes, prefix: int, length: int) -> Command | None:
    return Command(name, buffer[:length], buffer[prefix:length]) if len(buffer) >= length else None


def _text(buffer: bytes) -> Command | None:
    """Return a run of text; it is complete only when a control byte follows, as a character may be split."""
    end = next((at for at, byte in enumerate(buffer) if byte < 0x20), None)
    return None if end is None else Command("text", buffer[:end], buffer[:end])


def _variable(buffer: bytes) -> Command | None:
    """Return a command whose length stands in its own arguments; unknown ones end after two bytes."""
    if len(buffer) < 3:
        return None
    head, kind = buffer[:2], buffer[2]
    if head == b"\x1dV":
        return _sliced("cut", buffer, 2, 3 if kind in (0, 1, 48, 49) else 4)
    if head == b"\x10\x14":
        return _sliced("real_time_pulse", buffer, 2, _REAL_TIME_PULSE_BYTES.get(kind, 3))
    if head == b"\x1d(":
        return _counted("extended", buffer, 2, 5)
    if head == b"\x1dv" and kind == 0x30:
        return _counted("raster", buffer, 3, 8)
    return Command("unknown", head)


def _counted(name: str, buffer: bytes, prefix: int, head: int) -> Command | None:
    """Return a command whose head ends in the size of what follows: one number, or two to be multiplied."""
    if len(buffer) < head:
        return None
    size = _length(buffer, 3) if head == 5 else _length(buffer, 4) * _length(buffer, 6)
    return _sliced(name, buffer, prefix, head + size)


def _length(buffer: bytes, at: int) -> int:
    return buffer[at] | buffer[at + 1] << 8
