"""Keep that one person was taught: the class that rules ask for, its record, and the entry of both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records
from kiosk.domain.class_records import ClassMode, ClassRecord, record_number
from kiosk.domain.clock import hall_day
from kiosk.domain.ids import WorkerId
from kiosk.domain.workers import HeldEducation
from kiosk.messages.events import ClassHeld


@dataclass(frozen=True, slots=True)
class Taught:
    """What was taught, how, and with what result; the defaults are a class in an attendant's own words."""

    hazard_class: str
    valid_days: int
    course_version: int = 0
    mode: ClassMode = ClassMode.TAUGHT
    spent_min: int = 0
    score_percent: int | None = None
    tries: int = 0
    attendant: str = ""
    signature: str = ""


def keep_class(hall: Hall, records: Records, worker: WorkerId, taught: Taught) -> HeldEducation:
    """Keep one class within a transaction that was begun; return how long it counts (安全生产法 28).

    A lesson of it that was begun alone is over with it, however it was taught.
    """
    at = hall.now()
    today = hall_day(at)
    held = HeldEducation(taught.hazard_class, today, today + timedelta(days=taught.valid_days))
    counter = records.education.next_counter()
    record = ClassRecord(
        number=record_number(hall.identity.station, today, hall.identity.kiosk_no, counter),
        worker=worker,
        hazard_class=taught.hazard_class,
        course_version=taught.course_version,
        mode=taught.mode,
        held_at=at,
        valid_until=held.valid_until,
        spent_min=taught.spent_min,
        score_percent=taught.score_percent,
        tries=taught.tries,
        attendant=taught.attendant,
        signature=taught.signature,
    )
    records.workers.add_education(worker, held)
    records.education.add_record(record)
    begun = records.education.lesson(worker)
    if begun is not None and begun.hazard_class == taught.hazard_class:
        records.education.end_lesson(worker)
    records.journal.append(_entry(record, held), at)
    return held


def _entry(record: ClassRecord, held: HeldEducation) -> ClassHeld:
    return ClassHeld(
        worker=record.worker,
        hazard_class=record.hazard_class,
        held_on=held.held_on,
        valid_until=held.valid_until,
        actor=record.attendant,
        record=record.number,
        course_version=record.course_version,
        mode=record.mode.value,
        score_percent=record.score_percent,
        tries=record.tries,
        spent_min=record.spent_min,
        signature=record.signature,
    )
