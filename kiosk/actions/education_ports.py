"""What is kept of safety education: courses as they came down, lessons begun, records of classes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kiosk.domain.class_records import ClassRecord
from kiosk.domain.courses import Course
from kiosk.domain.ids import WorkerId
from kiosk.domain.lessons import Lesson


class Education(Protocol):
    """The safety education that one transaction sees."""

    def course(self, hazard_class: str) -> Course | None: ...
    def courses(self) -> Sequence[Course]: ...
    def lesson(self, worker: WorkerId) -> Lesson | None:
        """Return the lesson a person has begun and not finished; there is one at most."""
        ...

    def keep_lesson(self, worker: WorkerId, lesson: Lesson) -> None: ...
    def end_lesson(self, worker: WorkerId) -> None: ...
    def next_counter(self) -> int:
        """Return the counter of the next record's number; `add_record` uses it up."""
        ...

    def add_record(self, record: ClassRecord) -> None: ...
    def records(self, worker: WorkerId) -> Sequence[ClassRecord]:
        """Return what is kept here of a person's classes, the newest first."""
        ...
