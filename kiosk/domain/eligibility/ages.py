"""The rules of age: AGE-01 to AGE-05, and what an advertisement itself asks.

An age counts from the birthday itself. Each number is a parameter; only the floor of AGE-01 is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.domain.cards import Sex
from kiosk.domain.eligibility.cases import Case
from kiosk.domain.eligibility.findings import Finding, Level, Rule
from kiosk.domain.families import Family
from kiosk.domain.identity import age_on
from kiosk.domain.retirement import Retirement
from kiosk.domain.sentences import Sentence

MINIMUM = "age.minimum_years"
SITE_LIMIT = "age.site_limit_years"
MEN_RETIRE = ("age.retirement_men_years", "age.retirement_men_step", "age.retirement_men_most")
WOMEN_RETIRE = ("age.retirement_women_years", "age.retirement_women_step", "age.retirement_women_most")
"""The age of before in years, a month later for each so many months, and at most so many months later."""
LOWEST_MINIMUM_AGE_YEARS = 16
"""劳动法 15: a parameter may raise the minimum age, and no parameter can lower it."""


def least_age(told: int) -> int:
    """Return the years below which nobody is kept or sent to work, whatever number (years) was told."""
    return max(told, LOWEST_MINIMUM_AGE_YEARS)


def age_01(case: Case) -> Iterator[Finding]:
    """Refuse everyone under the minimum age (劳动法 15); send an unknown birth date to the desk."""
    key = MINIMUM
    years = least_age(case.whole(key))
    birth = case.standing.birth_date
    if birth is None:
        yield Finding(
            Rule.AGE_01,
            Level.REVIEW,
            Sentence("rules.age01.unknown"),
            case.law(key),
            case.parameters.of(key),
            remedy=Sentence("rules.age01.unknown_remedy"),
        )
    elif age_on(birth, case.starts_on) < years:
        yield Finding(
            Rule.AGE_01,
            Level.BLOCK,
            Sentence("rules.age01.block", {"years": years}),
            case.law(key),
            case.parameters.of(key),
            remedy=Sentence("rules.age01.remedy", {"years": years}),
        )


def age_02(case: Case) -> Iterator[Finding]:
    """Keep minors from dangerous work and from the hazards the law lists (未成年工特殊保护规定 3)."""
    birth = case.standing.birth_date
    if birth is None or not (case.job.is_dangerous or case.job.hazards):
        return
    years = case.whole("age.adult_years")
    if age_on(birth, case.starts_on) >= years:
        return
    key = "age.minor_forbidden_hazards"
    forbidden = case.hazards_in(key)
    if forbidden or case.job.is_dangerous:
        yield Finding(
            Rule.AGE_02,
            Level.BLOCK,
            Sentence("rules.age02.block", {"years": years}),
            case.law(key),
            case.parameters.of(key),
            remedy=Sentence("rules.age02.remedy", {"years": years}),
            hazards=forbidden,
        )


def age_03(case: Case) -> Iterator[Finding]:
    """Keep people past the limit from dangerous or harmful work (老年人权益保障法 70).

    Someone who comes of that age before the last day of work is the desk's to decide.
    """
    birth = case.standing.birth_date
    if birth is None or not (case.job.is_dangerous or case.job.hazards):
        return
    key = "age.dangerous_work_limit_years"
    years = case.whole(key)
    if age_on(birth, case.ends_on) < years:
        return
    forbidden = case.hazards_in("age.older_forbidden_hazards")
    if forbidden or case.job.is_dangerous:
        is_now = age_on(birth, case.starts_on) >= years
        yield Finding(
            Rule.AGE_03,
            Level.BLOCK if is_now else Level.REVIEW,
            Sentence("rules.age03.block" if is_now else "rules.age03.review", {"years": years}),
            case.law(key),
            case.parameters.of(key),
            remedy=Sentence("rules.age03.remedy"),
            hazards=forbidden,
        )


def age_04(case: Case) -> Iterator[Finding]:
    """Remind of the written agreement that people of retirement age are owed.

    Of women it is the age of those who work with their hands; whose sex is not known counts as a man, who is
    reminded last.
    """
    years, step, most = WOMEN_RETIRE if case.standing.sex is Sex.FEMALE else MEN_RETIRE
    birth = case.standing.birth_date
    age = Retirement(case.whole(years), case.whole(step), case.whole(most))
    if birth is not None and age.comes_on(birth) <= case.starts_on:
        yield Finding(
            Rule.AGE_04,
            Level.WARN,
            Sentence("rules.age04.warn"),
            case.law(years),
            case.parameters.of(years),
            detail=Sentence("rules.age04.detail"),
        )


def age_05(case: Case) -> Iterator[Finding]:
    """Remind of a locality's age for building sites; where it has told none, or nought, it has none."""
    birth, told = case.standing.birth_date, case.parameters.values.get(SITE_LIMIT)
    if birth is None or told is None or case.job.family is not Family.BUILD:
        return
    years = case.whole(SITE_LIMIT)
    if years and age_on(birth, case.starts_on) >= years:
        yield Finding(
            Rule.AGE_05,
            Level.WARN,
            Sentence("rules.age05.warn", {"years": years}),
            case.law(SITE_LIMIT),
            told,
            detail=Sentence("rules.age05.detail"),
        )


def job_age(case: Case) -> Iterator[Finding]:
    """Apply the lowest age that the advertisement asks."""
    birth = case.standing.birth_date
    if birth is not None and age_on(birth, case.starts_on) < case.job.age_min:
        yield Finding(
            Rule.JOB_AGE,
            Level.BLOCK,
            Sentence("rules.jobage.block", {"years": case.job.age_min}),
            Sentence("rules.basis_employer"),
            remedy=Sentence("rules.age02.remedy", {"years": case.job.age_min}),
        )
