"""An ESC/POS printer without its plug: bytes in, replies and cut slips out, time and wires left to others.

It has the two halves of a real one. The receiving half answers DLE EOT at once, whatever else goes on. The
executing half works through the buffer in order and stands still without paper, with an open cover, after a
jam or off-line; whatever waits behind, a question about completion too, waits with it. Without power both
are gone, and with them the buffer; the paper that hangs out and the counters stay.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image

from kiosk.devices.emulators.printer_commands import Command, CommandReader
from kiosk.devices.emulators.printer_dialects import ANY, Dialect
from kiosk.devices.emulators.printer_paper import Paper
from kiosk.devices.emulators.printer_pictures import (
    Graphics,
    QrCode,
    UnreadableError,
    column_picture,
    raster_rows,
    rows_picture,
)
from kiosk.devices.emulators.printer_settings import obey
from kiosk.devices.emulators.printer_status import CHANGES, Condition, ejector_byte
from kiosk.devices.emulators.printer_typesetting import Style, Typesetter
from kiosk.devices.emulators.printer_voice import Voice

EVENTS_KEPT = 200
MODEL_NAME = b"HALL-EMULATOR"
ROLL_DOTS = 640_000
"""A new roll of 80 m."""
DOTS_PER_CM = 80
FULL_STATUS = 20

CONDITIONS = (*CHANGES, "retract_ticket", "reset_counters", "power_off", "power_on")
_BEHIND = ("ask_behind_all", "ask_paper", "ask_identity", "present")
_SILENT = ("style", "carriage_return", "nothing", "real_time_status")


@dataclass(frozen=True, slots=True)
class CutSlip:
    """One piece of paper: its number from 1, its picture, the bytes that made it, and its lines of text."""

    number: int
    picture: Image.Image
    job: bytes
    lines: tuple[str, ...] = ()


@dataclass(slots=True)
class Machine:
    """One printer. `on_slip` gets each cut slip; `on_tail` the questions behind that cut, as bytes.

    `cuts` counts the pieces of paper; `counter` is what the printer says of it, and may be reset.
    """

    width_dots: int
    on_slip: Callable[[CutSlip], None]
    on_tail: Callable[[int, bytes], None]
    dialect: Dialect = ANY
    condition: Condition = field(default_factory=Condition)
    events: deque[str] = field(default_factory=lambda: deque(maxlen=EVENTS_KEPT))
    retracted: list[int] = field(default_factory=list)
    cuts: int = 0
    counter: int = 0
    rows_printed: int = 0
    is_powered: bool = True
    buffer_bytes: int = field(init=False)
    _voice: Voice = field(init=False)
    _reader: CommandReader = field(init=False)
    _paper: Paper = field(init=False)
    _type: Typesetter = field(init=False)
    _commands: deque[Command] = field(default_factory=deque)
    _command_bytes: int = 0
    _answered_early: int = 0
    _graphics: Graphics = field(default_factory=Graphics)
    _code: QrCode = field(default_factory=QrCode)
    _window: bytes = b""
    _cut_waits: bool = False
    _job: bytearray = field(default_factory=bytearray)
    _has_tail: bool = False
    _roll_began: int = 0
    _later: list[tuple[int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Load a new roll."""
        dialect = self.dialect
        self.buffer_bytes = dialect.buffer_bytes
        self._voice = Voice(dialect, self.condition)
        self._paper = Paper(self.width_dots)
        self._reader = CommandReader(dialect.extended, dialect.rom, has_presenter=dialect.has_presenter)
        self._type = Typesetter(self.width_dots, dialect.rom, Style(is_chinese=dialect.is_chinese_at_start))

    @property
    def urgent(self) -> deque[bytes]:
        """Return what the printer says at once; whoever carries it off empties it."""
        return self._voice.urgent

    @property
    def behind(self) -> deque[bytes]:
        """Return what it says in the turn of its buffer."""
        return self._voice.behind

    @property
    def is_full(self) -> bool:
        """Return whether the buffer holds as much as the printer takes in."""
        return self._command_bytes >= self.buffer_bytes

    @property
    def _moves(self) -> bool:
        return bool(self._type.rows)

    def receive(self, data: bytes) -> None:
        """Take bytes into the buffer, answering real-time questions as they pass."""
        if not self.is_powered:
            return
        if b"\x10" in data or self._window:
            for byte in data:
                self._hear(byte)
        self._reader.feed(data)
        while (command := self._reader.next()) is not None:
            self._commands.append(command)
            self._command_bytes += len(command.raw)
            if command.name == "ask_behind_all" and self.condition.is_early and not self.condition.is_stopped:
                self._answer_behind(command)
                self._answered_early += 1

    def change(self, name: str, after_rows: int = 0) -> None:
        """Let a condition begin or end, at once or once so many more rows have been printed."""
        if name not in CONDITIONS:
            raise ValueError(f"no condition is called {name!r}")
        if after_rows:
            self._later.append((self.rows_printed + after_rows, name))
            return
        self._note(f"condition {name}")
        if name in CHANGES:
            self._change_condition(name)
        else:
            getattr(self, f"_{name}")()

    def work(self, rows: int | None = None) -> int:
        """Execute what is in the buffer, at most so many rows of paper; return the rows moved."""
        started = self.rows_printed
        while self.is_powered and not self.condition.is_stopped:
            if rows is not None and self.rows_printed - started >= rows:
                break
            if self._type.rows:
                self._move(self._type.rows.popleft())
            elif self._cut_waits:
                self._cut()
            elif self._commands:
                command = self._commands.popleft()
                self._command_bytes -= len(command.raw)
                self._execute(command)
            else:
                break
        return self.rows_printed - started

    def _hear(self, byte: int) -> None:
        self._window = (self._window + bytes((byte,)))[-3:]
        if len(self._window) == 3 and self._window[:2] == b"\x10\x04":
            self._answer_real_time(byte)
            self._window = b""
        elif 0x10 not in self._window:
            self._window = b""

    def _change_condition(self, name: str) -> None:
        for field_name, value in CHANGES[name].items():
            setattr(self.condition, field_name, value)
        if name == "reload":
            self._roll_began = self.rows_printed
        self._voice.report(moves=self._moves)

    def _power_off(self) -> None:
        self.is_powered = False
        self._reader.forget()
        self._commands.clear()
        self._command_bytes = self._answered_early = 0
        self._type.forget()
        self._voice.fall_silent()
        self._window, self._cut_waits, self._has_tail = b"", False, False

    def _power_on(self) -> None:
        self.is_powered = True

    def _reset_counters(self) -> None:
        self.counter = 0

    def _retract_ticket(self) -> None:
        """Draw back the slip that nobody took."""
        if self.condition.has_ticket:
            self.condition.has_ticket = False
            self.retracted.append(self.cuts)
            self._note(f"retracted {self.cuts}")

    def _move(self, row: bytes) -> None:
        self._paper.print_row(row)
        self.rows_printed += 1
        if not self._later:
            return
        due = [name for at, name in self._later if at <= self.rows_printed]
        self._later = [(at, name) for at, name in self._later if at > self.rows_printed]
        for name in due:
            self.change(name)

    def _cut(self) -> None:
        if self.condition.will_jam:
            self.condition.will_jam, self.condition.is_jammed = False, True
            self._note("cutter jammed")
            self._voice.report(moves=self._moves)
            return
        self._cut_waits = False
        self.cuts += 1
        self.counter += 1
        job, self._job = bytes(self._job), bytearray()
        self._has_tail = True
        self._note(f"cut {self.cuts}")
        lines = tuple(self._type.lines)
        self._type.lines.clear()
        self.on_slip(CutSlip(self.cuts, self._paper.cut(), job, lines))

    def _execute(self, command: Command) -> None:
        if command.name in _BEHIND or command.raw[:3] == b"\x1d(H":
            self._keep_tail(command)
        elif not command.name.startswith(("ask_", "real_time", "nothing")):
            self._job += command.raw
            self._has_tail = False
        written = len(self._type.lines)
        execute = getattr(self, f"_do_{command.name}", None)
        try:
            if execute is not None:
                execute(command)
            elif not obey(command, self._type) and command.name not in _SILENT:
                self._note(f"{command.name} {command.raw[:16].hex(' ')}")
        except UnreadableError as error:
            self._note(f"unreadable: {error}")
        for line in list(self._type.lines)[written:]:
            self._note(f"text {line}")

    def _keep_tail(self, command: Command) -> None:
        """Questions right behind a cut belong to that slip's bytes, up to the first GS r."""
        if self._job:
            self._job += command.raw
        elif self._has_tail:
            self.on_tail(self.cuts, command.raw)
            self._has_tail = not command.name.startswith("ask_")

    def _do_initialize(self, _command: Command) -> None:
        self._type.initialize()

    def _do_raster(self, command: Command) -> None:
        mode, stride, rows = raster_rows(command.raw)
        if any(pair in command.raw[8:] for pair in (b"\x10\x04", b"\x10\x05", b"\x10\x14")):
            self._note("real-time command inside a picture")
        if stride * 8 > self.width_dots:
            self._note(f"raster of {stride} bytes is wider than the paper")
        if rows and stride and (mode or not self._type.bare_rows(rows)):
            self._type.block(rows_picture(rows, stride, mode))

    def _do_columns(self, command: Command) -> None:
        self._type.columns(column_picture(command.raw))

    def _do_long_graphics(self, command: Command) -> None:
        self._print_block(self._graphics.take(command.raw[7:]))

    def _do_extended(self, command: Command) -> None:
        kind, function = command.raw[2:3], command.raw[5:]
        if kind == b"H" and function[:2] == b"00" and len(function) == 6:
            self._voice.answer_behind(b'7"' + function[2:] + b"\0")
        elif kind == b"L":
            self._print_block(self._graphics.take(function))
        elif kind == b"k" and function[:1] == b"1":
            self._print_block(self._code.take(function))
        else:
            self._note(f"extended {command.raw[:16].hex(' ')}")

    def _print_block(self, picture: Image.Image | None) -> None:
        if picture is not None:
            self._type.block(picture)

    def _do_cut(self, command: Command) -> None:
        self._type.finish_line()
        self._eject("pushed out by the next")
        if command.raw[:2] == b"\x1dV" and len(command.raw) == 4:
            self._type.feed(self.dialect.knife_dots + command.arguments[1])
        self._cut_waits = True

    def _do_cut_and_present(self, command: Command) -> None:
        self._do_cut(command)
        self._commands.appendleft(Command("hold_out", b""))

    def _do_hold_out(self, _command: Command) -> None:
        self.condition.has_ticket = True
        self._has_tail = True  # the command is part of the cut, and no byte of the next slip
        self._voice.report(moves=self._moves)

    def _do_present(self, command: Command) -> None:
        if self.cuts:
            self._do_hold_out(command)

    def _do_retract(self, _command: Command) -> None:
        self._retract_ticket()

    def _do_eject(self, _command: Command) -> None:
        self._eject("ejected")

    def _eject(self, how: str) -> None:
        if self.condition.has_ticket:
            self.condition.has_ticket = False
            self._note(f"ticket {self.cuts} {how}")

    def _do_ask_behind_all(self, command: Command) -> None:
        if self._answered_early:
            self._answered_early -= 1
        else:
            self._answer_behind(command)

    def _answer_behind(self, command: Command) -> None:
        if not self.condition.is_silent_behind:
            is_paper = command.arguments[0] in (1, 49)
            self._voice.answer_behind(self._voice.paper_byte() if is_paper else b"\0")

    def _do_ask_paper(self, _command: Command) -> None:
        self._voice.answer_behind(self._voice.paper_byte())

    def _do_ask_count(self, command: Command) -> None:
        if self.dialect.has_cut_count and command.arguments[1:] == b"\xb2\x00":
            self._voice.answer_behind(b"_" + str(self.counter).encode() + b"\0")
        else:
            self._note(f"ask_count {command.raw.hex(' ')}")

    def _do_ask_cuts(self, _command: Command) -> None:
        self._voice.answer_behind(f"{self.counter} cuts".encode())

    def _do_ask_printed(self, _command: Command) -> None:
        self._voice.answer_behind(f"{self.rows_printed // DOTS_PER_CM}cm".encode())

    def _do_ask_retracts(self, _command: Command) -> None:
        self._voice.answer_behind(f"{len(self.retracted)}ret".encode())

    def _do_ask_paper_left(self, _command: Command) -> None:
        left = max(0, ROLL_DOTS - (self.rows_printed - self._roll_began))
        self._voice.answer_behind(f"{left // DOTS_PER_CM}cm".encode())

    def _do_ask_ejector(self, _command: Command) -> None:
        self._voice.answer_behind(ejector_byte(self.condition))

    def _do_ask_identity(self, command: Command) -> None:
        is_text = command.arguments[0] >= 65
        self._voice.answer_behind(b"_" + MODEL_NAME + b"\0" if is_text else b"\x02")

    def _do_automatic_status(self, command: Command) -> None:
        if self.dialect.has_automatic_status:
            self._voice.automatic = command.arguments[0]
        self._voice.report(moves=self._moves)

    def _do_full_status(self, command: Command) -> None:
        self._voice.automatic = command.arguments[0] & 0x0F

    def _answer_real_time(self, number: int) -> None:
        self._voice.answer_real_time(number, moves=self._moves)
        if number == FULL_STATUS and not self.condition.is_left:
            self._eject("taken")

    def _note(self, event: str) -> None:
        self.events.append(event)
