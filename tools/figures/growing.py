"""What a process weighs on its way, and the slope of it that no single reading can bend."""

from __future__ import annotations

import itertools
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """What a process weighs after so many journeys: shared memory by its share, and what is its alone."""

    journeys: int
    pss_kb: int
    own_kb: int


def growth(told: list[Reading], warm: int) -> tuple[float, ...]:
    """Return the kB a journey between any two readings from `warm` journeys on.

    Their median is the slope that no single reading can bend (Theil and Sen's): an allocator moves in steps.
    """
    steady = [reading for reading in told if reading.journeys >= warm]
    return tuple(
        (later.own_kb - earlier.own_kb) / (later.journeys - earlier.journeys)
        for earlier, later in itertools.combinations(steady, 2)
    )
