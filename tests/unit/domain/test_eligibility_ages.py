"""The rules of age, on the very days where they turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.domain.cards import Sex
from kiosk.domain.eligibility import Level, Rule, judge
from kiosk.domain.jobs import Hazard, Job
from kiosk.domain.parameters import Parameters
from kiosk.domain.workers import Standing
from tests.unit.domain.example_jobs import DAY, JOB, numbers, on

DANGEROUS = replace(JOB, is_dangerous=True, hazards=frozenset({Hazard.ELECTRIC}))


def found(birth: date | None, job: Job = JOB, parameters: Parameters | None = None) -> dict[Rule, Level]:
    judgement = judge(job, None, Standing(birth), job.shift.first_day, parameters or numbers())
    return {finding.rule: finding.level for finding in judgement.findings}


def test_on_the_sixteenth_birthday_work_is_allowed() -> None:
    assert found(date(DAY.year - 16, DAY.month, DAY.day)) == {}


def test_on_the_day_before_the_sixteenth_birthday_it_is_not() -> None:
    assert found(date(DAY.year - 16, DAY.month, DAY.day + 1))[Rule.AGE_01] is Level.BLOCK


def test_someone_born_on_29_february_turns_sixteen_on_1_march_of_a_common_year() -> None:
    born = date(2012, 2, 29)
    assert Rule.AGE_01 not in found(born, on(JOB, date(2028, 2, 29)))
    assert Rule.AGE_01 in found(born, on(JOB, date(2028, 2, 28)))
    born = date(2008, 2, 29)
    assert Rule.AGE_02 in found(born, on(DANGEROUS, date(2026, 2, 28)))
    assert Rule.AGE_02 not in found(born, on(DANGEROUS, date(2026, 3, 1)))


def test_who_is_under_age_when_asking_is_refused_even_if_the_work_begins_later() -> None:
    birthday = on(JOB, DAY)
    standing = Standing(date(DAY.year - 16, DAY.month, DAY.day))
    asked_the_day_before = judge(birthday, None, standing, DAY.replace(day=DAY.day - 1), numbers())
    assert asked_the_day_before.findings[0].rule is Rule.AGE_01


def test_no_parameter_lowers_the_minimum_age_but_one_may_raise_it() -> None:
    fifteen, sixteen = date(DAY.year - 15, 1, 1), date(DAY.year - 16, 1, 1)
    assert Rule.AGE_01 in found(fifteen, parameters=numbers(age__minimum_years="10"))
    assert Rule.AGE_01 in found(sixteen, parameters=numbers(age__minimum_years="17"))


def test_an_unknown_birth_date_goes_to_the_desk_and_is_not_guessed() -> None:
    assert found(None, DANGEROUS) == {Rule.AGE_01: Level.REVIEW}
    assert not judge(JOB, None, Standing(None), DAY, numbers()).is_allowed


@pytest.mark.parametrize("hazard", [Hazard.HEIGHT, Hazard.TOXIC, Hazard.LIFTING])
def test_a_minor_may_not_meet_the_hazards_the_law_lists(hazard: Hazard) -> None:
    job = replace(JOB, hazards=frozenset({hazard, Hazard.LADDER}))
    seventeen = Standing(date(DAY.year - 17, 1, 1))
    finding = judge(job, None, seventeen, DAY, numbers()).findings[0]
    assert (finding.rule, finding.level, finding.hazards) == (Rule.AGE_02, Level.BLOCK, (hazard,))


def test_a_minor_may_meet_other_hazards() -> None:
    assert found(date(DAY.year - 17, 1, 1), replace(JOB, hazards=frozenset({Hazard.LADDER}))) == {}


def test_on_the_eighteenth_birthday_dangerous_work_is_open() -> None:
    assert found(date(DAY.year - 18, DAY.month, DAY.day), DANGEROUS) == {}
    assert Rule.AGE_02 in found(date(DAY.year - 18, DAY.month, DAY.day + 1), DANGEROUS)


def test_from_the_sixtieth_birthday_on_dangerous_work_is_closed_and_other_work_is_not() -> None:
    turning = date(DAY.year - 60, DAY.month, DAY.day)
    assert found(turning, DANGEROUS) == {Rule.AGE_03: Level.BLOCK}
    assert found(turning.replace(day=DAY.day + 1), DANGEROUS) == {}


@pytest.mark.parametrize(("sex", "months"), [(Sex.MALE, 60 * 12 + 5), (Sex.FEMALE, 50 * 12 + 8)])
def test_of_an_agreement_people_are_reminded_from_their_own_retirement_age_on(sex: Sex, months: int) -> None:
    """One-line break: take the age of men for women; both come later by the month in which they were born."""
    year, month = divmod(DAY.year * 12 + DAY.month - 1 - months, 12)
    for born, reminded in (
        (date(year, month + 1, DAY.day), True),
        (date(year, month + 1, DAY.day + 1), False),
    ):
        judgement = judge(JOB, None, Standing(born, sex=sex), DAY, numbers())
        assert judgement.is_allowed
        assert ([finding.rule for finding in judgement.of(Level.WARN)] == [Rule.AGE_04]) is reminded


def test_harmful_work_counts_as_dangerous_for_the_old() -> None:
    job = replace(JOB, hazards=frozenset({Hazard.TOXIC}))
    assert found(date(1958, 1, 1), job)[Rule.AGE_03] is Level.BLOCK


def test_who_turns_sixty_before_dangerous_work_ends_is_the_desks_to_decide() -> None:
    turning = date(DAY.year - 60, 12, 1)
    assert found(turning, on(DANGEROUS, DAY, date(DAY.year, 12, 20))) == {Rule.AGE_03: Level.REVIEW}


def test_a_job_may_ask_for_more_years_than_the_law() -> None:
    asked = replace(JOB, age_min=18)
    assert found(date(DAY.year - 18, DAY.month, DAY.day), asked) == {}
    assert found(date(DAY.year - 18, DAY.month, DAY.day + 1), asked) == {Rule.JOB_AGE: Level.BLOCK}


@pytest.mark.parametrize("value", [None, "sixteen"])
def test_without_its_number_a_rule_refuses_and_names_the_number(value: str | None) -> None:
    standing = Standing(date(1980, 1, 1))
    judgement = judge(JOB, None, standing, DAY, numbers(age__minimum_years=value))
    assert judgement.findings[0].level is Level.BLOCK
    assert judgement.findings[0].sentence.args == {"key": "age.minimum_years"}
    assert judgement.findings[0].parameter is None


def test_a_reminder_without_its_number_closes_no_job() -> None:
    parameters = numbers(age__retirement_men_years=None)
    assert judge(JOB, None, Standing(date(1980, 1, 1)), DAY, parameters).is_allowed


def test_a_refusal_shows_the_number_it_used_and_where_the_number_comes_from() -> None:
    finding = judge(JOB, None, Standing(date(2015, 1, 1)), DAY, numbers()).findings[0]
    assert finding.parameter is not None
    assert (finding.parameter.key, finding.parameter.value) == ("age.minimum_years", "16")
    assert finding.legal_basis.args == {"source": "source of age.minimum_years"}
