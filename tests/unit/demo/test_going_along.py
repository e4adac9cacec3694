"""The last of the demo's morning leads somebody who found nothing; the list of the two is no slip."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kiosk.demo.guests import guests_of_the_morning
from kiosk.demo.hand import Hand
from kiosk.demo.report import Report
from kiosk.ui.journeys import Step
from tests.unit.demo.scripted import papers_kept, scripted_screen
from tests.unit.sample.test_sample_people import Morning


def test_each_morning_somebody_who_found_nothing_is_taken_along_to_a_job_both_may_have(
    tmp_path: Path,
) -> None:
    """Broken by a friend of another morning, whom the kiosk has not met."""
    rules = Morning(date(2026, 11, 23))
    for _ in range(3):
        *alone, last = guests_of_the_morning(tmp_path)
        assert last.brings is not None
        assert last.job is not None
        assert last.brings in [guest.person for guest in alone]
        assert [guest.brings for guest in alone] == [None] * len(alone)
        assert last.brings.takes is None
        for person in (last.person, last.brings):
            same = rules.people[person.key]
            assert rules.judge(same.standing, f"{last.job.partition('-')[0]}-{rules.day:%m%d}").is_allowed


def test_a_leader_has_his_friend_lay_a_card_down_where_it_is_asked_for(tmp_path: Path) -> None:
    """Broken by a hand that takes the job alone."""
    steps = [Step.DETAIL, Step.TEAM, Step.TEAM_CONFIRM, Step.TEAM_PRINTING, Step.TEAM_END]
    touched: list[str] = []
    with scripted_screen(tmp_path, steps, touched) as door:
        hand = Hand(door, tmp_path, lambda _step: None)
        journey = hand.follow(None, lambda: touched.append("a card"))
    assert (journey.end, journey.is_stuck) == (Step.TEAM_END, False)
    assert touched == ["picture", "a card", "go", "go"]


def test_the_list_of_a_team_vouches_for_no_slip(tmp_path: Path) -> None:
    """Broken by counting whatever came out as slips."""
    report = Report(lists=["slip-0002"])
    kept = papers_kept(tmp_path, 2, report)
    assert [step.ok for step in report.steps] == [False]
    assert [name for name in kept if name.endswith(".png")] == ["list-slip-0002.png", "slip-0001.png"]
