"""Whatever people do at the screen, nothing of one person reaches the next, and every visit ends."""

from __future__ import annotations

import inspect
import random
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from pathlib import Path
from typing import get_type_hints

import pytest

from kiosk.ui.journeys import Step
from kiosk.ui.visit import Visit
from tests.unit.ui.acts import ACTS, OFFERED, WALKED, a_walker

STEPS = 10_000
FARTHER, FARTHEST = 1000, 40_000
"""How far a walk goes on at a time, and at most, where chance has left out a page."""
UI = "kiosk.ui."


def parts() -> Iterator[type]:
    """Yield what a finger, a device or the clock speaks to: a visit, and the parts it hands out to move."""
    yield Visit
    for name, held in inspect.getmembers(Visit, lambda member: isinstance(member, property)):
        kind = get_type_hints(held.fget)["return"]
        is_moved = inspect.isclass(kind) and kind.__module__.startswith(UI)
        if is_moved and not is_dataclass(kind) and not issubclass(kind, Step):
            assert _acts_of(kind), name
            yield kind


@pytest.fixture
def undone(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """What can be done to a visit and its parts; each is taken out when it is done."""
    left = set()
    for part in parts():
        for name in _acts_of(part):
            left.add(f"{part.__name__}.{name}")
            monkeypatch.setattr(part, name, _taking_out(getattr(part, name), f"{part.__name__}.{name}", left))
    return left


@pytest.mark.timeout(900)
def test_any_walk_keeps_one_persons_things_to_that_person_and_ends(tmp_path: Path, undone: set[str]) -> None:
    """Broken by a part that the walk never speaks to, and by rules that ask nobody for a class."""
    walker = a_walker(tmp_path, random.getrandbits(32))
    walker.walk(STEPS)
    while (undone or set(walker.steps) < set(Step)) and walker.acts.total() < FARTHEST:
        walker.walk(FARTHER)
    walker.close()
    assert set(walker.steps) == set(Step)
    assert set(walker.acts) == set(ACTS)
    assert undone == set()


def test_a_walk_does_everything_that_can_be_done_on_every_page() -> None:
    assert set(ACTS) | WALKED >= set(_acts_of(Visit))
    assert set(OFFERED) == set(Step)


def _acts_of(part: type) -> list[str]:
    """Return the names of what can be done to a part."""
    return [name for name, _ in inspect.getmembers(part, inspect.isfunction) if not name.startswith("_")]


def _taking_out(act: Callable[..., object], name: str, left: set[str]) -> Callable[..., object]:
    """Return the same act, which takes its name out of what is left to do."""

    def done(*args: object, **more: object) -> object:
        left.discard(name)
        return act(*args, **more)

    return done
