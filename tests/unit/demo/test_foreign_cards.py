"""Cards that somebody else lays: they come when they like, and the report tells them apart."""

from __future__ import annotations

from pathlib import Path

from kiosk.demo.hand import Hand
from kiosk.demo.morning import leave, shows_work
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
