"""A class at the screen by real touches: from a wanted job to the slip, and a finger that taps twice."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF

from kiosk.actions.printing import PrintStage
from kiosk.ui.journeys import Step
from kiosk.ui.trembling import AT_ONCE_MS
from tests.screens.stretches import lessons
from tests.screens.tour import Tour, settle, shown


def opened_page(tour: Tour) -> int:
    """Return the page of the lesson that is open."""
    opened = tour.screen.visit.session.lesson
    assert opened is not None
    return opened.lesson.page


def test_by_touches_alone_from_a_wanted_job_over_its_class_to_the_slip(tour: Tour) -> None:
    lessons.begin(tour)
    for _ in lessons.read_on(tour):
        assert shown(tour) is Step.COURSE
    while shown(tour) is Step.QUIZ:
        lessons.answer(tour, is_right=True)
        tour.tap("go")
    assert not tour.hands.tap("go"), "nobody goes on without a mark"
    lessons.sign(tour)
    tour.tap("go")
    assert shown(tour) is Step.CONFIRM
    tour.tap("go")
    tour.hear_printer(PrintStage.PRINTED, 1.0)
    assert shown(tour) is Step.GOODBYE


def test_a_trembling_finger_turns_one_page(tour: Tour) -> None:
    lessons.begin(tour)
    plate = tour.screen.find("go")
    assert plate is not None
    at = plate.mapToScene(QPointF(plate.width() / 2, plate.height() / 2)).toPoint()
    for pause_ms in (AT_ONCE_MS * 2, AT_ONCE_MS // 4):
        _touch(tour, at, pause_ms)
    assert opened_page(tour) == 1


def test_a_signature_is_wiped_by_the_white_plate_and_gone_with_the_visit(tour: Tour) -> None:
    lessons.begin(tour)
    for _ in lessons.read_on(tour):
        pass
    while shown(tour) is Step.QUIZ:
        lessons.answer(tour, is_right=True)
        tour.tap("go")
    lessons.sign(tour)
    tour.tap("secondary")
    opened = tour.screen.visit.session.lesson
    assert opened is not None
    assert opened.drawing.strokes == []
    lessons.sign(tour)
    assert opened.drawing.signature is not None
    tour.tap("bar.home")
    assert tour.screen.visit.session.lesson is None


def _touch(tour: Tour, at: QPoint, pause_ms: int) -> None:
    tour.hands.press(at, pause_ms)
    tour.hands.release(at)
    settle()
