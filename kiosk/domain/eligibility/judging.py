"""All rules asked in the order in which a person is told: first what cannot change, then what can."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from kiosk.domain.eligibility.ages import (
    MEN_RETIRE,
    SITE_LIMIT,
    WOMEN_RETIRE,
    age_01,
    age_02,
    age_03,
    age_04,
    age_05,
    job_age,
)
from kiosk.domain.eligibility.cases import Case
from kiosk.domain.eligibility.findings import Finding, Judgement, Level, Rule
from kiosk.domain.eligibility.papers import certificate_numbers, certificates, edu_01
from kiosk.domain.eligibility.strains import (
    HEAT_NUMBERS,
    LISTED,
    LISTED_GRADE,
    SEX_NUMBERS,
    heat_01,
    sex_01,
    sex_02,
)
from kiosk.domain.eligibility.times import time_01
from kiosk.domain.jobs import Job
from kiosk.domain.parameters import MissingParameter, Parameters
from kiosk.domain.sentences import Sentence
from kiosk.domain.trips import Trip
from kiosk.domain.workers import Release, Standing


@dataclass(frozen=True, slots=True)
class Asked:
    """One rule, how it is asked, and the keys of every number it may use."""

    rule: Rule
    ask: Callable[[Case], Iterator[Finding]]
    numbers: tuple[str, ...] = ()


def _asked_for_papers(rule: Rule) -> Asked:
    return Asked(rule, certificates(rule), certificate_numbers(rule))


ASKED: tuple[Asked, ...] = (
    Asked(Rule.AGE_01, age_01, ("age.minimum_years",)),
    Asked(Rule.AGE_02, age_02, ("age.adult_years", "age.minor_forbidden_hazards")),
    Asked(Rule.AGE_03, age_03, ("age.dangerous_work_limit_years", "age.older_forbidden_hazards")),
    Asked(Rule.JOB_AGE, job_age),
    Asked(Rule.SEX_01, sex_01, SEX_NUMBERS),
    Asked(Rule.HEAT_01, heat_01, HEAT_NUMBERS),
    _asked_for_papers(Rule.CERT_01),
    _asked_for_papers(Rule.CERT_02),
    _asked_for_papers(Rule.CERT_03),
    Asked(Rule.EDU_01, edu_01, ("education.is_required",)),
    Asked(Rule.TIME_01, time_01, ("time.between_jobs_min",)),
    Asked(Rule.AGE_04, age_04, (*MEN_RETIRE, *WOMEN_RETIRE)),
    Asked(Rule.AGE_05, age_05, (SITE_LIMIT,)),
    Asked(Rule.SEX_02, sex_02, (LISTED, LISTED_GRADE)),
)
"""Every rule that is asked, which is also what the desk's page of rules shows."""


def judge(job: Job, trip: Trip | None, standing: Standing, day: date, parameters: Parameters) -> Judgement:
    """Judge one person's case for one job on `day`, the first day of work; pure, and never raises.

    A person whose birth date is unknown is not refused by the rules of age but sent to the desk (REVIEW).
    Sources: the `source` of each parameter.
    """
    case = Case(job, trip, standing, min(day, job.shift.first_day), job.shift.last_day, parameters)
    asked = [finding for item in ASKED for finding in _answers(item, case)]
    findings = [_as_released(finding, job, standing) for finding in asked]
    gravity = list(Level)
    return Judgement(tuple(sorted(findings, key=lambda finding: gravity.index(finding.level))))


def is_for_the_desk(finding: Finding) -> bool:
    """Return whether two people of the desk may settle this; the least age they never may (AGE-01)."""
    return finding.level is Level.REVIEW and finding.rule is not Rule.AGE_01


def _as_released(finding: Finding, job: Job, standing: Standing) -> Finding:
    """Return a doubt that the desk settled for this version of the job as a reminder; all else stays."""
    release = Release(job.id, job.version, finding.rule.value)
    if not is_for_the_desk(finding) or release not in standing.released:
        return finding
    return replace(finding, level=Level.WARN)


def _answers(asked: Asked, case: Case) -> list[Finding]:
    """Ask one rule; a number it misses turns its answer into a refusal that names the number.

    AGE-04 only reminds, so without its number it reminds of that, and closes no job.
    """
    try:
        return list(asked.ask(case))
    except MissingParameter as missing:
        return [
            Finding(
                asked.rule,
                Level.WARN if asked.rule is Rule.AGE_04 else Level.BLOCK,
                Sentence("rules.unknown_number", {"key": str(missing.args[0])}),
                Sentence("rules.basis_missing"),
                remedy=Sentence("rules.ask_desk"),
            )
        ]
