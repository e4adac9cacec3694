"""A thousand cards with random trouble, replayed from a seed: nothing lost, doubled or made up."""

from __future__ import annotations

import random
import re

import pytest

from kiosk.devices.emulators.reader_faults import Misbehaviour
from kiosk.devices.readers import CardPresented, CardWatch
from tools import soak
from tools.soaks import reader_presentations
from tools.soaks.reader_presentations import Dishonest, run


def test_a_thousand_cards_with_random_trouble_are_each_told_once_and_truly() -> None:
    seed = random.getrandbits(32)
    tally = run(1000, seed)

    assert tally.presented + tally.unreadable + tally.moved == 1000
    assert min(tally.presented, tally.unreadable, tally.moved, tally.lost) > 0
    assert tally.longest_resume_s <= reader_presentations.RESUME_S


def test_the_same_seed_is_the_same_run() -> None:
    assert run(60, 7) == run(60, 7)


def test_a_driver_that_tells_a_card_twice_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    present = CardWatch._present

    def twice(watch: CardWatch, *told: object) -> None:
        present(watch, *told)  # type: ignore[arg-type]
        present(watch, *told)  # type: ignore[arg-type]

    monkeypatch.setattr(CardWatch, "_present", twice)
    with pytest.raises(Dishonest, match="twice"):
        run(30, 1)


def test_a_card_in_a_log_line_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def shown(event: CardPresented) -> str:
        return f"presented {event.card.name}"

    monkeypatch.setattr(CardPresented, "__repr__", shown)
    with pytest.raises(Dishonest, match="logged"):
        run(30, 1)


def test_every_misbehaviour_of_the_emulator_is_played() -> None:
    played = {
        *reader_presentations.HARMLESS,
        *reader_presentations.ONCE,
        *reader_presentations.REFUSALS,
        *reader_presentations.OUTAGES,
        Misbehaviour.LIFT_AT,
        Misbehaviour.UNPLUG_AT,
    }

    assert set(Misbehaviour) - played == {Misbehaviour.UNPLUG}, "a hand pulls the plug by the clock there"


def test_the_table_of_a_soak_names_each_state_and_how_often() -> None:
    table, is_honest = soak.devices(3)
    assert is_honest
    assert re.search(r"^\| 3 presentations \| presented \d", table, re.MULTILINE)
    [slips] = re.findall(r"^\| 3 slips \| .*states: ([^:]*), troubles: ", table, re.MULTILINE)
    assert sum(int(part.split()[1]) for part in slips.split(", ")) == 3
