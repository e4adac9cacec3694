"""A safety class on the screen: pages of pictures, a question with its answers, the field for a signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, QPointF, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.courses import Wording
from kiosk.domain.lessons import LessonStage
from kiosk.resources import assets
from kiosk.ui.journeys import Step
from kiosk.ui.lessons import OpenLesson
from kiosk.ui.presenting import is_chinese
from kiosk.ui.views.rows import Rows
from kiosk.ui.views.scene import Scene

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1

_FOLDERS = ("education", "pictograms")
_BOOK = "ui/menu_book"
"""Shown for a picture that a newer course names and this version does not draw."""


@dataclass(frozen=True, slots=True)
class PictureFace:
    """One picture of a page, to be done or not to be done."""

    figure: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class AnswerFace:
    """One answer; `verdict` is `ok` or `stop` once it is told, and empty where nothing is said of it."""

    figure: str
    words: str
    is_chosen: bool
    verdict: str


@dataclass(frozen=True, slots=True)
class DotFace:
    """One page or question: `done`, `wrong`, `now` or `ahead`."""

    mark: str


@QmlElement
class LessonView(QObject):
    """What stands on the four pages of a class."""

    changed = Signal()
    drawn = Signal()
    """The finger moved over the field for the signature."""

    def __init__(self, scene: Scene) -> None:
        """Look at this scene."""
        super().__init__()
        self._scene = scene
        self._pictures = Rows(PictureFace, self)
        self._answers = Rows(AnswerFace, self)
        self._dots = Rows(DotFace, self)

    def refresh(self) -> None:
        """Show where the lesson stands; forget it on any other step."""
        opened, step = self._lesson(), self._scene.visit.step
        self._pictures.show(_pictures(opened) if opened and step is Step.COURSE else ())
        self._answers.show(self._faces(opened) if opened and step is Step.QUIZ else ())
        self._dots.show(_dots(opened, step) if opened else ())
        self.changed.emit()
        self.drawn.emit()

    @Property(QObject, notify=changed)
    def pictures(self) -> QObject:
        """Rows of PictureFace: one or two."""
        return self._pictures

    @Property(QObject, notify=changed)
    def answers(self) -> QObject:
        """Rows of AnswerFace: two or three."""
        return self._answers

    @Property(str, notify=changed)
    def title(self) -> str:
        """What the course is called."""
        opened = self._lesson()
        return self._words(opened.course.title) if opened else ""

    @Property(str, notify=changed)
    def sentence(self) -> str:
        """The sentence of the page, or the question."""
        opened, step = self._lesson(), self._scene.visit.step
        if opened is None or step not in {Step.COURSE, Step.QUIZ}:
            return ""
        page = opened.course.pages[opened.lesson.page] if step is Step.COURSE else opened.question
        return self._words(page.text)

    @Property(str, notify=changed)
    def why(self) -> str:
        """Why the right answer is right; empty before it is told."""
        opened = self._lesson()
        is_told = opened is not None and opened.is_told
        return self._words(opened.question.why) if opened is not None and is_told else ""

    @Property(QObject, notify=changed)
    def dots(self) -> QObject:
        """Rows of DotFace, one a page or question."""
        return self._dots

    @Property(str, notify=changed)
    def place(self) -> str:
        """Which page or question of how many."""
        opened, step = self._lesson(), self._scene.visit.step
        if opened is None or step not in {Step.COURSE, Step.QUIZ}:
            return ""
        at = opened.lesson.page if step is Step.COURSE else opened.asked
        return self._scene.say(f"lesson.{step.value}.place", at=at + 1, of=len(self._dots.faces))

    @Property(bool, notify=changed)
    def isFirstPage(self) -> bool:
        """Whether no page lies before this one."""
        opened = self._lesson()
        return opened is None or opened.lesson.page == 0

    @Property(bool, notify=changed)
    def isLastPage(self) -> bool:
        """Whether the questions come next."""
        opened = self._lesson()
        return opened is not None and opened.lesson.page == len(opened.course.pages) - 1

    @Property(bool, notify=changed)
    def isReady(self) -> bool:
        """Whether the yellow plate goes on: an answer was touched, or is told already."""
        opened = self._lesson()
        return opened is not None and (opened.is_told or opened.chosen is not None)

    @Property(bool, notify=changed)
    def isTold(self) -> bool:
        """Whether the right answer is shown."""
        opened = self._lesson()
        return opened is not None and opened.is_told

    @Property(str, notify=changed)
    def result(self) -> str:
        """How many questions were answered right."""
        opened = self._lesson()
        if opened is None or opened.lesson.stage(opened.course) not in {
            LessonStage.FAILED,
            LessonStage.SIGNING,
        }:
            return ""
        given = opened.lesson.answers
        return self._scene.say("lesson.result", right=sum(given), of=len(given))

    @Property(str, notify=changed)
    def signed(self) -> str:
        """What the yellow plate says under the signature: done, or done with another class behind it."""
        opened = self._lesson()
        behind = opened.behind if opened else 0
        say = self._scene.say
        return say("lesson.sign.next", count=behind) if behind else say("lesson.sign.done")

    @Property(bool, notify=drawn)
    def isTouched(self) -> bool:
        """Whether the finger was on the field."""
        opened = self._lesson()
        return opened is not None and bool(opened.drawing.strokes)

    @Property("QVariantList", notify=drawn)  # type: ignore[arg-type]  # the stubs know no names of Qt's types
    def strokes(self) -> list[list[QPointF]]:
        """What was drawn, in parts of the field's width and height."""
        opened = self._lesson()
        if opened is None:
            return []
        return [[QPointF(x, y) for x, y in (*stroke, stroke[-1])] for stroke in opened.drawing.strokes]

    @Property(bool, notify=drawn)
    def isSigned(self) -> bool:
        """Whether what was drawn is enough to be a mark."""
        opened = self._lesson()
        return opened is not None and opened.drawing.is_signed

    @Slot(int)
    def choose(self, place: int) -> None:
        """An answer was touched."""
        self._scene.visit.learning.choose(place)

    @Slot(float, float)
    def press(self, x: float, y: float) -> None:
        """The finger came down on the field."""
        self._scene.visit.learning.begin_stroke((x, y))
        self.drawn.emit()

    @Slot(float, float)
    def move(self, x: float, y: float) -> None:
        """The finger moved."""
        self._scene.visit.learning.draw((x, y))
        self.drawn.emit()

    @Slot()
    def wipe(self) -> None:
        """The white plate 重写."""
        self._scene.visit.learning.wipe()

    def _lesson(self) -> OpenLesson | None:
        return self._scene.session.lesson

    def _words(self, wording: Wording) -> str:
        return wording.zh if is_chinese(self._scene.say) else wording.en

    def _faces(self, opened: OpenLesson) -> Sequence[AnswerFace]:
        return [
            AnswerFace(
                drawing(answer.picture),
                self._words(answer.text),
                is_chosen=at == opened.chosen,
                verdict=_verdict(opened, at, is_right=answer.is_right),
            )
            for at, answer in enumerate(opened.answers)
        ]


def drawing(name: str) -> str:
    """Return where a course's picture is drawn, the book for one that is not."""
    return next(
        (f"{folder}/{name}" for folder in _FOLDERS if assets("icons", folder, f"{name}.svg").is_file()), _BOOK
    )


def _pictures(opened: OpenLesson) -> Sequence[PictureFace]:
    page = opened.course.pages[opened.lesson.page]
    return [PictureFace(drawing(picture.name), picture.is_right) for picture in page.pictures]


def _verdict(opened: OpenLesson, at: int, *, is_right: bool) -> str:
    if not opened.is_told:
        return ""
    return "ok" if is_right else "stop" if at == opened.chosen else ""


def _dots(opened: OpenLesson, step: Step) -> Sequence[DotFace]:
    if step is Step.COURSE:
        marks = ["done"] * opened.lesson.page
        count = len(opened.course.pages)
    elif step is Step.QUIZ:
        marks = ["done" if is_right else "wrong" for is_right in opened.lesson.answers]
        count = len(opened.course.questions)
    else:
        return ()
    now = [] if opened.is_told else ["now"]
    return [DotFace(mark) for mark in (marks + now + ["ahead"] * count)[:count]]
