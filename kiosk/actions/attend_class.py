"""Attend a class at the screen: begin, go on where one left off, and hold it once passed and signed."""

from __future__ import annotations

from kiosk.actions.faults import IntegrityFault
from kiosk.actions.hall import Hall
from kiosk.actions.keep_class import Taught, keep_class
from kiosk.domain.class_records import ClassMode
from kiosk.domain.courses import Course
from kiosk.domain.ids import WorkerId
from kiosk.domain.lessons import Lesson, LessonStage, first_lesson
from kiosk.domain.signatures import Signature
from kiosk.domain.workers import HeldEducation

_MINUTE_S = 60


def published_course(hall: Hall, hazard_class: str) -> Course | None:
    """Return the course of a hazard class, None where the bureau has published none."""
    with hall.store.reading() as records:
        return records.education.course(hazard_class)


def begin_lesson(hall: Hall, worker: WorkerId, course: Course) -> Lesson:
    """Return where this person stands in this version of the course; reads only."""
    with hall.store.reading() as records:
        begun = records.education.lesson(worker)
    return begun if begun is not None and begun.is_of(course) else first_lesson(course)


def keep_lesson(hall: Hall, worker: WorkerId, lesson: Lesson) -> None:
    """Keep how far a person has come; it is on this kiosk alone, and in no entry."""
    with hall.store.writing() as records:
        records.education.keep_lesson(worker, lesson)


def hold_own_class(
    hall: Hall, worker: WorkerId, course: Course, lesson: Lesson, signature: Signature
) -> HeldEducation:
    """Keep that a person passed a course alone at the screen and signed for it. One transaction.

    Raises IntegrityFault for a lesson that is not passed: whoever asks has shown the wrong page.
    """
    if not lesson.is_of(course) or lesson.stage(course) is not LessonStage.SIGNING:
        raise IntegrityFault("a lesson is signed that was not passed")
    taught = Taught(
        hazard_class=course.hazard_class,
        valid_days=course.valid_days,
        course_version=course.version,
        mode=ClassMode.ALONE,
        spent_min=max(1, round(lesson.spent_s / _MINUTE_S)),
        score_percent=lesson.score_percent,
        tries=lesson.tries,
        signature=signature.text,
    )
    with hall.store.writing() as records:
        held = keep_class(hall, records, worker, taught)
        records.education.end_lesson(worker)
    return held
