"""A team by touch: nothing of a member's card is on the glass, and a reason goes with its card."""

from __future__ import annotations

from kiosk.actions.printing import PaperState
from kiosk.catalogue import load
from kiosk.ui.journeys import Step
from tests.screens.stretches.teams import FRIENDS, LEADER, STRANGER, teams
from tests.screens.tour import Tour, shown, words_on
from tools.figures.people import person_card

EVERYBODY = [person_card(number) for number in (LEADER, LEADER + 10, *FRIENDS, STRANGER, *range(50, 57))]
REASON = "时间撞上了"


def test_no_page_of_a_team_shows_a_whole_name_or_number_or_a_reason_behind_its_card(tour: Tour) -> None:
    words = {page: words_on(tour.screen) for page in teams(tour)}
    for page, said in words.items():
        assert not [card for card in EVERYBODY if card.name in said or card.number in said], page
    assert REASON in words["team_refused"]
    assert REASON not in words["team_refused_lifted"]


def test_a_team_reads_on_every_page_before_its_places_that_no_slip_can_come(tour: Tour) -> None:
    tour.set_paper(PaperState.OUT)
    note, before = load("zh_CN")("ui.no_slip.paper"), {Step.TEAM, Step.TEAM_SHORT, Step.TEAM_CONFIRM}
    pages = ((page, words_on(tour.screen)) for page in teams(tour) if shown(tour) in before)
    assert [page for page, words in pages if note not in words] == []
