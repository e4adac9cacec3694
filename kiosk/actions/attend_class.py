"""Attend a class at the screen, alone or together: begin, go on, and hold it once passed and signed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from kiosk.actions.faults import IntegrityFault
from kiosk.actions.hall import Hall
from kiosk.actions.keep_class import Taught, keep_class
from kiosk.actions.ports import Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.class_records import ClassMode
from kiosk.domain.courses import Course
from kiosk.domain.duties import Act
from kiosk.domain.ids import WorkerId
from kiosk.domain.lessons import Lesson, LessonStage, first_lesson
from kiosk.domain.signatures import Signature
from kiosk.domain.workers import HeldEducation

_MINUTE_S = 60


def published_course(hall: Hall, hazard_class: str) -> Course | None:
    """Return the course of a hazard class, None where the bureau has published none."""
    with hall.store.reading() as records:
        return records.education.course(hazard_class)


def published_courses(hall: Hall) -> Sequence[Course]:
    """Return every course that the bureau has published, by its hazard class."""
    with hall.store.reading() as records:
        return records.education.courses()


def way_through(hall: Hall, worker: WorkerId, classes: Collection[str]) -> Sequence[tuple[Course, Lesson]]:
    """Return the lessons that lead through these hazard classes, the one this person has begun first.

    Nothing where one of them has no course: whoever learned the others would be refused all the same.
    """
    with hall.store.reading() as records:
        courses = [records.education.course(name) for name in classes]
    lessons = [(course, begin_lesson(hall, worker, course)) for course in courses if course is not None]
    if len(lessons) < len(classes):
        return ()
    return sorted(lessons, key=lambda each: each[1] == first_lesson(each[0]))


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
    taught = _taught(course, lesson, signature)
    with hall.store.writing() as records:
        return keep_class(hall, records, worker, taught)


def hold_group_class(
    hall: Hall, worker: WorkerId, course: Course, lesson: Lesson, signature: Signature, staff: Staff
) -> HeldEducation:
    """Keep that a person took part in a course that was passed together, on an attendant's word and his own.

    One transaction a person, with the attendant's act in the log. Raises what `hold_own_class` raises.
    """
    taught = replace(_taught(course, lesson, signature), mode=ClassMode.GROUP, attendant=staff.id)
    with hall.store.writing() as records:
        held = keep_class(hall, records, worker, taught)
        record_act(hall, records, staff, Act.HOLD_CLASS, "worker", worker)
    return held


def _taught(course: Course, lesson: Lesson, signature: Signature) -> Taught:
    if not lesson.is_of(course) or lesson.stage(course) is not LessonStage.SIGNING:
        raise IntegrityFault("a lesson is signed that was not passed")
    return Taught(
        hazard_class=course.hazard_class,
        valid_days=course.valid_days,
        course_version=course.version,
        mode=ClassMode.ALONE,
        spent_min=max(1, round(lesson.spent_s / _MINUTE_S)),
        score_percent=lesson.score_percent,
        tries=lesson.tries,
        signature=signature.text,
    )
