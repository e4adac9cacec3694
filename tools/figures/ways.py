"""The worker's way in touches and seconds: how often one touches, how long one waits, and how long one takes.

It is gone on the real screen process with pointer events, an emulated reader and a printer at real pace.
Touches and waits are measured. What a person takes is reckoned, for nobody is there:

| what | takes | after |
| --- | --- | --- |
| reading | 60/255 × 183/238 s a sign | 255 signs a minute aloud (IReST, 2012); silent: Brysbaert (2019) |
| looking at a picture, or at the pay | 0.23 s | Card, Moran, Newell (1983): one fixation of the eye |
| deciding | 1.35 s a page | the same: mental preparation M; a touch that follows of itself needs none |
| touching | 1.1 s | the same: pointing P |
| keying a digit of one's own number | 0.75 s | the same: a keystroke K of a code |

Which of these are taken over and which assumed, and whom they were measured with, says docs/decisions/0126.

A sign is a Hanzi, a word in letters or a number. A careful person reads every word in the bold weights, once:
what stood on a page before is known. Of cards and tiles to choose from, the chosen one is read; of the others
the picture and the pay are looked at. Not read are notes in the lighter weight, which stand beside a bold
word that says it, the digits on keys, and the bar at the foot, which never changes.

A newcomer is gone with twice: to work that needs no class, and to work that needs one, which he learns and
signs on the way. He answers each question rightly, for he has just read what is asked.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path

from PIL import Image
from PySide6.QtGui import QFont
from PySide6.QtQuick import QQuickItem

from kiosk.app.screen import KioskScreen
from kiosk.app.settings import read_settings
from kiosk.devices.emulators.reader_control import ReaderControl
from kiosk.devices.escpos.jobs import build_job
from kiosk.devices.printer_links import link_to
from kiosk.devices.printers import PrintResult, SlipPrinter
from kiosk.devices.profiles import load_profile
from kiosk.domain.cards import IdentityCard
from kiosk.domain.ids import JobId
from kiosk.ui.hands import CROSS, Hands
from kiosk.ui.journeys import Step
from kiosk.ui.windows import visible_items
from tools.figures.emulated import emulated
from tools.figures.glances import reader_alone, run_at_glass
from tools.figures.glass import Glass
from tools.figures.halls import bring_courses, everybody, furnish
from tools.figures.people import person_card
from tools.figures.rows import Measured

JOBS = 200
PEOPLE = 7
PUPILS = 5
CLASS = "farm"
"""What is learned on the way: the class of the work of which the sample hall has the most places."""
PROFILE = "generic-80-gsh"
READ_S = 60 / 255 * 183 / 238
LOOK_S, DECIDE_S, TOUCH_S, KEY_S = 0.23, 1.35, 1.1, 0.75
_LOOKS_A_CHOICE = 2
_MOST_LEAVES = 60
_NOT_READ = ("bar.", "key.")
_FRAMED = "card.0"
"""The card that is chosen unless another one is touched."""
_CHOICES = ("card.", "answer.", "family.")
NUMBER = "13900000001"
Touches = Mapping[Step, tuple[str, ...]]
BACK: Touches = {Step.GREETING: ("go",), Step.DETAIL: ("go",), Step.CONFIRM: ("go",)}
FIRST: Touches = {
    Step.NOTICE: ("go",),
    Step.ASK_PHONE: (*(f"key.{digit}" for digit in NUMBER), "go"),
    Step.ASK_TRADES: ("answer.0", "go"),
    Step.ASK_SPAN: ("answer.0", "go"),
    **BACK,
}
"""What is touched on each page: by somebody the hall knows, and by somebody new who answers everything."""
_SLIP_DOTS = (576, 1900)
_SIGN = re.compile(r"[\u3400-\u9fff]|[A-Za-z]+|\d[\d.,:–-]*")


@dataclass(slots=True)
class Walk:
    """One visit from the card to the slip: touches, seconds waited for the kiosk, seconds of one's own."""

    touches: int = 0
    waited_s: float = 0.0
    own_s: float = 0.0
    read: set[str] = field(default_factory=set)


def way_rows(work: Path) -> Iterator[Measured]:
    """Yield the figures of the way; `work` is an empty folder."""
    furnish(work / "way", jobs=JOBS, people=PEOPLE)
    job = bring_courses(work / "way", CLASS)
    with emulated(work / "way-devices", "real") as (reader_url, reader, printer_url):
        read_ms = reader_alone(reader_url, reader, PEOPLE + 1)  # which leaves the first one out
        printed_s = _printed_alone_s(printer_url)
        alone_s = tuple(ms / 1000 + seconds for ms, seconds in zip(read_ms, printed_s, strict=True))
        settings = read_settings(
            work / "way", reader_url=reader_url, printer_url=printer_url, printer_profile=PROFILE
        )
        kiosk, known, new, taught = KioskScreen(settings), list[Walk](), list[Walk](), list[Walk]()

        def play() -> None:
            glass = Glass(kiosk.screen.window)
            known.extend(_walked(kiosk, glass, reader, card, BACK) for card in everybody(PEOPLE))
            strangers = (person_card(PEOPLE + number) for number in range(PEOPLE))
            new.extend(_walked(kiosk, glass, reader, card, FIRST) for card in strangers)
            pupils = (person_card(2 * PEOPLE + number) for number in range(PUPILS))
            taught.extend(_walked(kiosk, glass, reader, card, FIRST, job) for card in pupils)
            glass.close()

        run_at_glass(kiosk, play)
    yield Measured("worker.touches", _of(known, "touches"), _of(new, "touches"))
    yield Measured("worker.waiting", _of(known, "waited_s"), alone_s)
    yield Measured("worker.first_visit", _of(new, "own_s"), _of(known, "own_s"))
    yield Measured("worker.first_class", _of(taught, "own_s"), _of(new, "own_s"))


