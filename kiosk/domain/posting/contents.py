"""What an advertisement must say (人力资源市场暂行条例 24), of whom, and for whom."""

from __future__ import annotations

from collections.abc import Iterator

from stdnum.cn import uscc

from kiosk.domain.eligibility import Level
from kiosk.domain.jobs import Employer, EmployerType, Job, PayRule, PayUnit
from kiosk.domain.parameters import Parameters
from kiosk.domain.posting.hits import Field, Hit

_LEAST_CONTENT = 4
"""Characters: fewer cannot say what the work is."""

WITHOUT_CODE = {EmployerType.HOUSEHOLD, EmployerType.WORKSHOP}
"""Employers that need not have a unified social credit code of their own."""


def contents(job: Job, employer: Employer) -> Iterator[Hit]:
    """Find what is not said: title, work, people, place, basic pay, who pays and when."""
    basics = (employer.name, employer.contact_name, employer.contact_phone, employer.address)
    missing = {
        Field.TITLE: not job.title.strip(),
        Field.CONTENT: len(job.content.strip()) < _LEAST_CONTENT,
        Field.HEADCOUNT: job.headcount < 1,
        Field.PLACE: not (job.place.town.strip() and job.place.spot.strip()),
        Field.PAY: _is_pay_unsaid(job),
        Field.EMPLOYER: not all(part.strip() for part in basics),
    }
    unsaid = (field for field, is_missing in missing.items() if is_missing)
    yield from (Hit(f"unsaid.{field.value}", Level.BLOCK, field) for field in unsaid)


def employer_papers(employer: Employer) -> Iterator[Hit]:
    """Find an employer whose code is wrong, whose papers nobody saw, or who recruits for others (条例 26)."""
    if employer.type not in WITHOUT_CODE and not uscc.is_valid(employer.uscc or ""):
        yield Hit("uscc", Level.BLOCK, Field.EMPLOYER)
    if not employer.is_verified:
        yield Hit("unverified", Level.REVIEW, Field.EMPLOYER)
    if employer.type is EmployerType.AGENCY:
        yield Hit("agency", Level.REVIEW, Field.EMPLOYER)


def lowest_age(job: Job, parameters: Parameters) -> Iterator[Hit]:
    """Find a lower age limit under the law's minimum, or above the age of adults without a reason."""
    minimum = parameters.of("age.minimum_years")
    if job.age_min < parameters.whole(minimum.key):
        yield Hit("age_too_low", Level.BLOCK, Field.AGE, parameter=minimum, number=minimum.value)
    elif job.age_min > parameters.whole("age.adult_years"):
        yield Hit("age_floor", Level.REVIEW, Field.AGE, number=str(job.age_min))


def told_dangers(job: Job) -> Iterator[Hit]:
    """Find dangerous work whose hazards or protective things are not told (安全生产法 44, 45)."""
    if job.is_dangerous and not job.hazards:
        yield Hit("unsaid.hazards", Level.BLOCK, Field.HAZARDS)
    elif job.is_dangerous and not job.ppe:
        yield Hit("no_protection", Level.REVIEW, Field.HAZARDS)


def _is_pay_unsaid(job: Job) -> bool:
    pay = job.pay
    return (
        pay.fen <= 0
        or not pay.payer.strip()
        or (pay.rule is PayRule.ON_DATE and pay.due_on is None)
        or (pay.unit is PayUnit.PIECE and not pay.piece_name.strip())
    )
