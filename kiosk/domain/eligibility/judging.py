"""All rules asked in the order in which a person is told: first what cannot change, then what can."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from kiosk.domain.eligibility.ages import age_01, age_02, age_03, age_04, job_age
from kiosk.domain.eligibility.cases import Case
from kiosk.domain.eligibility.findings import Finding, Judgement, Level, Rule
from kiosk.domain.eligibility.papers import certificates, edu_01
from kiosk.domain.eligibility.times import time_01
from kiosk.domain.jobs import Job
from kiosk.domain.parameters import MissingParameter, Parameters
from kiosk.domain.sentences import Sentence
from kiosk.domain.trips import Trip
from kiosk.domain.workers import Standing

_RULES: tuple[tuple[Rule, Callable[[Case], Iterator[Finding]]], ...] = (
    (Rule.AGE_01, age_01),
    (Rule.AGE_02, age_02),
    (Rule.AGE_03, age_03),
    (Rule.JOB_AGE, job_age),
    (Rule.CERT_01, certificates(Rule.CERT_01)),
    (Rule.CERT_02, certificates(Rule.CERT_02)),
    (Rule.CERT_03, certificates(Rule.CERT_03)),
    (Rule.EDU_01, edu_01),
    (Rule.TIME_01, time_01),
    (Rule.AGE_04, age_04),
)


def judge(job: Job, trip: Trip | None, standing: Standing, day: date, parameters: Parameters) -> Judgement:
    """Judge one person's case for one job on `day`, the first day of work; pure, and never raises.

    A person whose birth date is unknown is not refused by the rules of age but sent to the desk (REVIEW).
    Sources: the `source` of each parameter.
    """
    case = Case(job, trip, standing, min(day, job.shift.first_day), job.shift.last_day, parameters)
    findings = [finding for rule, ask in _RULES for finding in _answers(rule, ask, case)]
    gravity = list(Level)
    return Judgement(tuple(sorted(findings, key=lambda finding: gravity.index(finding.level))))


def _answers(rule: Rule, ask: Callable[[Case], Iterator[Finding]], case: Case) -> list[Finding]:
    """Ask one rule; a number it misses turns its answer into a refusal that names the number.

    AGE-04 only reminds, so without its number it reminds of that, and closes no job.
    """
    try:
        return list(ask(case))
    except MissingParameter as missing:
        return [
            Finding(
                rule,
                Level.WARN if rule is Rule.AGE_04 else Level.BLOCK,
                Sentence("rules.unknown_number", {"key": str(missing.args[0])}),
                Sentence("rules.basis_missing"),
                remedy=Sentence("rules.ask_desk"),
            )
        ]
