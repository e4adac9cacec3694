"""What a process weighs on its way, and the slope of it that no single reading can bend."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path


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


def pss_kb(pid: int | str = "self") -> int:
    """Return the proportional set size of a process."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise RuntimeError("the kernel tells no proportional set size")


def own_kb() -> int:
    """Return what this process has written and shares with nobody: other programs' ends do not change it."""
    told = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    own = [int(line.split()[1]) for line in told if line.startswith(("Private_Dirty:", "Swap:"))]
    return sum(own)
