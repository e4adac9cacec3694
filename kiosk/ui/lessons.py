"""A lesson that is open on the screen: where it stands, what was touched, what was drawn."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.actions.ports import Staff
from kiosk.domain.courses import Answer, Course, Question
from kiosk.domain.ids import WorkerId
from kiosk.domain.lessons import Lesson, LessonStage
from kiosk.domain.sentences import Sentence
from kiosk.ui.drawings import Drawing
from kiosk.ui.journeys import Step

STEPS = {
    LessonStage.READING: Step.COURSE,
    LessonStage.ASKING: Step.QUIZ,
    LessonStage.FAILED: Step.QUIZ_FAILED,
    LessonStage.SIGNING: Step.SIGN_CLASS,
}
"""Which step shows which stage of a lesson."""


@dataclass(slots=True)
class GroupClass:
    """People who are taught together: who came, by masked name, who has signed, and whose turn it is.

    `said` is what the last card that was laid down meant.
    """

    attendant: Staff
    members: dict[WorkerId, str] = field(default_factory=dict)
    signed: set[WorkerId] = field(default_factory=set)
    signing: WorkerId | None = None
    said: Sentence | None = None


@dataclass(slots=True)
class OpenLesson:
    """A lesson while the visit lasts, of one person or of a group; it is forgotten with the visit's session.

    `chosen` is the place of the answer that was touched, `is_told` whether the right one is being shown: the
    answer counts by then. `drawing` is what the finger drew. `behind` counts the lessons that the wanted job
    asks for besides this one.
    """

    course: Course
    lesson: Lesson
    chosen: int | None = None
    is_told: bool = False
    drawing: Drawing = field(default_factory=Drawing)
    group: GroupClass | None = None
    behind: int = 0

    @property
    def step(self) -> Step:
        """Return the step that shows where the lesson stands; an answer is told before what follows it."""
        if self.is_told:
            return Step.QUIZ
        step = STEPS[self.lesson.stage(self.course)]
        is_nobodys_turn = self.group is not None and self.group.signing is None
        return Step.GROUP_ROLL if step is Step.SIGN_CLASS and is_nobodys_turn else step

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
    def leaf(self) -> tuple[str, int, int, bool]:
        """Return what tells one page of the lesson from the next, for a finger that taps twice."""
        return self.course.hazard_class, self.lesson.page, self.asked, self.is_told
