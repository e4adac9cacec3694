"""What the bodies of the feed mean: the domain's values, for kiosk and bureau alike."""

from __future__ import annotations

from kiosk.domain.families import Family
from kiosk.domain.hardships import Hardship
from kiosk.domain.ids import EmployerId, JobId, StationCode, TripId, WorkerId
from kiosk.domain.jobs import (
    Certificate,
    Employer,
    EmployerType,
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
    Strain,
    Workplace,
)
from kiosk.domain.skills import Grade
from kiosk.domain.trips import Trip, TripState
from kiosk.messages.feed import EmployerBody, JobBody, PayBody, ShiftBody, TripBody


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
        is_talked_over=body.is_talked_over,
        is_dangerous=body.is_dangerous,
        needs_classes=needed_classes(body),
        strain=Strain(**body.strain.model_dump()) if body.strain else Strain(),
        meeting_point=body.meeting_point,
        valid_until=body.valid_until,
        state=JobState(body.state),
        grade=Grade(body.grade) if body.grade else None,
        welcomes=frozenset(Hardship(item) for item in body.welcomes),
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
        door_at=body.door_at,
        driver=WorkerId(body.driver) if body.driver else None,
        is_formed=body.is_formed,
    )


def needed_classes(body: JobBody) -> frozenset[str]:
    """Return every class that a job needs; a body of before names at most one."""
    one = {body.needs_education} if body.needs_education else set()
    return frozenset(one.union(body.needs_classes))


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