def _of(walks: list[Walk], name: str) -> tuple[float, ...]:
    return tuple(float(getattr(walk, name)) for walk in walks)


def _walked(
    kiosk: KioskScreen,
    glass: Glass,
    reader: ReaderControl,
    card: IdentityCard,
    touched: Touches,
    job: JobId | None = None,
) -> Walk:
    """Lay the card down, touch what is to be touched on page after page, and take the slip; then go.

    With a `job` that one is chosen on the greeting, in place of the first, and its class is learned.
    """
    walk = Walk()
    glass.settle()
    walk.waited_s += _seconds(lambda: reader.lay(card), glass, _is_painted(kiosk, glass, next(iter(touched))))
    for step, following in pairwise([*touched, Step.GOODBYE]):
        glass.settle()
        walk.own_s += _reading_s(glass, walk, touched[step]) + DECIDE_S
        *before, last = touched[step]
        for name in before:
            walk.waited_s += glass.tap_to_paint_ms(name) / 1000
        walk.touches += len(touched[step])
        walk.own_s += sum(KEY_S if name.startswith("key.") else TOUCH_S for name in touched[step])
        glass.settle()
        is_there = _is_painted(kiosk, glass, following)
        if job is not None and step is Step.GREETING:
            walk.waited_s += _seconds(partial(kiosk.screen.visit.open_job, job), glass, is_there)
        elif job is not None and step is Step.DETAIL:
            glass.tap(last)
            _learn(kiosk, glass, walk)
        else:
            walk.waited_s += _seconds(partial(glass.tap, last), glass, is_there)
    reader.lift()
    glass.settle()
    glass.tap("go")
    glass.wait(lambda: kiosk.screen.visit.step is Step.HOME, "home")
    return walk


def _learn(kiosk: KioskScreen, glass: Glass, walk: Walk) -> None:
    """Read page after page, answer every question rightly, draw a cross, and come to the last look."""
    for _ in range(_MOST_LEAVES):
        glass.settle()
        step, lesson = kiosk.screen.visit.step, kiosk.screen.visit.session.lesson
        if lesson is None:
            break
        touches = ["go"]
        if step is Step.QUIZ and not lesson.is_told:
            touches.insert(0, f"answer.{[each.is_right for each in lesson.answers].index(True)}")
        walk.own_s += _reading_s(glass, walk, touches) + DECIDE_S
        if step is Step.SIGN_CLASS:
            Hands(kiosk.screen).cross("signature")
            walk.own_s += len(CROSS) * TOUCH_S
        for name in touches:
            walk.waited_s += glass.tap_to_paint_ms(name) / 1000
        walk.touches += len(touches)
        walk.own_s += len(touches) * TOUCH_S
    if kiosk.screen.visit.step is not Step.CONFIRM:
        raise RuntimeError(f"the class led to {kiosk.screen.visit.step}")


def _seconds(act: Callable[[], object], glass: Glass, is_done: Callable[[], bool]) -> float:
    began = time.monotonic()
    act()
    glass.wait(is_done, "the next page")
    return time.monotonic() - began


def _is_painted(kiosk: KioskScreen, glass: Glass, step: Step) -> Callable[[], bool]:
    """Return what tells that a step is shown and a frame was painted since it was."""
    since: list[int] = []

    def is_painted() -> bool:
        if kiosk.screen.visit.step is not step:
            return False
        since.append(len(glass.frames))
        return len(glass.frames) > since[0]

    return is_painted


def _reading_s(glass: Glass, walk: Walk, touched: Sequence[str]) -> float:
    """Return how long a page takes to be read, and remember what stood on it."""
    fresh, looked_at = set[str](), set[str]()
    for item in _bold_words(glass.window.contentItem()):
        names = _names_above(item)
        choice = next((name for name in names if name.startswith(_CHOICES)), None)
        if any(name.startswith(_NOT_READ) for name in names):
            continue
        if choice is None or choice in touched or (choice == _FRAMED and _FRAMED not in touched):
            fresh.add(str(item.property("text")))
        else:
            looked_at.add(choice)
    signs = sum(len(_SIGN.findall(text)) for text in fresh - walk.read)
    walk.read |= fresh
    return signs * READ_S + len(looked_at) * _LOOKS_A_CHOICE * LOOK_S


def _bold_words(page: QQuickItem) -> Iterator[QQuickItem]:
    for item in visible_items(page):
        font = item.property("font") if item.inherits("QQuickText") else None
        if isinstance(font, QFont) and font.weight() >= QFont.Weight.Bold.value:
            yield item


def _names_above(item: QQuickItem) -> list[str]:
    """Return what an item and everything that holds it are called."""
    names: list[str] = []
    above: QQuickItem | None = item
    while above is not None:
        names.append(above.objectName())
        above = above.parentItem()
    return names


def _printed_alone_s(url: str) -> tuple[float, ...]:
    """Return how long a slip takes that is ready, from the driver's first byte to the printer's own word."""
    printer = SlipPrinter(link_to(url), load_profile(PROFILE))
    took_s: list[float] = []
    try:
        for number in range(PEOPLE):
            token = f"{number:04d}".encode()
            job = build_job(Image.new("1", _SLIP_DOTS, 1), [], printer.profile, token)
            began = time.monotonic()
            if printer.print(job, token, lambda _fraction, _state: None).result is not PrintResult.PRINTED:
                raise RuntimeError("the emulated printer did not print")
            took_s.append(time.monotonic() - began)
    finally:
        printer.close()
    return tuple(took_s)
