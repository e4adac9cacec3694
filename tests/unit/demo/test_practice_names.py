"""The demo's morning begins with practice: its pictures and papers pass for nothing real."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.demo.hand import Hand
from kiosk.demo.report import Report
from kiosk.ui.journeys import Step
from tests.unit.demo.scripted import papers_kept, scripted_screen


@pytest.mark.parametrize(
    ("is_practice", "names"),
    [
        (True, ["001-practice-quiz.png", "002-practice-quiz.png", "003-practice-goodbye.png"]),
        (False, ["001-quiz.png", "002-quiz.png", "003-goodbye.png"]),
    ],
)
def test_every_picture_of_practice_is_called_so(tmp_path: Path, is_practice: bool, names: list[str]) -> None:
    steps = [Step.QUIZ, Step.QUIZ, Step.QUIZ, Step.GOODBYE]
    with scripted_screen(tmp_path, steps, is_practice=is_practice) as door:
        hand = Hand(door, tmp_path, lambda _step: None)
        assert hand.follow(None).end is Step.GOODBYE
    assert hand.pictures == names


@pytest.mark.parametrize(("papers", "is_whole"), [(3, True), (2, False)])
def test_the_paper_of_practice_vouches_for_no_slip(tmp_path: Path, papers: int, is_whole: bool) -> None:
    """The first paper is of practice, and two slips say that they were printed."""
    report = Report(practised=["slip-0001"])
    kept = papers_kept(tmp_path, papers, report)
    assert [step.ok for step in report.steps] == [is_whole]
    real = [f"slip-{number:04d}" for number in range(2, papers + 1)]
    assert kept == [f"{stem}.{ending}" for stem in ("practice-slip-0001", *real) for ending in ("bin", "png")]
