"""A job as the body that travels to the bureau, for postings made at the hall."""

from __future__ import annotations

from dataclasses import asdict

from kiosk.domain.jobs import Job
from kiosk.messages.feed import JobBody, PayBody, PlaceBody, ShiftBody, StrainBody


def body_of(job: Job) -> JobBody:
    """Return a job as it travels to the bureau, every place of it open."""
    pay, shift, place = job.pay, job.shift, job.place
    return JobBody(
        id=job.id,
        version=job.version,
        employer=job.employer,
        station=job.station,
        trade=job.trade,
        family=job.family.value,
        title=job.title,
        title_en=job.title_en,
        content=job.content,
        content_en=job.content_en,
        headcount=job.headcount,
        pay=PayBody(
            fen=pay.fen,
            unit=pay.unit.value,
            rule=pay.rule.value,
            way=pay.way.value,
            payer=pay.payer,
            piece_name=pay.piece_name,
            due_on=pay.due_on,
            due_at=pay.due_at,
        ),
        shift=ShiftBody(
            first_day=shift.first_day,
            last_day=shift.last_day,
            starts_at=shift.starts_at,
            ends_at=shift.ends_at,
            break_min=shift.break_min,
        ),
        place=PlaceBody(
            town=place.town, spot=place.spot, distance_m=place.distance_m, travel_min=place.travel_min
        ),
        trip=job.trip,
        has_meal=job.has_meal,
        has_lodging=job.has_lodging,
        hazards=sorted(item.value for item in job.hazards),
        ppe=sorted(item.value for item in job.ppe),
        certificates=sorted(item.value for item in job.certificates),
        insurance=job.insurance.value,
        age_min=job.age_min,
        is_instant=job.is_instant,
        is_talked_over=job.is_talked_over,
        is_dangerous=job.is_dangerous,
        needs_education=min(job.needs_classes, default=None),
        meeting_point=job.meeting_point,
        valid_until=job.valid_until,
        state=job.state.value,
        open_places=job.headcount,
        grade=job.grade.value if job.grade else "",
        welcomes=sorted(item.value for item in job.welcomes),
        needs_classes=sorted(job.needs_classes),
        strain=StrainBody(**asdict(job.strain)) if job.strain.is_known else None,
    )
