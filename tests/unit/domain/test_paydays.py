"""When money is due by each rule of pay, and which answers move a place where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.clock import instant_of
from kiosk.domain.ids import PlacementId
from kiosk.domain.jobs import PayRule
from kiosk.domain.paydays import (
    ASKED_FOR,
    PAY_STATES,
    PayAnswer,
    PayQuestion,
    pay_due_after_h,
    state_after,
)
from kiosk.domain.placements import PlacementState
from kiosk.domain.rest_days import RestDays
from tests.unit.domain.example_jobs import DAY, JOB

HOME = JOB.shift.ends + timedelta(minutes=30)


WORKED = RestDays({DAY + timedelta(days=ahead): False for ahead in range(-40, 401)})
"""A calendar without a day of rest."""


def due(
    rule: PayRule,
    on: date | None = None,
    at: time | None = None,
    ends: datetime = HOME,
    rest: RestDays = WORKED,
) -> datetime:
    """Return when somebody who worked a day is asked, by this rule of pay."""
    pay = replace(JOB.pay, rule=rule, due_on=on, due_at=at)
    return ends + timedelta(hours=pay_due_after_h(pay, JOB.shift, ends, rest))


def test_a_days_pay_is_due_when_the_day_is_done_and_the_way_home_too() -> None:
    assert due(PayRule.SAME_DAY) == HOME
    assert due(PayRule.AFTER_WORK, at=time(17, 30)) == HOME


def test_pay_that_was_promised_for_the_evening_is_not_asked_for_before() -> None:
    assert due(PayRule.SAME_DAY, at=time(20)) >= instant_of(DAY, time(20))
    assert due(PayRule.SAME_DAY, at=time(20)) < instant_of(DAY, time(21))


@pytest.mark.parametrize(
    ("rule", "on", "first_asked"),
    [
        (PayRule.ON_DATE, DAY + timedelta(days=3), DAY + timedelta(days=4)),
        (PayRule.WEEKLY, None, DAY + timedelta(days=8)),
        (PayRule.MONTHLY, None, date(2026, 12, 24)),
    ],
)
def test_a_payday_without_an_hour_is_over_before_anybody_is_asked(
    rule: PayRule, on: date | None, first_asked: date
) -> None:
    asked = due(rule, on)
    assert instant_of(first_asked, time()) <= asked < instant_of(first_asked, time(1))


def test_a_month_after_the_thirty_first_is_the_last_day_of_the_next() -> None:
    last = date(2026, 1, 31)
    shift = replace(JOB.shift, first_day=last, last_day=last)
    pay = replace(JOB.pay, rule=PayRule.MONTHLY)
    worked = RestDays({date(2026, 2, 28): False})
    asked = shift.ends + timedelta(hours=pay_due_after_h(pay, shift, shift.ends, worked))
    assert asked.date() == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("rule", "on", "rest", "asked"),
    [
        (PayRule.ON_DATE, DAY + timedelta(days=6), {}, DAY + timedelta(days=5)),
        (PayRule.ON_DATE, DAY + timedelta(days=2), {DAY + timedelta(days=2): True}, DAY + timedelta(days=2)),
        (PayRule.WEEKLY, None, {DAY + timedelta(days=7): True}, DAY + timedelta(days=5)),
        (PayRule.ON_DATE, DAY + timedelta(days=6), {DAY + timedelta(days=6): False}, DAY + timedelta(days=7)),
    ],
)
def test_a_payday_on_a_day_of_rest_comes_before_it(
    rule: PayRule, on: date | None, rest: dict[date, bool], asked: date
) -> None:
    """One-line break: let a payday stay where it is; the first of these is a Sunday, paid by Friday."""
    assert due(rule, on, rest=RestDays(rest)) == instant_of(asked, time()) + timedelta(minutes=30)


def test_days_of_rest_never_bring_pay_before_the_work_is_done() -> None:
    """One-line break: in `worked_by`, do not stop at the earliest day."""
    rest = RestDays({DAY - timedelta(days=back): True for back in range(-9, 9)})
    assert due(PayRule.WEEKLY, rest=rest) == HOME


@given(
    rule=st.sampled_from(PayRule),
    days=st.integers(-40, 400),
    at=st.none() | st.times().map(lambda moment: moment.replace(microsecond=0)),
    way=st.timedeltas(timedelta(), timedelta(hours=12)),
)
def test_nobody_is_asked_before_the_work_is_over(
    rule: PayRule, days: int, at: time | None, way: timedelta
) -> None:
    ends = JOB.shift.ends + way
    assert due(rule, DAY + timedelta(days=days), at, ends) >= ends
    assert due(rule, DAY + timedelta(days=days), at, ends, RestDays({})) >= ends


def test_a_question_is_asked_from_payday_on_and_not_for_ever() -> None:
    question = PayQuestion(PlacementId("p1"), "摘苹果", DAY, HOME)
    moment = timedelta(microseconds=1)
    assert [question.is_due(at) for at in (HOME - moment, HOME, HOME + ASKED_FOR - moment)] == [0, 1, 1]
    assert not question.is_due(HOME + ASKED_FOR)


@pytest.mark.parametrize("state", sorted(PAY_STATES | {PlacementState.SETTLED, PlacementState.DISPUTED}))
def test_all_of_the_money_settles_a_place_and_less_disputes_it(state: PlacementState) -> None:
    assert state_after(state, PayAnswer.FULL) is PlacementState.SETTLED
    assert {state_after(state, less) for less in (PayAnswer.PARTIAL, PayAnswer.NONE)} == {
        PlacementState.DISPUTED
    }


@pytest.mark.parametrize("answer", list(PayAnswer))
def test_no_answer_moves_a_place_that_never_was_or_is_closed(answer: PayAnswer) -> None:
    others = set(PlacementState) - PAY_STATES - {PlacementState.SETTLED, PlacementState.DISPUTED}
    assert {state for state in others if state_after(state, answer) is not state} == set()
