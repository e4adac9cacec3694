"""How full jobs get, and whom dark kiosks serve: mornings of thirty kiosks, by capacity and dawn share.

Two bars: with 30 % of the kiosks dark all day, 97 % of forty places are filled and 90 % of eight.
Fewer mornings than a full run's scatter too much to be held against them.
"""

from __future__ import annotations

import math
import random
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.protocol.allotment import DAWN_PERCENT
from tests.simulation.fill import Came, Morning, divide, mean, play

CAPACITIES = (8, 40, 200)
DARK_PERCENTS = (0, 10, 30)
DAWN_PERCENTS = (0, DAWN_PERCENT, 60, 100)
LEAST_PERCENT = {8: 90.0, 40: 97.0}
"""By capacity: what must be filled with 30 % of the kiosks dark, where the job says nothing of dawn."""
MORNINGS = 200

_MOODS = {
    "speak once a minute, people wait two": Morning(0, 30),
    "speak at once, nobody waits": Morning(0, 30, patience_s=0, is_hurried=True),
    "speak once a minute, nobody waits": Morning(0, 30, patience_s=0),
    "half of those who ask do not take": Morning(0, 30, lookers_a_taker=1),
    "four of five who ask do not take": Morning(0, 30, lookers_a_taker=4),
    "the dark ones are not even heard at dawn": Morning(0, 30, is_dark_from_the_start=True),
}


@dataclass(frozen=True, slots=True)
class _Cell:
    """What many mornings of one kind came to, in percent; `error` is the standard error of `filled`."""

    filled: float
    reachable: float
    in_the_dark: float
    error: float


def run(mornings: int, seed: int) -> tuple[str, bool]:
    """Play so many mornings of each kind; return both tables, and False where a full run misses a bar.

    The same seed draws the same people, history and dark kiosks for every dawn share.
    """
    dice = random.Random(seed)
    seeds = [dice.getrandbits(32) for _ in range(mornings)]
    lines = [f"Seed {seed}. Places filled / people served at dark kiosks, in percent.", ""]
    columns = ["divided evenly", "by history", *(f"{percent} % at dawn" for percent in DAWN_PERCENTS)]
    lines += _head("places, dark kiosks", columns)
    reaches, told = True, []
    for capacity in CAPACITIES:
        for dark in DARK_PERCENTS:
            still = Morning(capacity, dark)
            divided = [[divide(still, at, by_history=by) for at in seeds] for by in (False, True)]
            cells = {dawn: _played(Morning(capacity, dark, dawn), seeds) for dawn in DAWN_PERCENTS}
            row = [*(_cell(told, capacity) for told in divided), *cells.values()]
            shown = [_shown(cell) if dark else f"{cell.filled:.1f}" for cell in row]
            lines.append(f"| {capacity}, {dark} % | {' | '.join(shown)} |")
            if dark == max(DARK_PERCENTS) and capacity in LEAST_PERCENT:
                cell, bar = cells[DAWN_PERCENT], LEAST_PERCENT[capacity]
                reaches = reaches and cell.filled >= bar
                told.append(f"{capacity} places {cell.filled:.1f} ± {cell.error:.1f} % (bar: {bar:g})")
    lines += ["", *_head(f"{DAWN_PERCENT} % at dawn, 30 % dark", [f"{of} places" for of in CAPACITIES])]
    for mood, morning in _MOODS.items():
        row = [_played(replace(morning, capacity=capacity), seeds) for capacity in CAPACITIES]
        lines.append(f"| {mood} | {' | '.join(f'{at.filled:.1f} of {at.reachable:.1f}' for at in row)} |")
    lines += ["", f"Filled: {', '.join(told)}. “Of” names what was reachable to a bureau that sees ahead."]
    is_judged = mornings >= MORNINGS
    if not is_judged:
        lines.append(f"{mornings} mornings are too few to be held against a bar; a full run has {MORNINGS}.")
    return "\n".join(lines), reaches or not is_judged


def _played(morning: Morning, seeds: Sequence[int]) -> _Cell:
    return _cell([play(morning, seed) for seed in seeds], morning.capacity)


def _cell(told: Sequence[Came], capacity: int) -> _Cell:
    filled, reachable, in_the_dark = mean(told, capacity)
    return _Cell(filled, reachable, in_the_dark, _error(told, capacity))


def _error(told: Sequence[Came], capacity: int) -> float:
    if len(told) < 2:
        return 0.0
    spread = statistics.stdev(float(came.filled) for came in told)
    return 100 * spread / capacity / math.sqrt(len(told))


def _shown(cell: _Cell) -> str:
    return f"{cell.filled:.1f} / {cell.in_the_dark:.0f}"


def _head(first: str, columns: Sequence[str]) -> list[str]:
    return [f"| {first} | {' | '.join(columns)} |", f"| --- |{' ---: |' * len(columns)}"]


def main() -> int:
    """Play as many mornings of each kind as the first argument says, by the seed of the second."""
    mornings = int(sys.argv[1]) if len(sys.argv) > 1 else MORNINGS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().getrandbits(32)
    text, reaches = run(mornings, seed)
    print(text)
    return 0 if reaches else 1


if __name__ == "__main__":
    raise SystemExit(main())
