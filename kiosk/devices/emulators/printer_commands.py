"""Reads ESC/POS as a printer does: whole commands out of bytes that may arrive split anywhere.

This grammar is written from the printers' side and shares nothing with the driver's builder, so that a
mistake in one is not repeated in the other. What it does not know becomes an `unknown` command of two bytes,
and what follows is read on its own: on a real printer, too, it lands on the paper.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.devices.emulators.printer_roms import Rom, unfinished

_FIXED = {
    b"\x1b@": ("initialize", 2),
    b"\x1bJ": ("feed_dots", 3),
    b"\x1bd": ("feed_lines", 3),
    b"\x1b3": ("line_spacing", 3),
    b"\x1b2": ("default_line_spacing", 2),
    b"\x1bi": ("cut", 2),
    b"\x1bm": ("cut", 2),
    b"\x1bv": ("ask_paper", 2),
    b"\x1ba": ("justify", 3),
    b"\x1b!": ("print_mode", 3),
    b"\x1bE": ("bold", 3),
    b"\x1bG": ("bold", 3),
    b"\x1bM": ("font", 3),
    b"\x1b-": ("underline", 3),
    b"\x1b ": ("right_space", 3),
    b"\x1b$": ("position", 4),
    b"\x1bt": ("code_page", 3),
    b"\x1bR": ("style", 3),
    b"\x1b{": ("style", 3),
    b"\x1bV": ("style", 3),
    b"\x1bp": ("drawer", 5),
    b"\x1bc": ("panel", 4),
    b"\x1d!": ("character_size", 3),
    b"\x1dB": ("white_on_black", 3),
    b"\x1dL": ("left_margin", 4),
    b"\x1dW": ("area_width", 4),
    b"\x1dP": ("style", 4),
    b"\x1dr": ("ask_behind_all", 3),
    b"\x1da": ("automatic_status", 3),
    b"\x1dI": ("ask_identity", 3),
    b"\x1dg0": ("reset_count", 6),
    b"\x1dg2": ("ask_count", 6),
    b"\x1c&": ("chinese", 2),
    b"\x1c.": ("single_bytes", 2),
    b"\x1c!": ("chinese_mode", 3),
    b"\x1c-": ("chinese_underline", 3),
    b"\x1cW": ("chinese_double", 3),
    b"\x1cS": ("chinese_space", 4),
    b"\x10\x04": ("real_time_status", 3),
    b"\x10\x05": ("real_time_recovery", 3),
    b"\n": ("line_feed", 1),
    b"\r": ("carriage_return", 1),
    b"\t": ("tab", 1),
    b"\x0c": ("line_feed", 1),
    b"\x18": ("cancel", 1),
}
_PRESENTER = {
    b"\x1c\xc0\x34": ("cut_and_present", 3),
    b"\x1d\xe0": ("full_status", 3),
    b"\x1d\xe1": ("ask_paper_left", 2),
    b"\x1d\xe2": ("ask_cuts", 2),
    b"\x1d\xe3": ("ask_printed", 2),
    b"\x1d\xe4": ("ask_retracts", 2),
    b"\x1de\x02": ("retract", 3),
    b"\x1de\x03": ("present", 4),
    b"\x1de\x05": ("eject", 3),
    b"\x1de\x06": ("ask_ejector", 3),
}
_LEADS = b"\x10\x1b\x1c\x1d"
_REAL_TIME_PULSE_BYTES = {1: 5, 2: 5, 3: 5, 7: 5, 8: 10}
_EVERY_FUNCTION = bytes(range(256))


@dataclass(frozen=True, slots=True)
class Command:
    """One whole command: its name, all its bytes, and the arguments behind its prefix."""

    name: str
    raw: bytes
    arguments: bytes = b""


class CommandReader:
    """Collects bytes and gives whole commands.

    `extended` are the functions of GS ( that are known, `has_presenter` the commands of Custom's printers.
    """

    def __init__(
        self, extended: bytes = _EVERY_FUNCTION, rom: Rom = Rom.GB18030, *, has_presenter: bool = False
    ) -> None:
        self._buffer = bytearray()
        self._extended = extended
        self._rom = rom
        self._fixed = {**_FIXED, **_PRESENTER} if has_presenter else _FIXED

    def feed(self, received: bytes) -> None:
        """Take in bytes."""
        self._buffer += received

    def forget(self) -> None:
        """Drop what has come, as a printer does that lost its power."""
        self._buffer.clear()

    def next(self) -> Command | None:
        """Return the next whole command, or None until more bytes come."""
        command = self._first()
        if command is not None:
            del self._buffer[: len(command.raw)]
        return command

    def _first(self) -> Command | None:
        buffer = self._buffer
        if not buffer:
            return None
        if not buffer[0]:
            return Command("nothing", bytes(len(buffer) - len(buffer.lstrip(b"\0"))))
        for size in (1, 2, 3):
            known = self._fixed.get(bytes(buffer[:size]))
            if known is not None:
                return self._sliced(known[0], size, known[1])
        if buffer[0] >= 0x20:
            return self._text()
        if buffer[0] not in _LEADS:
            return Command("unknown", bytes(buffer[:1]))
        return self._variable()

    def _sliced(self, name: str, prefix: int, length: int) -> Command | None:
        if len(self._buffer) < length:
            return None
        raw = bytes(self._buffer[:length])
        return Command(name, raw, raw[prefix:])

    def _text(self) -> Command | None:
        """Return a run of text without a character that is not whole yet."""
        end = next((at for at, byte in enumerate(self._buffer) if byte < 0x20), None)
        if end is None:
            end = len(self._buffer) - unfinished(bytes(self._buffer), self._rom)
        return self._sliced("text", 0, end) if end else None

    def _variable(self) -> Command | None:
        """Return a command whose length stands in its own arguments; unknown ones end after two bytes."""
        if len(self._buffer) < 3:
            return None
        head, kind = bytes(self._buffer[:2]), self._buffer[2]
        if head == b"\x1dV":
            return self._sliced("cut", 2, 3 if kind in (0, 1, 48, 49) else 4)
        if head == b"\x10\x14":
            return self._sliced("real_time_pulse", 2, _REAL_TIME_PULSE_BYTES.get(kind, 3))
        if head == b"\x1bD":
            end = self._buffer.find(0, 2)
            return self._sliced("style", 2, end + 1) if end > 0 else None
        return self._counted(head, kind)

    def _counted(self, head: bytes, kind: int) -> Command | None:
        """Return a command whose first bytes tell how many follow them."""
        name, prefix, first, size = "unknown", 2, 0, 2
        if head == b"\x1d(" and kind in self._extended:
            name, first, size = "extended", 5, self._number(3, 2)
        elif head == b"\x1d8" and kind == 0x4C and kind in self._extended:
            name, first, size = "long_graphics", 7, self._number(3, 4)
        elif head == b"\x1dv" and kind == 0x30:
            name, prefix, first, size = "raster", 3, 8, self._number(4, 2) * self._number(6, 2)
        elif head == b"\x1b*":
            name, first, size = "columns", 5, self._number(3, 2) * (3 if kind in (32, 33) else 1)
        return self._sliced(name, prefix, first + size) if len(self._buffer) >= first else None

    def _number(self, at: int, size: int) -> int:
        return int.from_bytes(self._buffer[at : at + size], "little")
