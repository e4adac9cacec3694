"""The figures of the screens: how soon they stand, what they weigh, and what a person at the glass waits for.

Nothing here may load Qt or the libraries of a kiosk before the screen process was weighed: what several have
loaded counts for a part in each, and in a hall nothing runs beside the screen process but its sync process.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tools.figures.folders import copied
from tools.figures.furnishing import furnished
from tools.figures.growing import growth
from tools.figures.rows import Measured
from tools.figures.starts import cold_start, empty_window_mb, write_byte_code
from tools.figures.weighing import played

JOBS = 10_000
JOURNEYS, EVERY, WARM = 500, 10, 250


def measure(work: Path) -> Iterator[Measured]:
    """Yield every figure of the group; `work` is an empty folder."""
    write_byte_code()
    hall = furnished(work / "hall", jobs=JOBS, people=JOURNEYS)
    yield cold_start(copied(hall, work / "started"))
    yield from _memory(hall, work)
    from tools.figures.glances import glances

    yield from glances(hall, work, JOBS)


def _memory(hall: Path, work: Path) -> Iterator[Measured]:
    """Play journeys with and without a window, the sync process beside it."""
    seen = played(copied(hall, work / "seen"), JOURNEYS, EVERY)
    blind = played(copied(hall, work / "blind"), JOURNEYS, EVERY, "--blind")
    weights = tuple(reading.pss_kb / 1024 for reading in seen)
    yield Measured("screens.memory", weights, empty_window_mb())
    yield Measured("screens.memory_growth", growth(seen, WARM), growth(blind, WARM))
