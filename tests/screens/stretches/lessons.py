"""What somebody does who learns at the screen: turns pages, answers, draws a cross."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QGuiApplication

from kiosk.sample.people import SamplePerson
from kiosk.ui.journeys import Step
from tests.halls import CLERK
from tests.screens.tour import Tour, shown

TEACHER = CLERK


def pupil(tour: Tour) -> SamplePerson:
    """Return somebody who lacks nothing but a class."""
    return next(person for person in tour.people.values() if person.story == "no_class")


def begin(tour: Tour) -> None:
    """Come, want the job, and stand before the first page."""
    person = pupil(tour)
    tour.lay_card(person)
    tour.answer_questions()
    tour.open_job(str(person.tries))
    tour.tap("go")


def read_on(tour: Tour) -> Iterator[int]:
    """Turn every page; each is told by its number before it is turned."""
    page = 0
    while shown(tour) is Step.COURSE:
        yield page
        tour.tap("go")
        page += 1


def answer(tour: Tour, *, is_right: bool) -> None:
    """Touch the right answer, or the first wrong one, and say that this is it."""
    opened = tour.screen.visit.session.lesson
    assert opened is not None
    rights = [each.is_right for each in opened.answers]
    tour.tap(f"answer.{rights.index(is_right)}")
    tour.tap("go")


def sign(tour: Tour) -> None:
    """Draw a cross into the field."""
    assert tour.hands.cross("signature")
    QGuiApplication.processEvents()


def pages(tour: Tour) -> Iterator[str]:
    """Fail once, learn again, sign, and come to the last look."""
    begin(tour)
    for page in read_on(tour):
        yield f"course_{page}"
    yield "quiz"
    while shown(tour) is Step.QUIZ:
        answer(tour, is_right=False)
        yield "quiz_wrong"
        tour.tap("go")
    yield "quiz_failed"
    tour.tap("go")
    for _ in read_on(tour):
        pass
    while shown(tour) is Step.QUIZ:
        answer(tour, is_right=True)
        yield "quiz_right"
        tour.tap("go")
    yield "sign_class"
    sign(tour)
    yield "sign_class_signed"
    tour.tap("go")
    yield "confirm_after_class"
    tour.lift_card()


def group_pages(tour: Tour) -> Iterator[str]:
    """Be taught together: two come, one of whom signs."""
    visit = tour.screen.visit
    visit.open_class("lifting", TEACHER)
    QGuiApplication.processEvents()
    yield "group_join"
    people = [tour.grown_up(), pupil(tour)]
    for person in people:
        visit.card_presented(person.card)
    QGuiApplication.processEvents()
    yield "group_join_two"
    tour.tap("go")
    yield "group_course"
    for _ in read_on(tour):
        pass
    while shown(tour) is Step.QUIZ:
        answer(tour, is_right=True)
        tour.tap("go")
    yield "group_roll"
    visit.card_presented(people[0].card)
    QGuiApplication.processEvents()
    yield "group_sign"
    sign(tour)
    tour.tap("go")
    yield "group_roll_one"
    visit.end()
    QGuiApplication.processEvents()
