"""An ESC/POS printer without its plug: bytes in, replies and cut slips out, time and wires left to others.

It has the two halves of a real one. The receiving half answers DLE EOT at once, whatever else goes on. The
executing half works through the buffer in order and stands still without paper, with an open cover, after a
jam or off-line; whatever waits behind, a question about completion too, waits with it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image

from kiosk.devices.emulators.printer_commands import Command, CommandReader
from kiosk.devices.emulators.printer_paper import Paper

EVENTS_KEPT = 200
LINE_DOTS = 30
CUTTER_DISTANCE_DOTS = 96
MODEL_NAME = b"HALL-EMULATOR"

_FIXES = {
    "reload": {"is_paper_out": False, "is_paper_low": False},
    "paper_out": {"is_paper_out": True, "is_paper_low": True},
    "paper_low": {"is_paper_low": True},
    "cover_open": {"is_cover_open": True},
    "cover_close": {"is_cover_open": False},
    "offline": {"is_offline": True},
    "online": {"is_offline": False},
    "cutter_jam": {"will_jam": True},
    "cutter_clear": {"will_jam": False, "is_jammed": False},
    "mute": {"is_mute": True},
    "unmute": {"is_mute": False},
}
CONDITIONS = tuple(_FIXES)


@dataclass(slots=True)
class Condition:
    """What is wrong with the printer. `will_jam` is a cutter that jams at its next cut."""

    is_paper_out: bool = False
    is_paper_low: bool = False
    is_cover_open: bool = False
    is_offline: bool = False
    will_jam: bool = False
    is_jammed: bool = False
    is_mute: bool = False

    @property
    def is_stopped(self) -> bool:
        """Return whether the executing half stands still."""
        return self.is_paper_out or self.is_cover_open or self.is_offline or self.is_jammed


@dataclass(frozen=True, slots=True)
class CutSlip:
    """One piece of paper: its number from 1, its picture, and the bytes that made it."""

    number: int
    picture: Image.Image
    job: bytes


@dataclass(slots=True)
class Machine:
    """One printer. `on_slip` gets each cut slip; `on_tail` the questions behind that cut, as bytes."""

    width_dots: int
    on_slip: Callable[[CutSlip], None]
    on_tail: Callable[[int, bytes], None]
    condition: Condition = field(default_factory=Condition)
    urgent: deque[bytes] = field(default_factory=deque)
    behind: deque[bytes] = field(default_factory=deque)
    events: deque[str] = field(default_factory=lambda: deque(maxlen=EVENTS_KEPT))
    cuts: int = 0
    rows_printed: int = 0
    _reader: CommandReader = field(default_factory=CommandReader)
    _paper: Paper = field(init=False)
    _window: bytes = b""
    _rows: deque[bytes] = field(default_factory=deque)
    _cut_waits: bool = False
    _job: bytearray = field(default_factory=bytearray)
    _has_tail: bool = False
    _line_dots: int = LINE_DOTS
    _automatic: int = 0
    _later: list[tuple[int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Load a new roll."""
        self._paper = Paper(self.width_dots)

    def receive(self, data: bytes) -> None:
        """Take bytes into the buffer, answering real-time questions as they pass."""
        for byte in data:
            self._window = (self._window + bytes((byte,)))[-3:]
            if self._window[:2] == b"\x10\x04" and len(self._window) == 3:
                self._answer_real_time(byte)
                self._window = b""
        self._reader.feed(data)

    def change(self, name: str, after_rows: int = 0) -> None:
        """Let a condition begin or end, at once or once so many more rows have been printed."""
        if name not in _FIXES:
            raise ValueError(f"no condition is called {name!r}")
        if after_rows:
            self._later.append((self.rows_printed + after_rows, name))
            return
        for field_name, value in _FIXES[name].items():
            setattr(self.condition, field_name, value)
        self._note(f"condition {name}")
        if self._automatic:
            self._reply(self.urgent, self._automatic_block())

    def work(self, rows: int | None = None) -> int:
        """Execute what is in the buffer, at most so many rows of paper; return the rows moved."""
        started = self.rows_printed
        while not self.condition.is_stopped and (rows is None or self.rows_printed - started < rows):
            if self._rows:
                self._move(self._rows.popleft())
            elif self._cut_waits:
                self._cut()
            elif (command := self._reader.next()) is not None:
                self._execute(command)
            else:
                break
        return self.rows_printed - started

    def _move(self, row: bytes) -> None:
        self._paper.print_row(row)
        self.rows_printed += 1
        due = [name for at, name in self._later if at <= self.rows_printed]
        self._later = [(at, name) for at, name in self._later if at > self.rows_printed]
        for name in due:
            self.change(name)

    def _cut(self) -> None:
        if self.condition.will_jam:
            self.condition.will_jam, self.condition.is_jammed = False, True
            self._note("cutter jammed")
            return
        self._cut_waits = False
        self.cuts += 1
        job, self._job = bytes(self._job), bytearray()
        self._has_tail = True
        self._note(f"cut {self.cuts}")
        self.on_slip(CutSlip(self.cuts, self._paper.cut(), job))

    def _execute(self, command: Command) -> None:
        execute = getattr(self, f"_do_{command.name}", None)
        if command.name in ("ask_behind_all", "ask_paper", "extended"):
            self._keep_tail(command)
        elif not command.name.startswith(("ask_", "real_time", "nothing")):
            self._job += command.raw
            self._has_tail = False
        if execute is not None:
            execute(command)
        elif command.name not in ("style", "carriage_return", "nothing", "real_time_status"):
            self._note(f"{command.name} {command.raw[:16].hex(' ')}")

    def _keep_tail(self, command: Command) -> None:
        """Questions right behind a cut belong to that slip's bytes, up to the first GS r."""
        if self._job:
            self._job += command.raw
        elif self._has_tail:
            self.on_tail(self.cuts, command.raw)
            self._has_tail = command.name == "extended"

    def _do_initialize(self, _command: Command) -> None:
        self._line_dots = LINE_DOTS

    def _do_line_spacing(self, command: Command) -> None:
        self._line_dots = command.arguments[0]

    def _do_default_line_spacing(self, _command: Command) -> None:
        self._line_dots = LINE_DOTS

    def _do_feed_dots(self, command: Command) -> None:
        self._rows.extend([b""] * command.arguments[0])

    def _do_feed_lines(self, command: Command) -> None:
        self._rows.extend([b""] * (command.arguments[0] * self._line_dots))

    def _do_line_feed(self, _command: Command) -> None:
        self._rows.extend([b""] * self._line_dots)

    def _do_text(self, command: Command) -> None:
        self._note(f"text {command.arguments.decode('gb18030', 'replace')}")

    def _do_raster(self, command: Command) -> None:
        mode, stride = command.arguments[0], int.from_bytes(command.arguments[1:3], "little")
        picture = command.raw[8:]
        if any(pair in picture for pair in (b"\x10\x04", b"\x10\x05", b"\x10\x14")):
            self._note("real-time command inside a picture")
        if stride * 8 > self.width_dots:
            self._note(f"raster of {stride} bytes is wider than the paper")
        if mode not in (0, 48):
            self._note(f"raster mode {mode} printed at normal size")
        if stride:
            self._rows.extend(picture[at : at + stride] for at in range(0, len(picture), stride))

    def _do_cut(self, command: Command) -> None:
        if command.raw[:2] == b"\x1dV" and len(command.raw) == 4:
            self._rows.extend([b""] * (CUTTER_DISTANCE_DOTS + command.arguments[1]))
        self._cut_waits = True

    def _do_ask_behind_all(self, command: Command) -> None:
        if command.arguments[0] in (1, 49):
            self._reply(self.behind, bytes((0x03 if self.condition.is_paper_low else 0x00,)))
        else:
            self._reply(self.behind, b"\x00")

    def _do_ask_paper(self, _command: Command) -> None:
        self._reply(self.behind, bytes((0x03 if self.condition.is_paper_low else 0x00,)))

    def _do_extended(self, command: Command) -> None:
        if command.raw[2:7] == b"H\x06\x0000" and len(command.raw) == 11:
            self._reply(self.behind, b'7"' + command.raw[7:] + b"\0")
        else:
            self._note(f"extended {command.raw[:16].hex(' ')}")

    def _do_ask_count(self, command: Command) -> None:
        if command.arguments[1:] == b"\xb2\x00":
            self._reply(self.behind, b"_" + str(self.cuts).encode() + b"\0")
        else:
            self._note(f"ask_count {command.raw.hex(' ')}")

    def _do_ask_identity(self, command: Command) -> None:
        is_text = command.arguments[0] >= 65
        self._reply(self.behind, b"_" + MODEL_NAME + b"\0" if is_text else b"\x02")

    def _do_automatic_status(self, command: Command) -> None:
        self._automatic = command.arguments[0]
        if self._automatic:
            self._reply(self.urgent, self._automatic_block())

    def _answer_real_time(self, number: int) -> None:
        now = self.condition
        paper = (0x0C if now.is_paper_low else 0) | (0x60 if now.is_paper_out else 0)
        offline = 0x08 if now.is_stopped else 0
        answers = {
            1: offline,
            2: (0x04 if now.is_cover_open else 0)
            | (0x20 if now.is_paper_out else 0)
            | (0x40 if now.is_jammed else 0),
            3: 0x08 if now.is_jammed else 0,
            4: paper,
        }
        if number in answers:
            self._reply(self.urgent, bytes((0x12 | answers[number],)))

    def _automatic_block(self) -> bytes:
        now = self.condition
        first = 0x10 | (0x08 if now.is_stopped else 0) | (0x20 if now.is_cover_open else 0)
        paper = (0x03 if now.is_paper_low else 0) | (0x0C if now.is_paper_out else 0)
        return bytes((first, 0x08 if now.is_jammed else 0, paper, 0))

    def _reply(self, queue: deque[bytes], reply: bytes) -> None:
        if not self.condition.is_mute:
            queue.append(reply)

    def _note(self, event: str) -> None:
        self.events.append(event)
