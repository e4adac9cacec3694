"""The rules of what a body bears: SEX-01 and SEX-02, what law keeps from women, HEAT-01, work on hot days.

SEX-01 asks for the load itself and never for a trade: no other work is closed to women (就业促进法 27).
Nobody is asked about pregnancy or children (妇女权益保障法 43): SEX-02 tells everybody the same and keeps
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from kiosk.domain.cards import Sex
from kiosk.domain.eligibility.cases import Case
from kiosk.domain.eligibility.findings import Finding, Level, Rule
from kiosk.domain.identity import age_on
from kiosk.domain.jobs import Hazard, Shift
from kiosk.domain.sentences import Sentence

FORECAST = "heat.day_max_c"
"""The highest temperature forecast for the day it is in force from, in degrees; no other day's counts."""
SEX_NUMBERS = ("women.lift_often_kg", "women.lifts_an_hour", "women.lift_kg", "women.labour_grade")
LISTED = "women.listed_hazards"
"""Dangers the law keeps from women at times; a place that was told of none reminds of none."""
LISTED_GRADE = "women.listed_labour_grade"
HEAT_NUMBERS = (
    FORECAST,
    "heat.stop_c",
    "heat.limit_c",
    "heat.rotate_c",
    "heat.limit_min",
    "heat.hottest_from_h",
    "heat.hottest_until_h",
    "heat.limit_is_block",
    "age.adult_years",
)


def sex_01(case: Case) -> Iterator[Finding]:
    """Keep women from loads beyond the law (女职工劳动保护特别规定 附录一); unknown is for the desk."""
    strain, sex = case.job.strain, case.standing.sex
    if sex is Sex.MALE or not strain.is_known:
        return
    key = _exceeded(case)
    if key is None and not strain.is_underground:
        return
    basis = key or "women.labour_grade"
    is_known = sex is Sex.FEMALE
    yield Finding(
        Rule.SEX_01,
        Level.BLOCK if is_known else Level.REVIEW,
        Sentence("rules.sex01.block" if is_known else "rules.sex01.unknown"),
        case.law(basis),
        case.parameters.of(basis),
        detail=Sentence("rules.sex01.load", {"kg": strain.lift_kg}) if strain.lift_kg else None,
        remedy=Sentence("rules.sex01.remedy" if is_known else "rules.ask_desk"),
    )


def sex_02(case: Case) -> Iterator[Finding]:
    """Tell what the law keeps from women at times (附录二至四), to everybody alike.

    It reads nothing of the person: whoever would rather not go steps back, and no trace of it is left.
    """
    told = case.parameters.values
    named = case.hazards_in(LISTED) if LISTED in told else ()
    if not named and (LISTED_GRADE not in told or case.job.strain.labour_grade < case.whole(LISTED_GRADE)):
        return
    basis = LISTED if named else LISTED_GRADE
    yield Finding(
        Rule.SEX_02,
        Level.WARN,
        Sentence("rules.sex02.warn"),
        case.law(basis),
        case.parameters.of(basis),
        detail=Sentence("rules.sex02.detail"),
        hazards=named,
    )


def _exceeded(case: Case) -> str | None:
    """Return the number that the load goes beyond, None where it goes beyond none."""
    strain = case.job.strain
    if strain.lift_kg > case.whole("women.lift_kg"):
        return "women.lift_kg"
    is_often = strain.lifts_an_hour >= case.whole("women.lifts_an_hour")
    if is_often and strain.lift_kg > case.whole("women.lift_often_kg"):
        return "women.lift_often_kg"
    return "women.labour_grade" if strain.labour_grade >= case.whole("women.labour_grade") else None


def heat_01(case: Case) -> Iterator[Finding]:
    """Stop, shorten or ease work in the heat by the forecast of its day (防暑降温措施管理办法 8).

    Says nothing while nobody has forecast a day of the work, and nothing of work that is not in the heat.
    """
    forecast = case.parameters.values.get(FORECAST)
    shift = case.job.shift
    if Hazard.HEAT not in case.job.hazards or forecast is None:
        return
    if not shift.first_day <= forecast.effective_from <= shift.last_day:
        return
    celsius, rotate = case.whole(FORECAST), "heat.rotate_c"
    if celsius < case.whole(rotate):
        return
    if celsius >= case.whole("heat.stop_c"):
        yield _hot(case, Level.BLOCK, "stop", "heat.stop_c")
    elif _is_minor(case, forecast.effective_from):
        yield _hot(case, Level.BLOCK, "minor", rotate)
    elif celsius < case.whole("heat.limit_c"):
        yield _hot(case, Level.WARN, "rotate", rotate)
    elif _is_too_long(case) or _meets_hottest(case):
        is_block = case.whole("heat.limit_is_block")
        yield _hot(case, Level.BLOCK if is_block else Level.WARN, "hours", "heat.limit_c")
    else:
        yield _hot(case, Level.WARN, "rotate", "heat.limit_c")


def _hot(case: Case, level: Level, said: str, key: str) -> Finding:
    return Finding(
        Rule.HEAT_01,
        level,
        Sentence(f"rules.heat01.{said}"),
        case.law(key),
        case.parameters.of(key),
        detail=Sentence("rules.heat01.detail", {"celsius": case.whole(FORECAST)}),
        remedy=Sentence("rules.heat01.remedy"),
    )


def _is_minor(case: Case, day: date) -> bool:
    birth = case.standing.birth_date
    return birth is not None and age_on(birth, day) < case.whole("age.adult_years")


def _is_too_long(case: Case) -> bool:
    starts, ends = _day_of(case.job.shift)
    worked = ends - starts - timedelta(minutes=case.job.shift.break_min)
    return worked > timedelta(minutes=case.whole("heat.limit_min"))


def _meets_hottest(case: Case) -> bool:
    """Return whether work goes on in the hottest hours; a rest as long as they are lies in them."""
    since_h, until_h = case.whole("heat.hottest_from_h"), case.whole("heat.hottest_until_h")
    starts, ends = _day_of(case.job.shift)
    midnight = datetime.combine(starts.date(), time())
    hottest = midnight + timedelta(hours=since_h), midnight + timedelta(hours=until_h)
    return starts < hottest[1] and hottest[0] < ends and case.job.shift.break_min < (until_h - since_h) * 60


def _day_of(shift: Shift) -> tuple[datetime, datetime]:
    """Return the local beginning and end of one day's work."""
    starts = datetime.combine(shift.first_day, shift.starts_at)
    ends = datetime.combine(shift.first_day, shift.ends_at)
    return starts, ends if ends > starts else ends + timedelta(days=1)
