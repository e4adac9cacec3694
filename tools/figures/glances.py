"""What a person at the glass waits for, measured on the real screen process with emulated devices."""

from __future__ import annotations

import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QTimer
from PySide6.QtGui import QGuiApplication

from kiosk.app.screen import KioskScreen
from kiosk.app.settings import read_settings
from kiosk.devices.emulators.reader_control import ReaderControl
from kiosk.devices.escpos.jobs import build_job
from kiosk.devices.printer_links import link_to
from kiosk.devices.printers import PrintResult, SlipPrinter
from kiosk.devices.profiles import load_profile
from kiosk.devices.readers import CardPresented, CardRemoved, ReaderEvent, ReaderMinder, ReaderReady
from kiosk.domain.cards import IdentityCard
from kiosk.ui.bridge import Bridge
from kiosk.ui.journeys import Step
from tools.figures import windows
from tools.figures.emulated import emulated
from tools.figures.folders import copied
from tools.figures.glass import Glass, worst_gap_ms
from tools.figures.halls import everybody
from tools.figures.pulling import pulling
from tools.figures.rows import Measured
from tools.figures.wires import SlipWire

CARDS = 12
TAP_ROUNDS = 6
PAGE_TURNS = 20
DRAG_S = 8
PROFILE = "generic-80-gsh"
TAPS = (
    *("card.1", "page.down", "card.5", "page.up", "chip.same_day", "chip.same_day"),
    *("chip.coach", "chip.coach", "chip.day", "bar.back", "go", "bar.back"),
)
"""What is touched on the board, in order; each touch leaves the board as the next one needs it."""
_SLIP_DOTS = (576, 1800)
_LIMIT_S = 20.0


def glances(hall: Path, work: Path, jobs: int) -> Iterator[Measured]:
    """Yield what a person at the glass waits for; `hall` holds so many `jobs`, `work` is an empty folder."""
    with emulated(work / "devices", "free") as (reader_url, reader, url), closing(SlipWire(url)) as wire:
        read_ms = reader_alone(reader_url, reader, CARDS)
        first_byte_ms = _printer_alone(wire)
        app = QGuiApplication([])
        tap_ms, drag = _empty_window()
        settings = read_settings(
            copied(hall, work / "shown"), reader_url=reader_url, printer_url=wire.url, printer_profile=PROFILE
        )
        figures: list[Measured] = []
        kiosk = KioskScreen(settings)
        posts = StampingBridge()
        kiosk.screen.bridge = posts

        def play() -> None:
            glass = Glass(kiosk.screen.window)
            greetings, confirms = _journeys(kiosk, glass, posts, reader, wire)
            alone_ms = statistics.median(read_ms)
            beyond = tuple(whole - alone_ms for whole in greetings)
            figures.append(Measured("screens.card_to_greeting", beyond, read_ms))
            figures.append(Measured("screens.confirm_to_printer", confirms, first_byte_ms))
            figures.append(Measured("screens.tap_to_paint", _taps(kiosk, glass), tap_ms))
            with pulling(settings.data_dir, jobs):
                turns, seconds = _turns_and_drag(kiosk, glass)
            figures.append(Measured("screens.page_turn", turns, tap_ms))
            figures.extend(_scroll(seconds, drag))
            glass.close()

        run_at_glass(kiosk, play)
        del app
    yield from figures


class StampingBridge(Bridge):
    """The screen's bridge, noting when other threads posted: a device's word is old when it is acted upon."""

    def __init__(self) -> None:
        """Belong to the calling thread."""
        super().__init__()
        self.posted: list[tuple[float, Callable[[], None]]] = []
        self.came_true_s: float | None = None
        self._awaited: Callable[[], bool] = bool

    def expect(self, awaited: Callable[[], bool]) -> None:
        """Forget what was posted, and note from now on after which act something is so."""
        self.posted.clear()
        self.came_true_s, self._awaited = None, awaited

    def customEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt calls it so
        """Act, then look: a frame painted in the same turn of the loop already shows what came of it."""
        super().customEvent(event)
        if self.came_true_s is None and self._awaited():
            self.came_true_s = time.monotonic()

    def post(self, act: Callable[[], None]) -> None:
        """Note the monotonic second and pass on."""
        self.posted.append((time.monotonic(), act))
        super().post(act)

    def first_s(self, act: Callable[[], None]) -> float:
        """Return when an act was first posted; RuntimeError when it never was."""
        for posted_s, posted in self.posted:
            if posted == act:
                return posted_s
        raise RuntimeError("what was waited for was never posted")


def run_at_glass(kiosk: KioskScreen, play: Callable[[], None]) -> None:
    """Run the screen process as it is, with somebody at the glass once it is shown."""
    faults: list[RuntimeError] = []

    def stand_at_the_glass() -> None:
        try:
            play()
        except RuntimeError as fault:  # raised again below, once everything is taken apart
            faults.append(fault)
        QTimer.singleShot(0, kiosk.screen.leave)  # as soon as the program's own loop runs

    kiosk.run(on_ready=stand_at_the_glass)
    if faults:
        raise faults[0]


