"""Cards that somebody else lays: they come when they like, and the report tells them apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.catalogue import load
from kiosk.demo.hand import Hand
from kiosk.demo.morning import is_good, leave, shows_work
from kiosk.ui.journeys import Step
from tests.unit.demo.scripted import scripted_screen


def test_a_card_laid_while_a_slip_waits_for_paper_begins_a_journey_of_its_own(tmp_path: Path) -> None:
    steps = [Step.GREETING, Step.DETAIL, Step.CONFIRM, Step.PAPER_OUT, Step.NOTICE, Step.GREETING]
    seen: list[Step] = []
    with scripted_screen(tmp_path, [*steps, Step.BLOCKED]) as door:
        hand = Hand(door, tmp_path, seen.append)
        first, second = hand.follow(None), hand.follow(None)
    assert first.is_overtaken
    assert first.told == "greeting > detail > confirm > paper_out (the next card came)"
    assert not second.is_overtaken
    assert second.end is Step.BLOCKED


def test_the_card_that_waits_behind_a_goodbye_is_not_sent_away(tmp_path: Path) -> None:
    tapped: list[str] = []
    with scripted_screen(tmp_path, [Step.GOODBYE, Step.NOTICE], tapped) as door:
        leave(door, Hand(door, tmp_path, lambda _step: None), Step.GOODBYE)
    assert tapped == ["go"]


def test_a_card_that_lay_there_before_the_first_look_does_not_hide_the_work(tmp_path: Path) -> None:
    with scripted_screen(tmp_path, [Step.NOTICE]) as door:
        assert shows_work(door, door.look(), is_foreign=True)
        assert not shows_work(door, door.look(), is_foreign=False)


@pytest.mark.parametrize(
    ("end", "said", "is_lawful"),
    [
        (Step.UNREADABLE, "ui.unreadable.bad_number", True),
        (Step.UNREADABLE, "devices.reader.lay_id_card", True),
        (Step.UNREADABLE, "devices.reader.broken", False),
        (Step.TURNED_AWAY, "ui.turned_away.too_young", True),
        (Step.TROUBLE, "actions.not_ready", False),
    ],
)
def test_a_card_that_is_refused_is_a_good_step_and_one_that_was_not_read_is_none(
    tmp_path: Path, end: Step, said: str, is_lawful: bool
) -> None:
    """Broken by calling every card that leads nowhere a failure."""
    assert load("zh_CN")(said), "a sentence that the screen can say"
    with scripted_screen(tmp_path, [Step.READING, end], said=said) as door:
        journey = Hand(door, tmp_path, lambda _step: None).follow(None)
    assert (journey.end, journey.said) == (end, said)
    assert is_good(journey) is is_lawful
