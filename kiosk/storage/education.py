"""Safety education as it is kept here; what was begun or held goes with the person it is of."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.domain.class_records import ClassMode, ClassRecord
from kiosk.domain.courses import Course
from kiosk.domain.ids import WorkerId
from kiosk.domain.lessons import Lesson
from kiosk.messages.course_bodies import CourseBody, course_of
from kiosk.statements import Row, Statement
from kiosk.storage.counters import Counters
from kiosk.storage.education_tables import class_record, course, lesson
from kiosk.storage.merges import is_same_person

_SERIES = "class"
_COURSE = Statement(select(course.c.body).where(course.c.id == bindparam("id")))
_COURSES = Statement(select(course.c.body).order_by(course.c.id))
_LESSON = Statement(select(lesson).where(lesson.c.worker == bindparam("worker")))
_TOLD = upsert(lesson)
_KEEP = Statement(
    _TOLD.on_conflict_do_update(
        index_elements=["worker"],
        set_={column.name: _TOLD.excluded[column.name] for column in lesson.c if not column.primary_key},
    ),
    *lesson.c.keys(),
)
_END = Statement(delete(lesson).where(lesson.c.worker == bindparam("of")))
_RECORDS = Statement(
    select(class_record)
    .where(is_same_person(class_record.c.worker))
    .order_by(class_record.c.held_at.desc(), class_record.c.number.desc())
)
_ADD = Statement(insert(class_record))


class SqlEducation:
    """The safety education of one transaction."""

    def __init__(self, connection: Connection, counters: Counters) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection
        self._counters = counters

    def course(self, hazard_class: str) -> Course | None:
        """Return the course of a hazard class, None where none was published."""
        body = _COURSE.scalar(self._connection, {"id": hazard_class})
        return None if body is None else _course(body)

    def courses(self) -> Sequence[Course]:
        """Return every course by its hazard class; there are a handful."""
        return [_course(row.body) for row in _COURSES.all(self._connection)]

    def lesson(self, worker: WorkerId) -> Lesson | None:
        """Return the lesson a person has begun and not finished."""
        row = _LESSON.first(self._connection, {"worker": worker})
        if row is None:
            return None
        answers = tuple(sign == "1" for sign in row.answers)
        return Lesson(row.hazard_class, row.course_version, row.page, answers, row.tries, row.spent_s)

    def keep_lesson(self, worker: WorkerId, begun: Lesson) -> None:
        """Keep how far a person has come; another lesson that was begun before is forgotten."""
        _KEEP.run(
            self._connection,
            {
                "worker": worker,
                "hazard_class": begun.hazard_class,
                "course_version": begun.course_version,
                "page": begun.page,
                "answers": "".join("1" if is_right else "0" for is_right in begun.answers),
                "tries": begun.tries,
                "spent_s": begun.spent_s,
            },
        )

    def end_lesson(self, worker: WorkerId) -> None:
        """Forget what was begun."""
        _END.run(self._connection, {"of": worker})

    def next_counter(self) -> int:
        """Return the counter of a record's number that `add_record` will use up."""
        return self._counters.following(_SERIES)

    def add_record(self, record: ClassRecord) -> None:
        """Keep the record of a class; a number that was used before is a defect."""
        _ADD.run(
            self._connection,
            {
                "worker": record.worker,
                "number": record.number,
                "hazard_class": record.hazard_class,
                "course_version": record.course_version,
                "mode": record.mode.value,
                "held_at": record.held_at,
                "valid_until": record.valid_until,
                "spent_min": record.spent_min,
                "score_percent": record.score_percent,
                "tries": record.tries,
                "attendant": record.attendant,
                "signature": record.signature,
            },
        )
        self._counters.use(_SERIES, int(record.number.rpartition("-")[2]))

    def records(self, worker: WorkerId) -> Sequence[ClassRecord]:
        """Return what is kept here of a person's classes, the newest first."""
        return [_record(row) for row in _RECORDS.all(self._connection, {"worker": worker})]


def _course(body: str) -> Course:
    return course_of(CourseBody.model_validate_json(body))


def _record(row: Row) -> ClassRecord:
    return ClassRecord(
        number=row.number,
        worker=WorkerId(row.worker),
        hazard_class=row.hazard_class,
        course_version=row.course_version,
        mode=ClassMode(row.mode),
        held_at=row.held_at,
        valid_until=row.valid_until,
        spent_min=row.spent_min,
        score_percent=row.score_percent,
        tries=row.tries,
        attendant=row.attendant,
        signature=row.signature,
    )
