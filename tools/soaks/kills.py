"""Kiosks, their sync, the bureau and the real window killed hundreds of times, behind a line that fails.

Days of `tests/faults/bad_days.py`, each with a seed of its own, each judged by the papers that came out, the
journals and the bureau's rows. A day that was not honest is told with its seed.
"""

from __future__ import annotations

import os
import random
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.bad_days import a_bad_day
from tests.faults.oracles import assert_day_was_honest
from tests.faults.windows import a_window

KILLS, WINDOWS = 500, 20
KILLS_A_DAY = 50


@dataclass(slots=True)
class Tally:
    """What all days came to."""

    days: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    mishaps: Counter[str] = field(default_factory=Counter)
    slips: Counter[str] = field(default_factory=Counter)
    dishonest: list[str] = field(default_factory=list)


def run(count: int, seed: int) -> tuple[str, bool]:
    """Kill so many processes, windows in proportion; return what came of it, and whether all was honest."""
    os.environ.setdefault("KIOSK_STORAGE_BALLAST_MB", "0")  # nothing here runs a disk full
    dice, tally = random.Random(seed), Tally()
    windows = max(1, WINDOWS * count // KILLS)
    while tally.kills.total() < count:
        left = count - tally.kills.total()
        share = min(KILLS_A_DAY, left)
        due = windows if share == left else max(1, windows * share // count)
        own = min(windows - tally.kills["window"], due, share)
        _play(dice.getrandbits(32), share - own, own, tally)
    lines = [f"Seed {seed}. {tally.days} days, {len(tally.dishonest)} dishonest.", "", "| what | came to |"]
    lines += ["| --- | --- |"]
    lines += [
        f"| {name} | {told} |"
        for name, counted in (("killed", tally.kills), ("the line", tally.mishaps), ("slips", tally.slips))
        for told in [", ".join(f"{what}: {many}" for what, many in sorted(counted.items()))]
    ]
    lines += [f"\n**{told}**" for told in tally.dishonest]
    return "\n".join(lines), not tally.dishonest


def _play(seed: int, kills: int, windows: int, tally: Tally) -> None:
    with tempfile.TemporaryDirectory(prefix="hall-kills-") as folder, a_bad_day(Path(folder), seed) as day:
        try:
            day.play(kills)
            if windows:
                with a_window(day) as window:
                    for _ in range(windows):
                        window.play_round()
            slips = assert_day_was_honest(day)
            tally.slips.update({state.value: count for state, count in slips.items()})
        except Exception as fault:  # noqa: BLE001 - whatever a day raises is what it is to tell
            told = " ".join(f"{type(fault).__name__}: {fault}".split())
            tally.dishonest.append(f"day of seed {seed}: {told}")
    tally.days += 1
    tally.kills += day.kills
    tally.mishaps.update({mishap.value: count for mishap, count in day.line.mishaps.items()})
    tally.mishaps["connections torn"] += day.line.cuts
