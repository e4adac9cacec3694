"""What somebody does at the pages of a class, with short words."""

from __future__ import annotations

from kiosk.domain.ids import JobId
from kiosk.ui.journeys import Step
from kiosk.ui.lessons import OpenLesson
from tests.halls import CLERK
from tests.unit.ui.visit_rig import VisitRig

TEACHER = CLERK
PUPIL = "zhuan"
"""Who lacks the class of building sites alone."""


def step(rig: VisitRig) -> Step:
    """Return the step that is shown now."""
    return rig.visit.step


def lesson(rig: VisitRig) -> OpenLesson:
    """Return the lesson that is open."""
    opened = rig.visit.session.lesson
    assert opened is not None
    return opened


def want(rig: VisitRig, key: str = PUPIL) -> None:
    """Come and want the job that the sample has for that person."""
    rig.come(key)
    rig.visit.open_job(JobId(str(rig.kiosk.people[key].tries)))
    rig.visit.go()


def read(rig: VisitRig) -> None:
    """Turn every page."""
    while step(rig) is Step.COURSE:
        rig.visit.go()


def answer(rig: VisitRig, *, is_right: bool) -> None:
    """Answer one question, and look at the right answer."""
    rights = [each.is_right for each in lesson(rig).answers]
    rig.visit.learning.choose(rights.index(is_right))
    rig.visit.go()
    assert lesson(rig).is_told
    rig.visit.go()


def pass_quiz(rig: VisitRig) -> None:
    """Read and answer all right."""
    read(rig)
    while step(rig) is Step.QUIZ:
        answer(rig, is_right=True)


def sign(rig: VisitRig) -> None:
    """Draw a cross and say that it is signed."""
    for start, end in (((0.2, 0.2), (0.8, 0.8)), ((0.8, 0.2), (0.2, 0.8))):
        rig.visit.learning.begin_stroke(start)
        rig.visit.learning.draw(end)
    rig.visit.go()


def tap_in(rig: VisitRig, *keys: str) -> None:
    """Lay cards down one after another."""
    for key in keys:
        rig.lay(key)
        rig.lift()


def teach(rig: VisitRig, *, is_right: bool = True) -> None:
    """Show every page and answer every question together."""
    rig.visit.go()
    read(rig)
    while step(rig) is Step.QUIZ:
        answer(rig, is_right=is_right)
