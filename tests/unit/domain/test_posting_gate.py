"""What an advertisement must say, and whether its pay and hours are lawful."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from kiosk.catalogue import LANGUAGES, load
from kiosk.domain.eligibility import Level
from kiosk.domain.jobs import Employer, EmployerType, Hazard, Job, Pay, PayRule, PayUnit, Shift
from kiosk.domain.parameters import Parameters
from kiosk.domain.posting import Decision, Hit, review
from kiosk.domain.rest_days import ToldDay
from tests.unit.domain.example_jobs import DAY, EMPLOYER, JOB, numbers


def hits(job: Job, employer: Employer = EMPLOYER, parameters: Parameters | None = None) -> tuple[Hit, ...]:
    found = review(job, employer, parameters or numbers()).hits
    for language in LANGUAGES:
        words = load(language)
        for hit in found:
            for sentence in (hit.sentence, hit.hint, hit.legal_basis):
                assert words(sentence.key, **sentence.args)
    return found


def rules(job: Job, employer: Employer = EMPLOYER) -> list[tuple[str, Level]]:
    return [(hit.rule, hit.level) for hit in hits(job, employer)]


def paid(pay: Pay, shift: Shift | None = None) -> Job:
    return replace(JOB, pay=pay, shift=shift or JOB.shift)


def test_a_complete_and_lawful_advertisement_is_published() -> None:
    assert review(JOB, EMPLOYER, numbers()).decision is Decision.PUBLISH


@pytest.mark.parametrize(
    ("job", "rule"),
    [
        (replace(JOB, title=" "), "unsaid.title"),
        (replace(JOB, content="干活"), "unsaid.content"),
        (replace(JOB, headcount=0), "unsaid.headcount"),
        (replace(JOB, place=replace(JOB.place, spot="")), "unsaid.place"),
        (replace(JOB, pay=replace(JOB.pay, fen=0)), "unsaid.pay"),
        (replace(JOB, pay=replace(JOB.pay, payer="")), "unsaid.pay"),
        (replace(JOB, pay=replace(JOB.pay, rule=PayRule.ON_DATE)), "unsaid.pay"),
        (replace(JOB, pay=replace(JOB.pay, unit=PayUnit.PIECE)), "unsaid.pay"),
        (replace(JOB, is_dangerous=True), "unsaid.hazards"),
    ],
)
def test_what_the_law_wants_said_must_be_said(job: Job, rule: str) -> None:
    assert rules(job) == [(rule, Level.BLOCK)]


@pytest.mark.parametrize("part", ["name", "contact_name", "contact_phone", "address"])
def test_the_employer_must_be_fully_named(part: str) -> None:
    employer = replace(EMPLOYER, **{part: " "})  # type: ignore[arg-type]  # each part is a text
    assert rules(JOB, employer) == [("unsaid.employer", Level.BLOCK)]


def test_a_credit_code_must_be_there_and_right_except_for_households_and_workshops() -> None:
    for wrong in (None, "93999999MA00000010"):
        assert rules(JOB, replace(EMPLOYER, uscc=wrong)) == [("uscc", Level.BLOCK)]
    for kind in (EmployerType.HOUSEHOLD, EmployerType.WORKSHOP):
        assert rules(JOB, replace(EMPLOYER, type=kind, uscc=None)) == []


def test_unseen_papers_and_agencies_wait_for_a_person() -> None:
    assert rules(JOB, replace(EMPLOYER, is_verified=False)) == [("unverified", Level.REVIEW)]
    assert rules(JOB, replace(EMPLOYER, type=EmployerType.AGENCY)) == [("agency", Level.REVIEW)]


def test_nobody_may_advertise_for_children_and_a_high_floor_needs_a_reason() -> None:
    assert rules(replace(JOB, age_min=15)) == [("age_too_low", Level.BLOCK)]
    assert rules(replace(JOB, age_min=16)) == rules(replace(JOB, age_min=18)) == []
    assert rules(replace(JOB, age_min=19)) == [("age_floor", Level.REVIEW)]


def test_dangerous_work_names_its_protection() -> None:
    job = replace(JOB, is_dangerous=True, hazards=frozenset({Hazard.HEIGHT}))
    assert rules(job) == [("no_protection", Level.REVIEW)]


@pytest.mark.parametrize(
    ("unit", "lowest_fen"), [(PayUnit.HOUR, 1500), (PayUnit.DAY, 8 * 1500), (PayUnit.MONTH, 200_000)]
)
def test_pay_reaches_the_minimum_wage_to_the_fen(unit: PayUnit, lowest_fen: int) -> None:
    pay = replace(JOB.pay, unit=unit)
    assert rules(paid(replace(pay, fen=lowest_fen))) == []
    assert rules(paid(replace(pay, fen=lowest_fen - 1))) == [("below_minimum", Level.BLOCK)]


def test_a_night_shift_counts_its_hours_over_midnight() -> None:
    night = replace(JOB.shift, starts_at=time(22), ends_at=time(6), break_min=0)
    assert rules(paid(replace(JOB.pay, fen=8 * 1500), night)) == []
    assert rules(paid(replace(JOB.pay, fen=8 * 1500 - 1), night)) == [("below_minimum", Level.BLOCK)]


@pytest.mark.parametrize(
    ("unit", "break_min", "lowest"),
    [
        (PayUnit.HOUR, 0, "15"),
        (PayUnit.DAY, 0, "120"),
        (PayUnit.DAY, 41, "109.75"),
        (PayUnit.MONTH, 0, "2000"),
    ],
)
def test_too_little_comes_back_with_the_least_for_such_a_day(
    unit: PayUnit, break_min: int, lowest: str
) -> None:
    """One-line break: tell the least for an hour, from which an employer has to reckon his own."""
    shift = replace(JOB.shift, starts_at=time(8), ends_at=time(16), break_min=break_min)
    (hit,) = hits(paid(replace(JOB.pay, unit=unit, fen=100), shift))
    assert hit.number == lowest
    assert rules(paid(replace(JOB.pay, unit=unit, fen=int(float(lowest) * 100)), shift)) == []


def test_a_minimum_wage_hit_names_its_parameter() -> None:
    (hit,) = hits(paid(replace(JOB.pay, unit=PayUnit.HOUR, fen=100)))
    assert hit.parameter is not None
    assert hit.parameter.key == "wage.minimum_hour_fen"


def test_part_time_is_paid_within_fifteen_days_and_other_work_within_a_month() -> None:
    weeks = replace(JOB.shift, last_day=DAY + timedelta(days=20))
    by_hour = replace(JOB.pay, unit=PayUnit.HOUR, fen=2000)
    assert rules(paid(replace(by_hour, rule=PayRule.MONTHLY), weeks)) == [("late_pay", Level.BLOCK)]
    assert rules(paid(replace(by_hour, rule=PayRule.WEEKLY), weeks)) == []
    assert rules(paid(replace(JOB.pay, rule=PayRule.MONTHLY), weeks)) == []


def test_a_payday_on_a_date_may_lie_a_month_ahead_and_no_further() -> None:
    days = replace(JOB.shift, last_day=DAY + timedelta(days=3))
    pay = replace(JOB.pay, rule=PayRule.ON_DATE)
    assert rules(paid(replace(pay, due_on=DAY + timedelta(days=31)), days)) == []
    assert rules(paid(replace(pay, due_on=DAY + timedelta(days=32)), days)) == [("late_pay", Level.BLOCK)]


def test_a_payday_on_a_day_of_rest_is_to_be_written_as_the_day_before_it() -> None:
    """One-line break: in `payday`, leave out what was told of single days."""
    days = replace(JOB.shift, last_day=DAY + timedelta(days=3))
    sunday, monday = DAY + timedelta(days=6), DAY + timedelta(days=7)
    for told, due, number in (
        ((), sunday, (DAY + timedelta(days=4)).isoformat()),
        ((ToldDay(monday, is_rest=True, source="通知"),), monday, (DAY + timedelta(days=4)).isoformat()),
        ((ToldDay(sunday, is_rest=False, source="通知"),), sunday, None),
        ((), monday, None),
    ):
        parameters = Parameters(
            {**numbers().values, **{item.parameter().key: item.parameter() for item in told}}
        )
        job = paid(replace(JOB.pay, rule=PayRule.ON_DATE, due_on=due), days)
        found = [(hit.rule, hit.number) for hit in hits(job, parameters=parameters)]
        assert found == ([] if number is None else [("rest_day", number)])


def test_no_payday_comes_before_the_work_is_done() -> None:
    """One-line break: in `worked_by`, do not stop at the earliest day."""
    saturday, sunday = DAY + timedelta(days=5), DAY + timedelta(days=6)
    job = paid(replace(JOB.pay, rule=PayRule.ON_DATE, due_on=sunday), replace(JOB.shift, last_day=saturday))
    assert [hit.number for hit in hits(job)] == [saturday.isoformat()]
    assert rules(replace(job, pay=replace(job.pay, due_on=saturday))) == []


def test_one_days_work_that_is_paid_later_waits_for_a_person() -> None:
    assert rules(paid(replace(JOB.pay, rule=PayRule.WEEKLY))) == [("one_day_late", Level.REVIEW)]


def test_a_long_day_is_told_and_a_very_long_one_waits_for_a_person() -> None:
    nine, twelve = replace(JOB.shift, ends_at=time(18)), replace(JOB.shift, ends_at=time(21))
    assert rules(paid(replace(JOB.pay, fen=30_000), nine)) == [("long_day", Level.WARN)]
    assert rules(paid(replace(JOB.pay, fen=30_000), twelve)) == [("long_day", Level.REVIEW)]
    assert review(paid(replace(JOB.pay, fen=30_000), nine), EMPLOYER, numbers()).decision is Decision.PUBLISH


@pytest.mark.parametrize("value", [None, "?"])
def test_without_a_number_an_advertisement_waits_for_a_person(value: str | None) -> None:
    found = hits(JOB, parameters=numbers(wage__minimum_hour_fen=value))
    assert [(hit.rule, hit.level) for hit in found] == [("unknown_number", Level.REVIEW)]


def test_the_gravest_hit_decides_and_comes_first() -> None:
    job = replace(JOB, content="限男，形象好，一天干完", shift=replace(JOB.shift, ends_at=time(18)))
    found = review(job, EMPLOYER, numbers())
    assert [hit.level for hit in found.hits] == [Level.BLOCK, Level.REVIEW, Level.WARN]
    assert found.decision is Decision.RETURNED
