"""A lesson that is open on the screen: where it stands, what was touched, what was drawn."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.domain.courses import Answer, Course, Question
from kiosk.domain.lessons import Lesson, LessonStage
from kiosk.domain.signatures import Signature, drawn
from kiosk.ui.journeys import Step

STEPS = {
    LessonStage.READING: Step.COURSE,
    LessonStage.ASKING: Step.QUIZ,
    LessonStage.FAILED: Step.QUIZ_FAILED,
    LessonStage.SIGNING: Step.SIGN_CLASS,
}
"""Which step shows which stage of a lesson."""


@dataclass(slots=True)
class OpenLesson:
    """One person's lesson while the visit lasts; it is forgotten with the visit's session.

    `chosen` is the place of the answer that was touched, `is_told` whether the right one is being shown: the
    answer counts by then. `strokes` are what the finger drew, in parts of the field.
    """

    course: Course
    lesson: Lesson
    chosen: int | None = None
    is_told: bool = False
    strokes: list[list[tuple[float, float]]] = field(default_factory=list)

    @property
    def step(self) -> Step:
        """Return the step that shows where the lesson stands; an answer is told before what follows it."""
        return Step.QUIZ if self.is_told else STEPS[self.lesson.stage(self.course)]

    @property
    def asked(self) -> int:
        """Return the place of the question on the screen."""
        return len(self.lesson.answers) - self.is_told

    @property
    def question(self) -> Question:
        """Return the question on the screen."""
        return self.course.questions[self.asked]

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Return its answers in the order of this try."""
        return self.question.shown_on(self.lesson.tries)

    @property
    def signature(self) -> Signature | None:
        """Return what was drawn; None while it is no mark."""
        return drawn(self.strokes)

    @property
    def leaf(self) -> tuple[int, int, bool]:
        """Return what tells one page of the lesson from the next, for a finger that taps twice."""
        return self.lesson.page, self.asked, self.is_told
