"""Whatever people do at the screen, nothing of one person reaches the next, and every visit ends."""

from __future__ import annotations

import inspect
import random
from pathlib import Path

import pytest

from kiosk.ui.journeys import Step
from kiosk.ui.visit import Visit
from tests.unit.ui.acts import ACTS, OFFERED, WALKED, a_walker

STEPS = 10_000
FARTHER, FARTHEST = 1000, 40_000
"""How far a walk goes on at a time, and at most, where chance has left out a page."""


@pytest.mark.timeout(900)
def test_any_walk_keeps_one_persons_things_to_that_person_and_ends(tmp_path: Path) -> None:
    walker = a_walker(tmp_path, random.getrandbits(32))
    walker.walk(STEPS)
    while set(walker.steps) < set(Step) and walker.acts.total() < FARTHEST:
        walker.walk(FARTHER)
    walker.close()
    assert set(walker.steps) == set(Step)
    assert set(walker.acts) == set(ACTS)


def test_a_walk_does_everything_that_can_be_done_on_every_page() -> None:
    said = {name for name, _ in inspect.getmembers(Visit, inspect.isfunction) if not name.startswith("_")}
    assert set(ACTS) | WALKED >= said
    assert set(OFFERED) == set(Step)
