"""Bodies that came down, as the values the rest of the kiosk speaks of."""

from __future__ import annotations

from functools import lru_cache

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
from kiosk.domain.trips import Trip, TripState
from kiosk.messages.feed import EmployerBody, JobBody, PayBody, ShiftBody, TripBody

_PAID_DAYS_A_MONTH = 21.75
"""劳社部发〔2008〕3号: monthly pay over 21.75 days is the pay of one day."""
_KEPT_JOBS = 256
_KEPT_OTHERS = 64
"""A board shows the same few bodies all morning, so they are read once; the text itself is what they are
known by, so nothing can be out of date."""


@lru_cache(maxsize=_KEPT_JOBS)
def read_job(text: str) -> Job:
    """Return the job that a body's JSON tells of; ValueError as in `job_of`."""
    return job_of(JobBody.model_validate_json(text))


@lru_cache(maxsize=_KEPT_OTHERS)
def read_employer(text: str) -> Employer:
    """Return the employer that a body's JSON tells of."""
    return employer_of(EmployerBody.model_validate_json(text))


@lru_cache(maxsize=_KEPT_OTHERS)
def read_trip(text: str) -> Trip:
    """Return the trip that a body's JSON tells of."""
    return trip_of(TripBody.model_validate_json(text))


def job_of(body: JobBody) -> Job:
    """Return the job; a word this version does not know raises ValueError."""
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
        pay=_pay(body.pay),
        shift=_shift(body.shift),
        place=Workplace(body.place.town, body.place.spot, body.place.distance_m, body.place.travel_min),
        trip=TripId(body.trip) if body.trip else None,
        has_meal=body.has_meal,
        has_lodging=body.has_lodging,
        hazards=frozenset(Hazard(item) for item in body.hazards),
        ppe=frozenset(Ppe(item) for item in body.ppe),
        certificates=frozenset(Certificate(item) for item in body.certificates),
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
    """Return the employer; an unknown type raises ValueError."""
    return Employer(
        id=EmployerId(body.id),
        name=body.name,
        type=EmployerType(body.type),
        uscc=body.uscc,
        contact_name=body.contact_name,
        contact_phone=body.contact_phone,
        address=body.address,
        is_verified=body.is_verified,
    )


def trip_of(body: TripBody) -> Trip:
    """Return the trip; an unknown state raises ValueError."""
    return Trip(
        id=TripId(body.id),
        station=StationCode(body.station),
        label=body.label,
        day=body.day,
        departs_at=body.departs_at,
        bay=body.bay,
        destination=body.destination,
        returns_at=body.returns_at,
        seats=body.seats,
        plate=body.plate,
        phone=body.phone,
        state=TripState(body.state),
    )


def pay_rank(job: Job) -> int:
    """Return minus the pay of one day in fen, so that ascending order puts the best pay first.

    Piece work has no known pay of a day and ranks after everything that has.
    """
    shift = job.shift
    days = (shift.last_day - shift.first_day).days + 1
    span_min = (
        (shift.ends_at.hour - shift.starts_at.hour) * 60 + shift.ends_at.minute - shift.starts_at.minute
    )
    paid_min = max((span_min if span_min > 0 else span_min + 24 * 60) - shift.break_min, 0)
    of_one_day = {
        PayUnit.DAY: job.pay.fen,
        PayUnit.HOUR: job.pay.fen * paid_min // 60,
        PayUnit.MONTH: int(job.pay.fen / _PAID_DAYS_A_MONTH),
        PayUnit.LUMP: job.pay.fen // days,
        PayUnit.PIECE: 0,
    }
    return -of_one_day[job.pay.unit]


def _pay(body: PayBody) -> Pay:
    return Pay(
        fen=body.fen,
        unit=PayUnit(body.unit),
        rule=PayRule(body.rule),
        way=PayWay(body.way),
        payer=body.payer,
        piece_name=body.piece_name,
        due_on=body.due_on,
        due_at=body.due_at,
    )


def _shift(body: ShiftBody) -> Shift:
    return Shift(body.first_day, body.last_day, body.starts_at, body.ends_at, body.break_min)
