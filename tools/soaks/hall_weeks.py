"""A week of one hall: a whole one with a bureau that is restored, and short ones, each by a fresh seed.

Each seed is one week of `tests/week/days.py`, held against its own journals by `tests/week/oracle.py`. A seed
that fails is told, so that anybody can play the same week again; a short one then belongs into
`tests/week/seeds.json`.
"""

from __future__ import annotations

import random
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import structlog

from tests.week.days import SHORT, Measure, play, whole
from tests.week.hall import a_week, sunday

WORKERS = 2000
PER_SHORT_WEEK = 200
"""For so many workers of the whole week one short week is played, too."""
MOST_TOLD = 10


@dataclass(frozen=True, slots=True)
class Played:
    """What came of one week: what was done and refused, and what was lost, in words."""

    seed: int
    is_whole: bool
    done: Counter[str]
    refused: Counter[str]
    losses: Sequence[str]
    entries: int
    took_s: float


def run(workers: int, seed: int) -> tuple[str, bool]:
    """Play a whole week of so many workers and short ones beside it; return what came of them."""
    dice = random.Random(seed)
    measures = [whole(workers), *[SHORT] * max(1, workers // PER_SHORT_WEEK)]
    seeds = [dice.getrandbits(16) for _ in measures]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        weeks = list(pool.map(played, seeds, measures))
    lines = [
        f"Seed {seed}. {workers} workers, {weeks[0].entries} entries in {weeks[0].took_s:.0f} s; "
        f"{len(weeks) - 1} short weeks.",
        "",
        "| what | came to |",
        "| --- | --- |",
        f"| done in the whole week | {_told(weeks[0].done)} |",
        f"| refused in it | {_told(weeks[0].refused)} |",
        f"| done in the short ones | {_told(sum((week.done for week in weeks[1:]), Counter()))} |",
        "",
    ]
    wrong = [week for week in weeks if week.losses]
    lines += [
        f"- {'whole' if week.is_whole else 'short'} week {week.seed}: {loss}"
        for week in wrong[:MOST_TOLD]
        for loss in week.losses[:MOST_TOLD]
    ]
    lines.append("Nothing was lost." if not wrong else f"**{len(wrong)} weeks lost something.**")
    return "\n".join(lines), not wrong


def played(seed: int, measure: Measure) -> Played:
    """Play one week in a folder of its own."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    began_s = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hall-week-") as name:
        folder = Path(name)
        with a_week(sunday(folder / "sunday"), folder / "hall", seed, measure.people) as week:
            try:
                losses = play(week, measure)
            except Exception as fault:  # noqa: BLE001 - whatever a week raises is what it is to tell
                at = traceback.extract_tb(fault.__traceback__)[-1]
                losses = [
                    f"{type(fault).__name__}: {' '.join(str(fault).split())} ({at.name}, line {at.lineno})"
                ]
            took_s = time.monotonic() - began_s
            return Played(seed, measure.restores, week.tally, week.refused, losses, len(week.said), took_s)


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
