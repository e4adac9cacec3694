"""Were you paid? Each place that is due adds one page before the greeting, and nothing hangs on it."""

from __future__ import annotations

import pytest

from kiosk.actions.board_ports import BoardQuery
from kiosk.domain.ids import SlipNumber
from kiosk.domain.paydays import PayAnswer
from kiosk.domain.placements import PlacementState
from kiosk.ui.journeys import Step
from kiosk.ui.sessions import open_places
from tests.unit.ui.visit_rig import VisitRig

FIRST, SECOND = "miao", "tian"


def at(rig: VisitRig) -> Step:
    """Return the step that is shown now."""
    return rig.visit.step


def state_of(rig: VisitRig, slip: SlipNumber) -> PlacementState:
    """Return the state of a place."""
    with rig.kiosk.hall.store.reading() as records:
        taken = records.placements.by_slip(slip)
    assert taken is not None
    return taken.state


@pytest.fixture
def slip(rig: VisitRig) -> SlipNumber:
    """Somebody took a place and went; now the money is due and nobody stands at the kiosk."""
    return rig.earn(FIRST)


def test_the_question_comes_before_the_greeting_and_an_answer_leads_there(
    rig: VisitRig, slip: SlipNumber
) -> None:
    rig.lay(FIRST)
    assert at(rig) is Step.ASK_PAY
    assert [item.fen for item in rig.visit.session.pay_due] == [18000]
    rig.visit.answer_pay(PayAnswer.NONE)
    assert at(rig) is Step.GREETING
    assert state_of(rig, slip) is PlacementState.DISPUTED
    rig.lift()
    rig.visit.end()
    rig.lay(FIRST)
    assert at(rig) is Step.GREETING


def test_put_off_it_is_asked_again_at_the_next_tap_and_keeps_nobody_from_work(
    rig: VisitRig, slip: SlipNumber
) -> None:
    for _ in range(2):
        rig.lay(FIRST)
        assert at(rig) is Step.ASK_PAY
        rig.visit.answer_pay(None)
        assert at(rig) is Step.GREETING
        rig.lift()
        rig.visit.end()
    assert state_of(rig, slip) is PlacementState.SLIP_ISSUED


def test_whoever_came_for_a_job_goes_on_with_it_after_the_question(rig: VisitRig, slip: SlipNumber) -> None:
    with rig.kiosk.hall.store.reading() as records:
        [line, *_] = records.board.page(BoardQuery(takeable_here=True), rig.kiosk.hall.now(), 0, 1)
    rig.visit.open_job(line.job.id)
    rig.visit.go()
    rig.lay(FIRST)
    assert at(rig) is Step.ASK_PAY
    rig.visit.answer_pay(PayAnswer.FULL)
    assert at(rig) is Step.DETAIL
    rig.visit.back()
    assert at(rig) is Step.GREETING


def test_the_next_card_is_asked_nothing_of_the_last_ones_money(rig: VisitRig, slip: SlipNumber) -> None:
    rig.lay(FIRST)
    rig.lift()
    rig.lay(SECOND)
    assert list(rig.visit.session.pay_due) == []
    rig.visit.answer_pay(PayAnswer.FULL)
    assert at(rig) is Step.NOTICE
    assert state_of(rig, slip) is PlacementState.SLIP_ISSUED


def test_nobody_who_walks_away_has_said_anything(rig: VisitRig, slip: SlipNumber) -> None:
    rig.lay(FIRST)
    rig.lift()
    rig.wait(61)
    assert at(rig) is Step.HOME
    assert state_of(rig, slip) is PlacementState.SLIP_ISSUED


def test_a_place_that_is_over_is_no_longer_shown_as_held(rig: VisitRig, slip: SlipNumber) -> None:
    rig.lay(FIRST)
    rig.visit.answer_pay(None)
    assert list(open_places(rig.kiosk.hall, rig.visit.session)) == []
