"""Bad days of kiosks, bureau and network, thousands by fresh seeds, on the rules that real processes run.

Each seed is one schedule of `tests/simulation/world.py`, which checks itself behind every step. A seed that
fails is told, so that anybody can play the same day again; it then belongs into
`tests/simulation/seeds.json`, among those with sticks when it is odd.
"""

from __future__ import annotations

import random
import traceback
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from tests.simulation.world import World

SCHEDULES = 5000
A_CHUNK = 50
MOST_TOLD = 10
"""Of schedules that went wrong; the number of all is told in any case."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A schedule that went wrong, and how."""

    seed: int
    why: str


def run(count: int, seed: int) -> tuple[str, bool]:
    """Play so many schedules on all cores; return what came of them, and whether none went wrong."""
    dice = random.Random(seed)
    seeds = [dice.getrandbits(32) for _ in range(count)]
    chunks = [seeds[at : at + A_CHUNK] for at in range(0, count, A_CHUNK)]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        failures = [failure for found in pool.map(failures_of, chunks) for failure in found]
    lines = [f"Seed {seed}. {count} schedules, {len(failures)} went wrong."]
    lines += [
        f"- `World({failure.seed}, **{kind_of(failure.seed)}).run()`: {failure.why}"
        for failure in failures[:MOST_TOLD]
    ]
    return "\n".join(lines), not failures


def kind_of(seed: int) -> dict[str, bool]:
    """Return what a schedule has: every second one sticks, of either half every second one closing doors."""
    return {"has_sticks": seed % 2 == 1, "closes_doors": seed % 4 >= 2}


def failures_of(seeds: Sequence[int]) -> list[Failure]:
    """Play schedules one behind the other; return those that went wrong."""
    failures = []
    for seed in seeds:
        try:
            World(seed, **kind_of(seed)).run()
        except Exception as fault:  # noqa: BLE001 - whatever a schedule raises is what it is to tell
            failures.append(Failure(seed, _told(fault)))
    return failures


def _told(fault: Exception) -> str:
    """Return a fault in one line, with the place it came from."""
    at = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{type(fault).__name__}: {' '.join(str(fault).split())} ({at.name}, line {at.lineno})"
