"""How far one person has come in one course: pages read, questions answered, tries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.domain.courses import Course


class LessonStage(StrEnum):
    """What comes next in a lesson."""

    READING = "reading"
    ASKING = "asking"
    FAILED = "failed"
    SIGNING = "signing"


@dataclass(frozen=True, slots=True)
class Lesson:
    """One person's way through one version of a course.

    `page` is the page that is read next; behind the last one the questions begin. `answers` tells of the
    present try which questions were answered right. `spent_s` counts the seconds before the pages alone.
    """

    hazard_class: str
    course_version: int
    page: int = 0
    answers: tuple[bool, ...] = ()
    tries: int = 1
    spent_s: int = 0

    def is_of(self, course: Course) -> bool:
        """Return whether this is a lesson of that very course and version."""
        return (self.hazard_class, self.course_version) == (course.hazard_class, course.version)

    def stage(self, course: Course) -> LessonStage:
        """Return what comes next."""
        if self.page < len(course.pages):
            return LessonStage.READING
        if len(self.answers) < len(course.questions):
            return LessonStage.ASKING
        return LessonStage.SIGNING if self.score_percent >= course.pass_percent else LessonStage.FAILED

    @property
    def score_percent(self) -> int:
        """Return how many of a hundred answers of this try were right, rounded down."""
        return 100 * sum(self.answers) // len(self.answers) if self.answers else 0

    def turned(self, pages: int) -> Lesson:
        """Return the lesson so many pages on, or back."""
        return replace(self, page=max(0, self.page + pages))

    def answered(self, *, is_right: bool) -> Lesson:
        """Return the lesson with the next question answered."""
        return replace(self, answers=(*self.answers, is_right))

    def begun_again(self, page: int) -> Lesson:
        """Return the lesson back at a page; a try that had begun is over, and the next one is another."""
        return replace(self, page=page, answers=(), tries=self.tries + bool(self.answers))

    def longer_by(self, seconds: int) -> Lesson:
        """Return the lesson after so many more seconds."""
        return replace(self, spent_s=self.spent_s + seconds)


def first_lesson(course: Course) -> Lesson:
    """Return the lesson of somebody who begins."""
    return Lesson(course.hazard_class, course.version)