def _journeys(
    kiosk: KioskScreen, glass: Glass, posts: StampingBridge, reader: ReaderControl, wire: SlipWire
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return card to greeting, and confirm to the first byte of the slip, in milliseconds a journey."""
    greetings, confirms = [], []
    for card in everybody(CARDS):
        greetings.append(_greeted_ms(kiosk, glass, posts, reader, card))
        for step in (Step.DETAIL, Step.CONFIRM):
            glass.settle()
            glass.tap("go")
            glass.wait(_is_at(kiosk, step), step)
        confirms.append(_confirmed_ms(glass, wire))
        glass.wait(_is_at(kiosk, Step.GOODBYE), Step.GOODBYE)
        reader.lift()
        glass.settle()
        glass.tap("go")
        glass.wait(_is_at(kiosk, Step.HOME), Step.HOME)
    # The first of each loads its pages from the disk.
    return tuple(greetings[1:]), tuple(confirms[1:])


def _greeted_ms(
    kiosk: KioskScreen, glass: Glass, posts: StampingBridge, reader: ReaderControl, card: IdentityCard
) -> float:
    glass.settle()
    posts.expect(_is_at(kiosk, Step.GREETING))
    reader.lay(card)

    def painted() -> list[float]:
        greeted_s = posts.came_true_s
        return [] if greeted_s is None else [frame for frame in glass.frames if frame > greeted_s]

    glass.wait(lambda: bool(painted()), "the greeting to be painted")
    return (painted()[0] - posts.first_s(kiosk.screen.ears.card_sensed)) * 1000


def _confirmed_ms(glass: Glass, wire: SlipWire) -> float:
    glass.settle()
    wire.expect()
    began = time.monotonic()
    glass.tap("go")
    glass.wait(lambda: wire.first_byte_s is not None, "the first byte of a slip")
    assert wire.first_byte_s is not None, "that was waited for"
    return (wire.first_byte_s - began) * 1000


def _taps(kiosk: KioskScreen, glass: Glass) -> tuple[float, ...]:
    kiosk.screen.visit.show_all()
    times_ms: dict[str, list[float]] = {name: [] for name in TAPS}
    for _ in range(TAP_ROUNDS + 1):
        for name in TAPS:
            times_ms[name].append(glass.tap_to_paint_ms(name))
    for name, values in times_ms.items():
        told = f"  {name:<14} median {statistics.median(values):6.1f} ms, worst {max(values):6.1f} ms"
        print(told, file=sys.stderr)
    first = {name: TAPS.count(name) for name in TAPS}
    return tuple(value for name, values in times_ms.items() for value in values[first[name] :])


def _turns_and_drag(kiosk: KioskScreen, glass: Glass) -> tuple[tuple[float, ...], list[list[float]]]:
    kiosk.screen.visit.show_all()
    turns = [glass.tap_to_paint_ms(name) for name in ("page.down", "page.up") for _ in range(PAGE_TURNS)]
    glass.settle()
    window = kiosk.screen.window
    middle = window.width() // 2
    top, bottom = QPoint(middle, window.height() // 4), QPoint(middle, window.height() * 2 // 3)
    return tuple(turns), glass.drag(top, bottom, DRAG_S)


def _scroll(ours: list[list[float]], empty: list[list[float]]) -> Iterator[Measured]:
    counts, empty_counts = (tuple(float(len(second)) for second in part) for part in (ours, empty))
    yield Measured("screens.scroll", counts, empty_counts)
    worst, empty_worst = (tuple(worst_gap_ms(second) for second in part) for part in (ours, empty))
    yield Measured("screens.scroll_worst_frame", worst, empty_worst)


def _empty_window() -> tuple[tuple[float, ...], list[list[float]]]:
    """Return taps to paint, and the frames of each second of a drag, of an otherwise empty window."""
    engine, window = windows.show(windows.TOUCHABLE)
    glass = Glass(window)
    glass.wait(lambda: bool(glass.frames), "the first frame")
    taps = tuple(glass.tap_to_paint_ms("plate") for _ in range(PAGE_TURNS))
    glass.settle()
    middle = window.width() // 2
    top, bottom = QPoint(middle, window.height() // 4), QPoint(middle, window.height() * 2 // 3)
    seconds = glass.drag(top, bottom, DRAG_S)
    glass.close()
    window.close()
    del engine
    return taps, seconds


def reader_alone(url: str, reader: ReaderControl, cards: int) -> tuple[float, ...]:
    """Return how long the driver takes from sensing a card to having read it, in milliseconds a card."""
    times_ms: list[float] = []
    changed = threading.Condition()
    events: list[ReaderEvent] = []

    def hear(event: ReaderEvent) -> None:
        with changed:
            events.append(event)
            if isinstance(event, CardPresented):
                times_ms.append(event.read_s * 1000)
            changed.notify_all()

    def wait_for(kind: type[ReaderEvent], count: int) -> None:
        with changed:
            heard = changed.wait_for(lambda: sum(isinstance(e, kind) for e in events) >= count, _LIMIT_S)
        if not heard:
            raise RuntimeError(f"the reader never said {kind.__name__}")

    minder = ReaderMinder(url, hear)
    minder.start()
    try:
        wait_for(ReaderReady, 1)
        for number, card in enumerate(everybody(cards), 1):
            reader.lay(card)
            wait_for(CardPresented, number)
            reader.lift()
            wait_for(CardRemoved, number)
    finally:
        minder.stop()
    return tuple(times_ms[1:])


def _printer_alone(wire: SlipWire) -> tuple[float, ...]:
    """Return how long the driver takes from being given a ready job to its first byte at the printer."""
    printer = SlipPrinter(link_to(wire.url), load_profile(PROFILE))
    times_ms = []
    try:
        for number in range(CARDS):
            token = f"{number:04d}".encode()
            job = build_job(Image.new("1", _SLIP_DOTS, 1), [], printer.profile, token)
            wire.expect()
            began = time.monotonic()
            if printer.print(job, token, lambda _fraction, _state: None).result is not PrintResult.PRINTED:
                raise RuntimeError("the emulated printer did not print")
            assert wire.first_byte_s is not None, "a slip that is printed has begun"
            times_ms.append((wire.first_byte_s - began) * 1000)
    finally:
        printer.close()
    return tuple(times_ms[1:])


def _is_at(kiosk: KioskScreen, step: Step) -> Callable[[], bool]:
    return lambda: kiosk.screen.visit.step is step
