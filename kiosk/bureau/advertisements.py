"""The publish gate: an advertisement as it travelled, judged by the rules of the domain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.clock import hall_day
from kiosk.domain.ids import EmployerId, JobId, StationCode, TripId
from kiosk.domain.jobs import (
    Certificate,
    Employer,
    EmployerType,
    Family,
    Hazard,
    Insurance,
    Job,
    JobState,
    Pay,
    PayRule,
    PayUnit,
    PayWay,
    Ppe,
    Shift,
    Workplace,
)
from kiosk.domain.parameters import Parameter, in_force
from kiosk.domain.posting import Decision, review
from kiosk.domain.sentences import Sentence
from kiosk.messages.feed import EmployerBody, JobBody, ParameterBody

_STATES = {
    Decision.PUBLISH: JobState.PUBLISHED,
    Decision.NEEDS_REVIEW: JobState.PENDING,
    Decision.RETURNED: JobState.RETURNED,
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """What becomes of an advertisement, and the sentence that says why."""

    state: JobState
    sentence: Sentence


def rule_on(
    job: JobBody, employer: EmployerBody, parameters: Sequence[ParameterBody], now: datetime
) -> Ruling:
    """Ask every rule about an advertisement; the gravest finding is the reason.

    Raises ValueError for a word that is in no code list.
    """
    known = [
        Parameter(item.key, item.value, item.unit, item.source, item.effective_from) for item in parameters
    ]
    found = review(job_of(job), employer_of(employer), in_force(known, hall_day(now)))
    reason = found.hits[0].sentence if found.hits else Sentence("bureau.ruling.lawful")
    return Ruling(_STATES[found.decision], reason)


def job_of(body: JobBody) -> Job:
    """Return the job that a body carries; raises ValueError for a word that is in no code list."""
    pay, shift = body.pay, body.shift
    return Job(
        id=JobId(body.id),
        version=body.version,
        employer=EmployerId(body.employer),
        station=StationCode(body.station),
        trade=body.trade,
        family=Family(body.family),
        title=body.title,
        title_en=body.title_en,
        content=body.content,
        content_en=body.content_en,
        headcount=body.headcount,
        pay=Pay(
            pay.fen,
            PayUnit(pay.unit),
            PayRule(pay.rule),
            PayWay(pay.way),
            pay.payer,
            pay.piece_name,
            pay.due_on,
            pay.due_at,
        ),
        shift=Shift(shift.first_day, shift.last_day, shift.starts_at, shift.ends_at, shift.break_min),
        place=Workplace(body.place.town, body.place.spot, body.place.distance_m, body.place.travel_min),
        trip=TripId(body.trip) if body.trip else None,
        has_meal=body.has_meal,
        has_lodging=body.has_lodging,
        hazards=frozenset(map(Hazard, body.hazards)),
        ppe=frozenset(map(Ppe, body.ppe)),
        certificates=frozenset(map(Certificate, body.certificates)),
        insurance=Insurance(body.insurance),
        age_min=body.age_min,
        is_instant=body.is_instant,
        is_dangerous=body.is_dangerous,
        needs_education=body.needs_education,
        meeting_point=body.meeting_point,
        valid_until=body.valid_until,
        state=JobState(body.state),
    )


def employer_of(body: EmployerBody) -> Employer:
    """Return the employer that a body carries; raises ValueError for an unknown type."""
    facts = body.model_dump(exclude={"id", "type"})
    return Employer(id=EmployerId(body.id), type=EmployerType(body.type), **facts)
