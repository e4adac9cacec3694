"""Compose a slip: every field that must be on the paper, from what is kept, as one immutable document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from pydantic import TypeAdapter
from pydantic_core import from_json

from kiosk.actions.hall import Hall
from kiosk.domain.clock import hall_day, hall_time
from kiosk.domain.identity import last_four, mask_name
from kiosk.domain.jobs import Employer, EmployerType, Insurance, Job, PayRule, PayUnit
from kiosk.domain.parameters import Parameters
from kiosk.domain.placements import Placement
from kiosk.domain.slips import SlipKind
from kiosk.domain.trips import Trip, small_number
from kiosk.domain.workers import EducationState, HeldEducation, Worker
from kiosk.messages import return_codes
from kiosk.messages.return_codes import ReturnCode
from kiosk.messages.slip_codes import SlipCode, check_code, promise_digest
from kiosk.paper.slips import (
    ClassLine,
    CopyMark,
    Hours,
    Payment,
    Ride,
    SafetyParty,
    SecondLanguage,
    SlipDocument,
)

_DOCUMENT = TypeAdapter(SlipDocument)


@dataclass(frozen=True, slots=True)
class SlipParts:
    """Everything a slip is composed from, read in the transaction that takes the place."""

    placement: Placement
    worker: Worker
    job: Job
    employer: Employer
    trip: Trip | None
    trade_picture: str
    education: tuple[HeldEducation, ...]
    parameters: Parameters


def compose(
    hall: Hall, parts: SlipParts, promise: bytes, second_language: SecondLanguage | None = None
) -> str:
    """Return the slip's document as JSON; the same text is printed, previewed and printed again.

    `promise` is what `promise_of` returns for these parts; key lines are doubled in `second_language`.
    """
    job, placement = parts.job, parts.placement
    education, educated_on = education_of(parts)
    document = SlipDocument(
        kind=placement.kind,
        number=placement.slip,
        check_code=check_code(promise),
        code=hall.signer.sign(_code(hall, parts, promise)),
        copy=CopyMark(),
        station=hall.identity.station_name,
        printed_at=hall_time(placement.taken_at).replace(tzinfo=None),
        worker_name=mask_name(parts.worker.name),
        card_tail=last_four(parts.worker.number),
        trade_title=job.title,
        trade_title_en=job.title_en,
        trade_picture=parts.trade_picture,
        employer_name=parts.employer.name,
        employer_type=parts.employer.type,
        pay=_payment(job),
        hours=_hours(job),
        place=f"{job.place.town} {job.place.spot}".strip(),
        distance_m=job.place.distance_m,
        has_meal=job.has_meal,
        has_lodging=job.has_lodging,
        ride=_ride(parts),
        meeting_point=job.meeting_point,
        contact_name=mask_name(parts.employer.contact_name),
        contact_phone=parts.employer.contact_phone,
        safety=_safety(parts),
        hazards=tuple(sorted(job.hazards)),
        ppe=tuple(sorted(job.ppe)),
        education=education,
        educated_on=educated_on,
        classes=_class_lines(parts),
        insurance=_insurance(parts),
        valid_until=_valid_until(parts),
        rights_hotline=parts.parameters.text("hotline.rights"),
        complaint_phone=parts.parameters.text("hotline.complaint"),
        attendant=parts.parameters.text("hall.duty_name"),
        kiosk_letter=hall.identity.letter,
        rules_version=parts.parameters.text("eligibility.version"),
        return_station=hall.identity.station_name,
        second_language=second_language,
        return_code=_return_code(hall, placement),
    )
    return _DOCUMENT.dump_json(document).decode()


def read_document(text: str) -> SlipDocument:
    """Return the document a slip record keeps."""
    # Only the names of fields are kept for the next document: what it says of a person is not.
    return _DOCUMENT.validate_python(from_json(text, cache_strings="keys"))


def mark_copy(text: str, copy_no: int, reason: str, by: str) -> str:
    """Return the same document marked 补打 n, with why and by whom; number, code and promise stay."""
    document = replace(read_document(text), copy=CopyMark(copy_no, reason, by))
    return _DOCUMENT.dump_json(document).decode()


def promise_of(parts: SlipParts) -> bytes:
    """Return the digest of what the worker was promised, as it stands in the signed code."""
    job, pay = parts.job, parts.job.pay
    lines = (
        parts.placement.slip,
        f"{job.id}@{job.version}",
        parts.employer.name,
        f"{pay.fen}/{pay.unit}/{pay.rule}/{pay.due_on or ''}/{pay.due_at or ''}/{pay.way}/{pay.payer}",
        f"{job.place.town}/{job.place.spot}",
        f"{job.shift.first_day}/{job.shift.last_day}/{job.shift.starts_at}/{job.shift.ends_at}",
        f"{parts.trip.id}/{parts.placement.seat}" if parts.trip else "",
    )
    return promise_digest(lines)


def _return_code(hall: Hall, placement: Placement) -> str:
    day, counter = hall_day(placement.taken_at), _counter(placement)
    code = ReturnCode(hall.signer.key_id, placement.kind, day, counter)
    return return_codes.encode(code, hall.identity.city_key)


def _counter(placement: Placement) -> int:
    return int(placement.slip.rsplit("-", 1)[1])


def _code(hall: Hall, parts: SlipParts, promise: bytes) -> SlipCode:
    return SlipCode(
        key_id=hall.signer.key_id,
        kind=parts.placement.kind,
        day=hall_day(parts.placement.taken_at),
        counter=_counter(parts.placement),
        pay_fen=parts.job.pay.fen,
        pay_unit=parts.job.pay.unit,
        starts_on=parts.job.shift.first_day,
        trip_no=small_number(parts.trip.label) if parts.trip else 0,
        bay_no=small_number(parts.trip.bay) if parts.trip else 0,
        promise=promise,
    )


def _payment(job: Job) -> Payment:
    pay = job.pay
    return Payment(
        fen=pay.fen,
        unit=pay.unit,
        rule=pay.rule,
        way=pay.way,
        payer=pay.payer,
        piece_name=pay.piece_name,
        estimate_fen=_estimate_fen(job),
        on_day=pay.due_on or (job.shift.last_day if pay.rule is PayRule.SAME_DAY else None),
        at=pay.due_at,
    )


def _estimate_fen(job: Job) -> int | None:
    """Return what the whole job brings where that can be known; nobody can know it for piece work."""
    days = (job.shift.last_day - job.shift.first_day).days + 1
    if job.pay.unit is PayUnit.DAY:
        return job.pay.fen * days
    if job.pay.unit is PayUnit.LUMP:
        return job.pay.fen
    if job.pay.unit is PayUnit.HOUR:
        worked = (job.shift.ends - job.shift.starts - timedelta(days=days - 1)).total_seconds() / 60
        return round(job.pay.fen * (worked - job.shift.break_min) / 60) * days
    return None


def _hours(job: Job) -> Hours:
    shift = job.shift
    return Hours(shift.first_day, shift.last_day, shift.starts_at, shift.ends_at, shift.break_min)


def _ride(parts: SlipParts) -> Ride | None:
    trip, seat = parts.trip, parts.placement.seat
    if trip is None or seat is None:
        return None
    return Ride(trip.label, trip.departs_at, trip.bay, seat, trip.returns_at)


def _safety(parts: SlipParts) -> tuple[SafetyParty, ...]:
    """Who answers for safety on each stretch; where nobody drives, there is no middle stretch."""
    hall_phone = parts.parameters.text("hall.phone")
    coach = (SafetyParty("coach", parts.trip.phone),) if parts.trip else ()
    return (SafetyParty("hall", hall_phone), *coach, SafetyParty("site", parts.employer.contact_phone))


def education_of(parts: SlipParts) -> tuple[EducationState, date | None]:
    """Return how the worker stands with the job's safety classes, and since when all of them are held."""
    if not parts.job.needs_classes:
        return EducationState.NOT_NEEDED, None
    days = [line.held_on for line in _class_lines(parts)]
    held = [day for day in days if day is not None]
    return (EducationState.HELD, max(held)) if len(held) == len(days) else (EducationState.MISSING, None)


def _class_lines(parts: SlipParts) -> tuple[ClassLine, ...]:
    """Return each class that the job needs, with the day on which the newest one that counts was held."""
    day = hall_day(parts.job.shift.starts)
    held = {
        item.hazard_class: item.held_on
        for item in sorted(parts.education, key=lambda item: item.held_on)
        if item.is_valid_on(day)
    }
    return tuple(ClassLine(name, held.get(name)) for name in sorted(parts.job.needs_classes))


def _insurance(parts: SlipParts) -> Insurance:
    """A household cannot give statutory injury insurance, whatever was ticked when the job was posted."""
    is_household = parts.employer.type is EmployerType.HOUSEHOLD
    declared = parts.job.insurance
    return Insurance.NONE if is_household and declared is Insurance.INJURY else declared


def _valid_until(parts: SlipParts) -> date | None:
    if parts.placement.kind is SlipKind.DISPATCH:
        return parts.job.shift.last_day
    days = parts.parameters.whole("referral.valid_days")
    return hall_day(parts.placement.taken_at) + timedelta(days=days)
