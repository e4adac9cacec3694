"""Compose the record of a class for paper, from what this kiosk keeps of it; nothing is kept or told anew."""

from __future__ import annotations

from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records
from kiosk.domain.class_records import ClassRecord
from kiosk.domain.clock import hall_time
from kiosk.domain.courses import Course, class_key
from kiosk.domain.identity import last_four
from kiosk.domain.signatures import signature_from
from kiosk.paper.class_papers import ClassPaper, ClassPoint
from kiosk.paper.phrases import Sentences


def compose_class_paper(
    hall: Hall, records: Records, record: ClassRecord, tr: Sentences
) -> ClassPaper | None:
    """Return the record as paper; None where the person it is of is not kept here any more.

    What was taught stands on it while the course of that version is the one that is kept.
    """
    person = records.workers.by_id(record.worker)
    if person is None:
        return None
    course = records.education.course(record.hazard_class)
    taught = course if course is not None and course.version == record.course_version else None
    staff: dict[str, str] = {each.id: each.name for each in records.desk.staff()}
    return ClassPaper(
        number=record.number,
        station=hall.identity.station_name,
        name=person.name,
        card_tail=last_four(person.number),
        course_title=taught.title.zh if taught else tr(class_key(record.hazard_class)),
        course_version=record.course_version,
        points=_points(taught) if taught else (),
        held_at=hall_time(record.held_at).replace(tzinfo=None),
        spent_min=record.spent_min,
        mode=record.mode,
        score_percent=record.score_percent,
        tries=record.tries,
        attendant=staff.get(record.attendant, record.attendant),
        valid_until=record.valid_until,
        sources=taught.sources if taught else (),
        strokes=signature_from(record.signature).strokes if record.signature else (),
    )


def _points(course: Course) -> tuple[ClassPoint, ...]:
    """Return one line a page: the picture of what is right where there is one."""
    return tuple(
        ClassPoint(max(page.pictures, key=lambda picture: picture.is_right).name, page.text.zh)
        for page in course.pages
    )
