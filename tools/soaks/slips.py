"""Thousands of slips on emulated printers that misbehave at random: none lost, none doubled, none made up.

The print minder, the journal and the driver are the program's own; the printers keep a time of their own.
Before each slip the dice say what goes wrong and when it is put right again. What is held against the
journal at the end is the paper itself, piece by piece as it was cut off:

- a slip that is called printed was cut off whole, once, and was not drawn back in;
- no slip came out twice, whatever it is called;
- a slip that still waits never moved a row of paper; none is left half-told;
- no word of the worker stands in a log line.
"""

from __future__ import annotations

import random
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from PIL import Image

from kiosk.actions.check_in import register_and_check_in
from kiosk.actions.compose_slip import read_document
from kiosk.actions.hall import Hall
from kiosk.actions.ports import SlipRecord
from kiosk.actions.printing import PrintNews, PrintStage
from kiosk.actions.recognise import recognise
from kiosk.actions.take_place import take_place
from kiosk.app.printing import PrintMinder
from kiosk.devices.emulators.printer_dialects import DIALECTS
from kiosk.devices.emulators.printer_machine import CutSlip, Machine
from kiosk.devices.emulators.printer_stops import Stop
from kiosk.devices.emulators.printer_virtual import VirtualPrinter
from kiosk.devices.printer_links import LinkLostError
from kiosk.devices.printers import PrinterTimes, SlipPrinter
from kiosk.devices.profiles import load_profile
from kiosk.domain.ids import SlipNumber
from kiosk.domain.slips import SlipState
from kiosk.paper.raster import Sheet, sheet_of
from kiosk.sample.loader import sample_rows
from tools.figures.halls import everybody, free_job, furnish, open_bench_hall
from tools.soaks.playing import everything_logged, played

MODELS = (("generic-58", "generic-58"), ("generic-80-gsh", "generic-80-gsh"), ("custom-vkp", "custom"))
PATIENCE_S = 20.0
"""How long a stopped slip waits for help, in the printer's time; help comes before or after it."""
HELP_S = (0.05, 40.0)
TROUBLES = (
    "chatty",
    "close",
    "cover_open",
    "cutter_jam",
    "late",
    "left_behind",
    "mute",
    "offline",
    "paper_low",
    "paper_out",
    "power",
    "silent_behind",
    "stall",
    "switched_off",
)
RETRACT_S = 10.0
ROUND_S = 60.0
TROUBLE_SHARE = 0.5
ROWS = 40
SLIP_BYTES = 4000
"""More than a slip of so many rows has, so that what happens at a byte also happens behind the slip."""
FIRST_NUMBER = 10_000
ENDED_S = 1800.0
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
_HEAD, _TAIL = b"\xff\x00\xff", b"\xf0\xff\xf0"


class Dishonest(AssertionError):
    """The journal says what the paper does not; the text names seed and slip, nobody's data."""


@dataclass(slots=True)
class Tally:
    """What a run came to: slips by their state, and how often each trouble was met."""

    states: Counter[str] = field(default_factory=Counter)
    came_out_unsure: int = 0
    troubles: Counter[str] = field(default_factory=Counter)


class Paper:
    """Every piece of paper that fell, read as a camera would: which slips are whole on it."""

    def __init__(self) -> None:
        self.whole: Counter[int] = Counter()
        self.touched: set[int] = set()
        self.pieces: dict[int, list[int]] = {}

    def take(self, slip: CutSlip) -> None:
        """Read one piece."""
        stride = (slip.picture.width + 7) // 8
        ink = slip.picture.point(lambda dot: 0 if dot else 255).tobytes()
        rows = [ink[at : at + stride] for at in range(0, len(ink), stride)]
        here = [
            number for top in range(len(rows)) if (number := _whole_slip(rows[top : top + ROWS])) is not None
        ]
        self.whole.update(here)
        self.pieces[slip.number] = here
        self.touched |= {number for row in rows if (number := _number_in(row)) is not None}


def sheet(number: int, width_dots: int) -> Sheet:
    """Return the picture of one slip: every row tells its number, where it begins and where it ends."""
    stride = width_dots // 8
    rows = []
    for row in range(ROWS):
        mark = _HEAD if row == 0 else _TAIL if row == ROWS - 1 else bytes((0xAA, row, 0x55))
        rows.append((mark + b"\xee" + number.to_bytes(4, "big")).ljust(stride, b"\xcc"))
    ink = Image.frombytes("1", (width_dots, ROWS), b"".join(rows))
    return sheet_of(ink.point(lambda dot: 255 - dot), ())


