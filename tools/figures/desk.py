"""The figures of the desk: how long an attendant waits for a page on a full morning, behind a full year."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from kiosk.domain.slips import SlipState
from tests.screens.admin_desk import open_desk
from tests.screens.full_days import fill, tell_coaches
from tools.figures import doors, ledgers, windows
from tools.figures.glass import Glass
from tools.figures.rows import Measured

PEOPLE, COACHES = 300, 12
ROUNDS = 6
PAGES = (
    *("page.slips", "page.people", "page.jobs", "page.devices", "page.rules"),
    *("page.audit", "plate.ledgers", "row.ledger:placements", "page.today"),
)
"""What is touched, in order. Every slip waits to be settled, so that no list is longer on any morning."""


def measure(work: Path) -> Iterator[Measured]:
    """Yield the figures of the desk; `work` is an empty folder."""
    desk = open_desk(work / "desk", "landscape", profile="desk")
    with closing(desk), closing(Glass(desk.screen.window)) as glass:
        ledgers.fill_a_year(desk.stage.kiosk)
        tell_coaches(desk.stage.kiosk, COACHES)
        fill(desk.stage.kiosk, range(1, PEOPLE + 1), COACHES, SlipState.UNCERTAIN)
        desk.enter()
        times_ms: dict[str, list[float]] = {name: [] for name in PAGES}
        for _ in range(ROUNDS):
            for name, values in times_ms.items():
                values.append(glass.tap_to_paint_ms(name))
        for name, values in times_ms.items():
            told = f"  {name:<14} median {statistics.median(values):6.1f} ms, worst {max(values):6.1f} ms"
            print(told, file=sys.stderr)
        doors.open_door(desk, glass, COACHES)
        boarded = tuple(doors.boardings(desk, glass))
        beside = _empty_window()
    # What a page loads once is loaded by its first touch.
    yield Measured("desk.page", tuple(value for values in times_ms.values() for value in values[1:]), beside)
    yield Measured("desk.boarding", boarded[1:], beside)
    yield from ledgers.measure(work)


def _empty_window() -> tuple[float, ...]:
    engine, window = windows.show(windows.TOUCHABLE)
    with closing(Glass(window)) as glass:
        glass.wait(lambda: bool(glass.frames), "the first frame")
        taps = tuple(glass.tap_to_paint_ms("plate") for _ in range(ROUNDS * len(PAGES)))
    window.close()
    del engine
    return taps
