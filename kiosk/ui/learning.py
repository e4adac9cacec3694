"""Learning: the classes between wanting a job and the last look, where nothing but classes is missing."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions.attend_class import (
    hold_group_class,
    hold_own_class,
    keep_lesson,
    way_through,
)
from kiosk.domain.lessons import Lesson
from kiosk.domain.signatures import Signature
from kiosk.ui import reception
from kiosk.ui.choosing import Choosing
from kiosk.ui.courses import Course
from kiosk.ui.journeys import Step
from kiosk.ui.lessons import GroupClass, OpenLesson


class Learning:
    """The part of a visit in which somebody learns what the chosen job asks for."""

    def __init__(self, course: Course, choosing: Choosing) -> None:
        """Move this course; where no class is needed, wanting a job goes on through `choosing`."""
        self._course = course
        self._choosing = choosing

    def want(self) -> None:
        """Go on with the job that is looked at, by way of its classes where they alone are missing."""
        opened = self._open()
        self._course.session.lesson = opened
        if opened is None:
            self._choosing.want()
        else:
            self._course.forward(opened.step)

    def go(self) -> None:
        """The yellow plate of a lesson's step was touched."""
        opened = self._course.session.lesson
        if opened is not None:
            act: dict[Step, Callable[[OpenLesson], None]] = {
                Step.COURSE: self._turn_page,
                Step.QUIZ: self._go_on_asking,
                Step.QUIZ_FAILED: self._begin_again,
                Step.SIGN_CLASS: self._hold,
            }
            act[self._course.step](opened)

    def choose(self, place: int) -> None:
        """An answer was touched; which one counts when the yellow plate is touched."""
        opened = self._course.session.lesson
        if opened is not None and self._course.step is Step.QUIZ and not opened.is_told:
            opened.chosen = place
            self._course.stay()

    def back(self) -> bool:
        """Go one page back within a lesson; return whether there was one."""
        opened = self._course.session.lesson
        if opened is None:
            return False
        if opened.group is not None and self._course.step is Step.SIGN_CLASS:
            self._next_member(opened, opened.group)
            return True
        if self._course.step not in {Step.COURSE, Step.QUIZ}:
            return False
        lesson = opened.lesson
        if self._course.step is Step.QUIZ:
            self._keep(opened, lesson.begun_again(len(opened.course.pages) - 1))
        elif lesson.page > 0:
            self._keep(opened, lesson.turned(-1))
        else:
            return False
        return True

    def begin_stroke(self, at: tuple[float, float]) -> None:
        """The finger came down on the field for the signature; places are parts of its width and height."""
        opened = self._signing()
        if opened is not None:
            opened.drawing.begin_stroke(at)

    def draw(self, at: tuple[float, float]) -> None:
        """The finger moved on."""
        opened = self._signing()
        if opened is not None:
            opened.drawing.draw(at)

    def wipe(self) -> None:
        """Begin the signature again."""
        opened = self._signing()
        if opened is not None:
            opened.drawing.strokes.clear()
            self._course.stay()

    def second(self) -> None:
        """A second passed; those before a lesson's pages are told in its record."""
        opened = self._course.session.lesson
        if opened is not None and self._course.step is opened.step:
            opened.lesson = opened.lesson.longer_by(1)

    def _open(self) -> OpenLesson | None:
        """Return the next lesson on the way to the job, None where none is needed or none would help."""
        hall, looked = self._course.hall, self._course.session.job
        if looked is None or looked.judgement is None or reception.is_full(hall, looked.line):
            return None
        worker = reception.person_of(self._course.session).worker
        way = way_through(hall, worker, looked.judgement.only_lacks_classes)
        return OpenLesson(*way[0], behind=len(way) - 1) if way else None

    def _signing(self) -> OpenLesson | None:
        return self._course.session.lesson if self._course.step is Step.SIGN_CLASS else None

    def _turn_page(self, opened: OpenLesson) -> None:
        self._keep(opened, opened.lesson.turned(1))

    def _go_on_asking(self, opened: OpenLesson) -> None:
        if opened.is_told:
            opened.is_told, opened.chosen = False, None
            self._course.turn(opened.step)
        elif opened.chosen is not None:
            is_right = opened.answers[opened.chosen].is_right
            self._keep(opened, opened.lesson.answered(is_right=is_right), is_told=True)

    def _begin_again(self, opened: OpenLesson) -> None:
        self._keep(opened, opened.lesson.begun_again(0))

    def _keep(self, opened: OpenLesson, lesson: Lesson, *, is_told: bool = False) -> None:
        """Keep where the lesson stands before the screen shows it."""
        if opened.group is None:
            keep_lesson(self._course.hall, reception.person_of(self._course.session).worker, lesson)
        opened.lesson, opened.is_told = lesson, is_told
        if not is_told:
            opened.chosen = None
        self._course.turn(opened.step)

    def _hold(self, opened: OpenLesson) -> None:
        """Keep the class and go on to the next one, to the last look, or to what came between meanwhile."""
        session, hall, signature = self._course.session, self._course.hall, opened.drawing.signature
        if signature is None:
            return
        if opened.group is not None:
            self._hold_of_member(opened, opened.group, signature)
            return
        worker = reception.person_of(session).worker
        hold_own_class(hall, worker, opened.course, opened.lesson, signature)
        job, session.lesson = session.job, None
        if job is None or not reception.look_at(hall, session, job.line.job.id):
            self._course.show(Step.BLOCKED)
            return
        session.lesson = self._open()
        self._course.turn(session.lesson.step if session.lesson else reception.want(hall, session))

    def _hold_of_member(self, opened: OpenLesson, group: GroupClass, signature: Signature) -> None:
        """Keep the class of the member whose turn it is, and wait for the next one."""
        if group.signing is not None:
            hall, lesson = self._course.hall, opened.lesson
            hold_group_class(hall, group.signing, opened.course, lesson, signature, group.attendant)
            group.signed.add(group.signing)
            self._next_member(opened, group)

    def _next_member(self, opened: OpenLesson, group: GroupClass) -> None:
        group.signing, group.said = None, None
        opened.drawing.strokes.clear()
        self._course.turn(opened.step)