def run(count: int, seed: int) -> Tally:
    """Print so many slips; raises Dishonest at the first that is not what it is called.

    The journal stands in memory where there is such a folder: what a disk keeps is tried elsewhere.
    """
    place = MEMORY if MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="slips-", dir=place) as folder, everything_logged() as logged:
        furnish(Path(folder) / "hall", jobs=40, people=1)
        opened = open_bench_hall(Path(folder) / "hall")
        try:
            secrets, numbers = _queued(opened, count)
            tally = Tally()
            share = -(-count // len(MODELS))
            for at, (profile, dialect) in enumerate(MODELS):
                part = numbers[at * share : (at + 1) * share]
                _Shift(opened.hall, profile, dialect, seed + at, tally).print(part)
        finally:
            opened.close()
    if any(secret in logged.getvalue() for secret in secrets):
        raise Dishonest(f"seed {seed}: words of a worker stand in what was logged")
    return tally


class _Shift:
    """One printer, and the slips that are printed on it."""

    def __init__(self, hall: Hall, profile: str, dialect: str, seed: int, tally: Tally) -> None:
        self._hall = hall
        self._seed = seed
        self._tally = tally
        self._paper = Paper()
        self._dice = random.Random(seed)
        model = DIALECTS[dialect]
        self._machine = Machine(model.width_dots, self._paper.take, lambda _number, _tail: None, model)
        self._line = VirtualPrinter(self._machine, self._dice, lost=LinkLostError)
        times = PrinterTimes(answer_s=0.3, settle_s=0.5, quiet_s=0.1, write_s=0.2, look_s=0.03)
        table = load_profile(profile)
        table = replace(table, retract_after_s=min(RETRACT_S, table.retract_after_s))
        self._driver = SlipPrinter(self._line, table, times, self._line.monotonic)
        self._troubles = _Troubles(self._machine, self._line, self._dice).by_name()
        self._waiting: list[SlipNumber] = []
        self._met: set[SlipNumber] = set()
        self._is_over = threading.Event()
        self._minder = PrintMinder(hall, self._driver, self._render, PATIENCE_S, retry_s=0.0)

    def print(self, numbers: list[SlipNumber]) -> None:
        """Print these one after the other, and hold the journal against the paper."""
        self._waiting = list(reversed(numbers))
        if not numbers:
            return
        self._go_round()
        self._minder.subscribe(self._hear)
        self._submit_next()
        self._minder.start()
        ended = self._is_over.wait(ENDED_S)
        self._minder.stop()
        if not ended:
            raise Dishonest(f"seed {self._seed}: slips wait for ever")
        self._line.pass_time(ROUND_S)
        self._driver.bring_out_remains()
        self._line.pass_time(ROUND_S)
        self._driver.close()
        self._check(numbers)

    def _hear(self, news: PrintNews) -> None:
        """Send the next slip when one has found its end; in the minder's thread, so that a seed replays."""
        if news.stage in {PrintStage.PRINTED, PrintStage.UNCERTAIN}:
            self._submit_next()

    def _submit_next(self) -> None:
        if self._waiting:
            self._minder.submit(self._waiting.pop())
        else:
            self._is_over.set()

    def _render(self, document: str) -> Sheet:
        number = SlipNumber(read_document(document).number)
        if number not in self._met and self._dice.random() < TROUBLE_SHARE:
            name = self._dice.choice([name for name in TROUBLES if name in self._troubles])
            self._troubles[name]()
            self._tally.troubles[name] += 1
        self._met.add(number)
        return sheet(_counted(number), self._machine.width_dots)

    def _go_round(self) -> None:
        """Look after the printer once a minute: trouble may begin when its own cure has come too early."""
        self._set_right()
        self._line.later(ROUND_S, self._go_round)

    def _set_right(self) -> None:
        for name in ("power_on", "reload", "cover_close", "online", "cutter_clear", "unmute", "quiet"):
            self._machine.change(name)
        self._machine.change("answers_behind")
        self._line.is_stalled, self._line.late_s = False, 0.0

    def _check(self, numbers: list[SlipNumber]) -> None:
        with self._hall.store.reading() as records:
            slips = [records.slips.by_number(number) for number in numbers]
        drawn_back = {slip for piece in self._machine.retracted for slip in self._paper.pieces[piece]}
        for slip in slips:
            assert slip is not None
            self._check_one(slip, drawn_back)

    def _check_one(self, slip: SlipRecord, drawn_back: set[int]) -> None:
        number = _counted(slip.number)
        copies = self._paper.whole[number]
        self._tally.states[slip.state.value] += 1
        self._tally.came_out_unsure += slip.state is SlipState.UNCERTAIN and copies == 1
        wrong = None
        if slip.state not in {SlipState.PRINTED, SlipState.UNCERTAIN}:
            wrong = f"was left {slip.state.value}"
        elif copies > 1:
            wrong = f"came out {copies} times"
        elif slip.state is SlipState.PRINTED and copies == 0:
            wrong = "is called printed and was never cut off"
        elif slip.state is SlipState.PRINTED and number in drawn_back:
            wrong = "is called printed and was drawn back in"
        if wrong:
            raise Dishonest(f"seed {self._seed}: slip {number} {wrong}")


@dataclass(frozen=True, slots=True)
class _Troubles:
    """What can go wrong: each begins now, or soon, and is put right after a while."""

    machine: Machine
    line: VirtualPrinter
    dice: random.Random

    def by_name(self) -> dict[str, Callable[[], None]]:
        """Return what this printer can suffer."""
        troubles: dict[str, Callable[[], None]] = {
            "paper_out": lambda: self._lasting("paper_out", "reload"),
            "cover_open": lambda: self._lasting("cover_open", "cover_close"),
            "offline": lambda: self._lasting("offline", "online"),
            "cutter_jam": lambda: self._lasting("cutter_jam", "cutter_clear"),
            "mute": lambda: self._lasting("mute", "unmute"),
            "silent_behind": lambda: self._lasting("silent_behind", "answers_behind"),
            "chatty": lambda: self._lasting("chatty", "quiet"),
            "paper_low": lambda: self._lasting("paper_low", "reload"),
            "close": lambda: self.line.stops.set(Stop.CLOSE, self.dice.randint(1, SLIP_BYTES)),
            "power": self._power,
            "switched_off": self._switched_off,
            "stall": self._stall,
            "late": self._late,
        }
        if self.machine.dialect.has_presenter:
            troubles["left_behind"] = lambda: self._lasting("leave_tickets", "take_ticket")
        return troubles

    def _lasting(self, trouble: str, cure: str) -> None:
        self.machine.change(trouble, self.dice.choice((0, self.dice.randint(1, 3 * ROWS))))
        self._helped(lambda: self.machine.change(cure))

    def _power(self) -> None:
        if self.dice.random() < 0.5:
            self.line.stops.set(Stop.POWER, self.dice.randint(1, SLIP_BYTES))
        else:
            self.line.later(self.dice.uniform(0, 1.0), self.line.power_off)
        self._helped(lambda: self.machine.change("power_on"))
        if self.dice.random() < 0.2:
            self.machine.change("reset_counters")

    def _switched_off(self) -> None:
        """Somebody switches a printer that has no paper off and on; what it held is lost."""
        self.machine.change("paper_out", self.dice.randint(1, 3 * ROWS))
        self.line.later(self.dice.uniform(1.0, HELP_S[1]), self.line.power_off)
        self.line.later(HELP_S[1], lambda: self.machine.change("power_on"))
        self.line.later(HELP_S[1], lambda: self.machine.change("reload"))

    def _stall(self) -> None:
        self.line.stops.set(Stop.STALL, self.dice.randint(1, SLIP_BYTES))
        self._helped(lambda: setattr(self.line, "is_stalled", False))

    def _late(self) -> None:
        self.line.late_s = self.dice.uniform(0.01, 6.0)
        self._helped(lambda: setattr(self.line, "late_s", 0.0))

    def _helped(self, cure: Callable[[], None]) -> None:
        self.line.later(self.dice.uniform(*HELP_S), cure)


def _queued(opened: object, count: int) -> tuple[list[str], list[SlipNumber]]:
    """Let one worker take a place, and queue so many slips like his; return his words and their numbers."""
    hall: Hall = opened.hall  # type: ignore[attr-defined]
    [card] = everybody(1)
    met = recognise(hall, card)
    register_and_check_in(hall, met)
    job = free_job(opened, sample_rows(hall.now()))  # type: ignore[arg-type]
    taken = take_place(hall, met, job, 1)
    numbers = [SlipNumber(f"{taken.slip.rpartition('-')[0]}-{FIRST_NUMBER + at}") for at in range(count)]
    with hall.store.writing() as records:
        first = records.slips.by_number(taken.slip)
        assert first is not None
        long_ago = first.changed_at - timedelta(days=1)  # so that none is what the last run was still trying
        first = replace(first, changed_at=long_ago)
        records.slips.update(first)
        for at, number in enumerate(numbers):
            document = first.document.replace(taken.slip, number)
            records.slips.add(replace(first, number=number, document=document, token=f"{at % 65536:04x}"))
    return [card.name, card.number, read_document(first.document).code], numbers


def _counted(number: SlipNumber) -> int:
    return int(number.rpartition("-")[2])


def _number_in(row: bytes) -> int | None:
    """Return the slip a row belongs to, None for any other row."""
    is_marked = row[:3] in (_HEAD, _TAIL) or (row[0] == 0xAA and row[2] == 0x55)
    return int.from_bytes(row[4:8], "big") if is_marked and row[3] == 0xEE else None


def _whole_slip(rows: list[bytes]) -> int | None:
    """Return the slip whose rows these are, from its first to its last, None where one is missing."""
    if len(rows) < ROWS or rows[0][:3] != _HEAD or rows[-1][:3] != _TAIL:
        return None
    number = _number_in(rows[0])
    is_whole = all(_number_in(row) == number for row in rows)
    is_in_turn = all(row[1] == at for at, row in enumerate(rows[1:-1], start=1))
    return number if is_whole and is_in_turn else None


if __name__ == "__main__":
    raise SystemExit(played(run))
