"""Sessions of two servers on PostgreSQL, which ends some of them: storms of 8 to 16 kiosks.

Each storm has a bureau and a seed of its own; one that did not end whole is told with its seed.
"""

from __future__ import annotations

import logging
import random
import shutil
import tempfile
from pathlib import Path

import structlog

from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import init_bureau, keep_url
from kiosk.bureau.offices import office
from tests.clusters import running_cluster
from tests.unit.bureau.rehearsal import HandClock
from tests.unit.bureau.storms import Storm, gathered

FEWEST, MOST = 8, 16
ROUNDS, KILLS = 20, 12


def run(count: int, seed: int) -> tuple[str, bool]:
    """Let so many storms rage; return what came of them, and whether everything was whole after each."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    dice = random.Random(seed)
    rounds = entries = faults = 0
    wrong: list[str] = []
    with running_cluster() as cluster, tempfile.TemporaryDirectory(prefix="hall-storms-") as work:
        fresh = Path(work) / "fresh"
        cluster.run("CREATE DATABASE fresh")
        init_bureau(fresh, "风暴", database=cluster.url("fresh"))
        for number in range(count):
            own, name = dice.getrandbits(32), f"storm_{number}"
            cluster.run(f"CREATE DATABASE {name} TEMPLATE fresh")
            folder = Path(shutil.copytree(fresh, Path(work) / name))
            keep_url(BureauFolder(folder), cluster.url(name))
            storm, broken = _raged(folder, own)
            wrong += [f"seed {own}: {each}" for each in broken]
            rounds += ROUNDS * len(storm.hands)
            entries += sum(len(hand.machine.journal) for hand in storm.hands)
            faults += sum(hand.faults for hand in storm.hands)
            cluster.run(f"DROP DATABASE {name} WITH (FORCE)")
    lines = [
        f"{count} storms of {FEWEST} to {MOST} kiosks, seed {seed}: {rounds} rounds at once,",
        f"{entries} entries, {faults} rounds that the server cut off and that were said again.",
        *(f"**Not whole.** {each}." for each in wrong),
    ]
    return "\n".join(lines if wrong else [*lines, "Everything was whole after each."]), not wrong


def _raged(folder: Path, seed: int) -> tuple[Storm, list[str]]:
    """Let one storm rage on a bureau of its own, and return what is not whole behind it."""
    clock = HandClock()
    with office(folder, clock) as bureau, office(folder, clock) as other:
        storm = gathered((bureau, other), folder, seed, random.Random(seed).randint(FEWEST, MOST))
        storm.rage(ROUNDS, KILLS)
        return storm, storm.wrong()
