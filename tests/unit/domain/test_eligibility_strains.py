"""The rules of what a body bears: loads the law keeps from women, and work on hot days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from kiosk.domain.cards import Sex
from kiosk.domain.eligibility import Finding, Level, Rule, judge
from kiosk.domain.families import Family
from kiosk.domain.jobs import Hazard, Job, Strain
from kiosk.domain.parameters import Parameters
from kiosk.domain.traits import read_traits, traits_of, written
from kiosk.domain.workers import Standing
from tests.unit.domain.example_jobs import DAY, JOB, forecast, numbers, on

BORN = date(1985, 5, 5)
IN_THE_SUN = replace(JOB, hazards=frozenset({Hazard.HEAT}))


def findings(
    job: Job, sex: Sex = Sex.FEMALE, parameters: Parameters | None = None, birth: date = BORN
) -> tuple[Finding, ...]:
    standing = Standing(birth, sex=sex)
    return judge(job, None, standing, job.shift.first_day, parameters or numbers()).findings


@pytest.mark.parametrize(
    ("strain", "number"),
    [
        (Strain(lift_kg=26), "women.lift_kg"),
        (Strain(lift_kg=21, lifts_an_hour=6), "women.lift_often_kg"),
        (Strain(labour_grade=4), "women.labour_grade"),
        (Strain(is_underground=True), "women.labour_grade"),
    ],
)
def test_a_load_beyond_the_law_is_kept_from_women_and_from_nobody_else(strain: Strain, number: str) -> None:
    """Broken by asking for sex alone: light work of the same trade would be closed to women."""
    heavy = replace(JOB, strain=strain)
    finding = findings(heavy)[0]
    assert (finding.rule, finding.level) == (Rule.SEX_01, Level.BLOCK)
    assert finding.parameter is not None
    assert finding.parameter.key == number
    assert not any(finding.rule is Rule.SEX_01 for finding in findings(heavy, Sex.MALE))


@pytest.mark.parametrize(
    "strain",
    [Strain(), Strain(25), Strain(25, lifts_an_hour=5), Strain(20, lifts_an_hour=60), Strain(labour_grade=3)],
)
def test_every_load_within_the_law_is_open_to_everybody(strain: Strain) -> None:
    for sex in Sex:
        told = findings(replace(JOB, strain=strain), sex)
        assert [finding for finding in told if finding.rule is not Rule.SEX_02] == []


def test_who_may_bear_a_load_is_the_desks_to_say_where_a_card_tells_no_sex() -> None:
    (finding,) = findings(replace(JOB, strain=Strain(lift_kg=40)), Sex.UNKNOWN)
    assert (finding.rule, finding.level) == (Rule.SEX_01, Level.REVIEW)


def test_a_limit_of_load_that_nobody_delivered_refuses_only_what_is_known_to_be_borne() -> None:
    heavy = replace(JOB, strain=Strain(lift_kg=5))
    (finding,) = findings(heavy, parameters=numbers(women__lift_kg=None))
    assert finding.sentence.key == "rules.unknown_number"
    assert findings(JOB, parameters=numbers(women__lift_kg=None)) == ()


@pytest.mark.parametrize(
    ("celsius", "hours", "level", "said"),
    [
        (34, (7, 18), None, ""),
        (35, (7, 18), Level.WARN, "rotate"),
        (37, (7, 13), Level.WARN, "rotate"),
        (37, (7, 14), Level.BLOCK, "hours"),
        (37, (10, 14), Level.BLOCK, "hours"),
        (39, (5, 12), Level.BLOCK, "hours"),
        (40, (20, 22), Level.BLOCK, "stop"),
    ],
)
def test_the_hotter_the_day_the_shorter_the_work(
    celsius: int, hours: tuple[int, int], level: Level | None, said: str
) -> None:
    """Broken by stopping at 40 degrees alone: nobody would be kept out of the hottest hours."""
    starts, ends = map(time, hours)
    shift = replace(JOB.shift, starts_at=starts, ends_at=ends, break_min=0)
    found = findings(replace(IN_THE_SUN, shift=shift), parameters=forecast(celsius))
    expected = [] if level is None else [(Rule.HEAT_01, level, f"rules.heat01.{said}")]
    assert [(item.rule, item.level, item.sentence.key) for item in found] == expected


def test_the_hours_of_heat_only_remind_where_a_locality_says_so() -> None:
    (finding,) = findings(IN_THE_SUN, parameters=forecast(38, heat__limit_is_block="0"))
    assert finding.level is Level.WARN


def test_a_minor_does_not_work_in_the_heat_from_thirty_five_degrees_on() -> None:
    seventeen = DAY.replace(year=DAY.year - 17)
    adult = numbers(age__minor_forbidden_hazards="toxic")
    hot = Parameters(
        {**forecast(35).values, "age.minor_forbidden_hazards": adult.of("age.minor_forbidden_hazards")}
    )
    (finding,) = findings(IN_THE_SUN, parameters=hot, birth=seventeen)
    assert (finding.level, finding.sentence.key) == (Level.BLOCK, "rules.heat01.minor")


def test_a_forecast_counts_for_its_own_day_and_for_work_in_the_heat_alone() -> None:
    """Broken by taking yesterday's forecast for today's: one hot day would stop work until winter."""
    assert findings(IN_THE_SUN, parameters=forecast(41, DAY - timedelta(days=1))) == ()
    assert findings(JOB, parameters=forecast(41)) == ()
    assert findings(IN_THE_SUN) == ()
    later = on(IN_THE_SUN, DAY - timedelta(days=1), DAY + timedelta(days=1))
    assert [item.level for item in findings(later, parameters=forecast(41))] == [Level.BLOCK]


def test_a_citys_age_for_sites_reminds_and_is_off_where_there_is_none() -> None:
    site, fifty_five = replace(JOB, family=Family.BUILD), DAY.replace(year=DAY.year - 55)
    limit = numbers(age__site_limit_years="55")
    (finding,) = findings(site, Sex.MALE, parameters=limit, birth=fifty_five)
    assert (finding.rule, finding.level) == (Rule.AGE_05, Level.WARN)
    for silent in (numbers(), numbers(age__site_limit_years=None)):
        assert findings(site, Sex.MALE, parameters=silent, birth=fifty_five) == ()
    assert findings(JOB, Sex.MALE, parameters=limit, birth=fifty_five) == ()


def test_jobs_are_taken_for_alike_only_where_load_and_hours_in_the_heat_are() -> None:
    """Broken by leaving either out of the traits: a job is ranked by the answer that another one got."""
    early = replace(IN_THE_SUN, shift=replace(JOB.shift, ends_at=time(11)))
    heavy = replace(IN_THE_SUN, strain=Strain(lift_kg=40))
    told = {written(traits_of(job)) for job in (IN_THE_SUN, early, heavy)}
    assert len(told) == 3
    assert {read_traits(text) for text in told} == {traits_of(job) for job in (IN_THE_SUN, early, heavy)}


@pytest.mark.parametrize(
    "job",
    [
        replace(JOB, hazards=frozenset({Hazard.COLD})),
        replace(JOB, strain=Strain(labour_grade=3)),
    ],
)
def test_what_the_law_keeps_from_women_at_times_is_told_to_everybody_alike(job: Job) -> None:
    """One-line break: in `sex_02`, say it to women alone."""
    (finding,) = findings(job)
    assert (finding.rule, finding.level) == (Rule.SEX_02, Level.WARN)
    for sex in Sex:
        for birth in (BORN, date(2000, 1, 1)):
            assert findings(job, sex, birth=birth) == (finding,)
    silent = numbers(women__listed_hazards=None, women__listed_labour_grade=None)
    assert findings(job, parameters=silent) == (), "without a list nobody is reminded"
