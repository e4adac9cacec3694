"""The courses that come with the program: short, in pictures that are there, and on a basis that is named."""

from __future__ import annotations

import pytest

from kiosk.domain.courses import Course
from kiosk.intake.courses import first_courses
from kiosk.messages.course_bodies import course_of
from kiosk.resources import assets

LINE = 12
"""So many signs fit one line of what a worker reads."""


@pytest.fixture(params=[body.hazard_class for body in first_courses()])
def course(request: pytest.FixtureRequest) -> Course:
    body = next(body for body in first_courses() if body.hazard_class == request.param)
    return course_of(body)


def test_a_course_has_few_pages_and_asks_about_five_things(course: Course) -> None:
    assert 6 <= len(course.pages) <= 9
    assert 5 <= len(course.questions) <= 6
    assert course.pass_percent == 80


def test_every_picture_is_drawn(course: Course) -> None:
    shown = [picture.name for page in course.pages for picture in page.pictures]
    shown += [answer.picture for question in course.questions for answer in question.answers]
    for name in shown:
        assert any(
            assets("icons", folder, f"{name}.svg").is_file() for folder in ("education", "pictograms")
        ), name


def test_every_sentence_is_one_line_and_every_reason_one_or_two(course: Course) -> None:
    for page in course.pages:
        assert len(page.text.zh) <= LINE
    for question in course.questions:
        assert len(question.text.zh) <= LINE
        assert len(question.why.zh) <= 2 * LINE
        assert all(len(answer.text.zh) <= LINE for answer in question.answers)


def test_every_sentence_has_its_english(course: Course) -> None:
    said = [course.title, *(page.text for page in course.pages)]
    for question in course.questions:
        said += [question.text, question.why, *(answer.text for answer in question.answers)]
    assert all(words.zh and words.en.replace("°", "").isascii() and words.en for words in said)


def test_no_picture_is_both_right_and_wrong(course: Course) -> None:
    rights = {picture.name for page in course.pages for picture in page.pictures if picture.is_right}
    wrongs = {picture.name for page in course.pages for picture in page.pictures if not picture.is_right}
    assert not rights & wrongs


def test_what_is_asked_was_shown(course: Course) -> None:
    shown = {picture.name for page in course.pages for picture in page.pictures if picture.is_right}
    for question in course.questions:
        right = next(answer for answer in question.answers if answer.is_right)
        assert right.picture in shown, question.text.zh


def test_the_right_answers_do_not_all_stand_in_one_place(course: Course) -> None:
    places = {[answer.is_right for answer in question.answers].index(True) for question in course.questions}
    assert len(places) > 1


def test_law_and_standards_are_named(course: Course) -> None:
    assert "安全生产法" in course.sources[0]
    assert len(course.sources) >= 3
