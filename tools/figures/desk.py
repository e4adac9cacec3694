"""The figures of the desk: how long an attendant waits for a page on a full morning, behind a full year."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from kiosk.actions.board_coach import board_coach
from kiosk.actions.keep_fleet import record_driver, record_vehicle
from kiosk.app.stick_errands import DeskErrands
from kiosk.domain.ids import TripId
from kiosk.domain.service_ledgers import SERVICE_LEDGERS
from kiosk.domain.slips import SlipState
from kiosk.ui.desk.all_pages import PAGES
from tests.halls import CLERK
from tests.screens.admin_desk import Desk, open_desk
from tests.screens.full_days import fill, tell_coaches
from tests.unit.actions.fleets import DRIVER_CARD, PAPERS, SMALL, formed, placed
from tests.unit.actions.lines import come, in_line, talked_over
from tools.figures import doors, ledgers, windows
from tools.figures.glass import Glass
from tools.figures.people import person_card
from tools.figures.rows import Measured

PEOPLE, COACHES, VEHICLES, DRIVERS, IN_LINE = 300, 12, 40, 40, 60
ACTS = 100_000
"""Lines of the log of a year: one for every third person and what attendants do besides."""
ROUNDS = 6
OUT = "T2"
"""The coach that is out; the door of another one is measured."""


def measure(work: Path) -> Iterator[Measured]:
    """Yield the figures of the desk; `work` is an empty folder."""
    desk = open_desk(work / "desk", "landscape", profile="desk")
    with closing(desk), closing(Glass(desk.screen.window)) as glass:
        desk.screen.open_desk(desk.health, None, DeskErrands(lambda errand, mounted_at: ()))
        deeper = _furnish(desk)
        desk.enter()
        times_ms = _pages(desk, glass, deeper)
        doors.open_door(desk, glass, COACHES)
        boarded = tuple(doors.boardings(desk, glass))
        beside = _empty_window(sum(map(len, times_ms.values())))
    # What a page loads once is loaded by its first touch.
    yield Measured("desk.page", tuple(value for values in times_ms.values() for value in values[1:]), beside)
    yield Measured("desk.boarding", boarded[1:], beside)
    yield from ledgers.measure(work)


def _furnish(desk: Desk) -> Mapping[str, list[str]]:
    """Fill every page as on no longer morning; return by pages what else is opened on them.

    Every slip waits to be settled, a coach is out with all who have seats, and a line is long.
    """
    kiosk = desk.stage.kiosk
    ledgers.fill_a_year(kiosk)
    ledgers.fill_the_log(kiosk, ACTS)
    for number in range(VEHICLES):
        record_vehicle(kiosk.hall, replace(SMALL, plate=f"示A·{number:05d}"), CLERK)
    for number in range(DRIVERS):
        record_driver(kiosk.hall, person_card(DRIVER_CARD + number).number, PAPERS, CLERK)
    tell_coaches(kiosk, COACHES, kiosk.opened.health().stream)
    fill(kiosk, range(1, PEOPLE + 1), COACHES, SlipState.UNCERTAIN)
    trip = formed(kiosk, [place.id for place in placed(kiosk, 1000, 5)])
    job = talked_over(kiosk)
    for number in range(2000, 2000 + IN_LINE):
        in_line(kiosk, come(kiosk, number), job)
    with kiosk.hall.store.reading() as records:
        slips = [slip.number for slip in records.slips.all()]
    for slip in slips[1:PEOPLE:COACHES]:
        board_coach(kiosk.hall, TripId(OUT), slip)
    return {
        "roll": ["coach:T1"],
        "hiring": [f"line:{job}"],
        "trips": [f"trip:{trip}"],
        "outing": [f"trip:{OUT}"],
        "returns": [f"trip:{OUT}"],
        "ledgers": [f"ledger:{name}" for name in SERVICE_LEDGERS],
    }


def _pages(desk: Desk, glass: Glass, deeper: Mapping[str, list[str]]) -> Mapping[str, list[float]]:
    """Return how long each page took to be painted: those of the bar by touch, all others as from a row."""
    ways: dict[str, Callable[[], float]] = {
        name: partial(glass.tap_to_paint_ms, f"page.{name}") for name in PAGES
    }
    for name in desk.page_names:
        for key in ("", *deeper.get(name, ())):
            if name not in PAGES or key:
                act = partial(desk.press, key) if key else partial(desk.show, name)
                ways[f"{name} {key}".strip()] = partial(glass.act_to_paint_ms, act, name)
    times_ms: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, measured in ways.items():
            desk.show("devices" if name == "rules" else "rules")  # every page is come to from another one
            desk.look_back(ledgers.YEAR)
            page, _, key = name.partition(" ")
            if key:
                desk.show(page)
            times_ms[name].append(measured())
    for name, values in times_ms.items():
        told = f"  {name:<20} median {statistics.median(values):6.1f} ms, worst {max(values):6.1f} ms"
        print(told, file=sys.stderr)
    return times_ms


def _empty_window(taps: int) -> tuple[float, ...]:
    engine, window = windows.show(windows.TOUCHABLE)
    with closing(Glass(window)) as glass:
        glass.wait(lambda: bool(glass.frames), "the first frame")
        touched = tuple(glass.tap_to_paint_ms("plate") for _ in range(taps))
    window.close()
    del engine
    return touched
