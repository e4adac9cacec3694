"""Courses ask fairly, lessons go on where they stopped, and a signature is a few points."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.courses import LOWEST_PASS_PERCENT, Answer, Course, CoursePage, Picture, Question, Wording
from kiosk.domain.eligibility.findings import Finding, Judgement, Lack, LackKind, Level, Rule
from kiosk.domain.lessons import Lesson, LessonStage, first_lesson
from kiosk.domain.sentences import Sentence
from kiosk.domain.signatures import (
    GRID_HEIGHT,
    GRID_WIDTH,
    MOST_POINTS,
    Signature,
    drawn,
    signature_from,
)

WORDS = Wording("戴好帽子", "Hat on")


def question(answers: int = 3) -> Question:
    return Question(WORDS, tuple(Answer(f"p{at}", WORDS, at == 0) for at in range(answers)), WORDS)


def course(pages: int = 2, questions: int = 5, pass_percent: int = 80) -> Course:
    page = CoursePage((Picture("hat_on", is_right=True),), WORDS)
    return Course(
        "site", 1, WORDS, 365, pass_percent, ("安全生产法 28",), (page,) * pages, (question(),) * questions
    )


def read_through(of: Course) -> Lesson:
    return first_lesson(of).turned(len(of.pages))


@given(st.integers(0, 79))
def test_no_course_passes_anybody_below_eighty_percent(pass_percent: int) -> None:
    assert pass_percent < LOWEST_PASS_PERCENT
    with pytest.raises(ValueError, match="eighty"):
        course(pass_percent=pass_percent)


@pytest.mark.parametrize("rights", [0, 2])
def test_a_question_has_one_right_answer(rights: int) -> None:
    answers = tuple(Answer("p", WORDS, at < rights) for at in range(3))
    with pytest.raises(ValueError, match="one answer"):
        Question(WORDS, answers, WORDS)


@given(st.integers(1, 20), st.integers(2, 3))
def test_the_right_answer_stands_elsewhere_in_the_next_try(try_no: int, answers: int) -> None:
    asked = question(answers)
    here = [answer.is_right for answer in asked.shown_on(try_no)]
    then = [answer.is_right for answer in asked.shown_on(try_no + 1)]
    assert sorted(here) == sorted(then)
    assert here != then


@given(st.lists(st.booleans(), min_size=5, max_size=5))
def test_four_of_five_pass_and_three_do_not(rights: list[bool]) -> None:
    of = course()
    lesson = read_through(of)
    for is_right in rights:
        assert lesson.stage(of) is LessonStage.ASKING
        lesson = lesson.answered(is_right=is_right)
    expected = LessonStage.SIGNING if sum(rights) >= 4 else LessonStage.FAILED
    assert lesson.stage(of) is expected


def test_questions_come_after_the_last_page() -> None:
    of = course(pages=2)
    lesson = first_lesson(of)
    assert lesson.turned(-1).page == 0
    assert lesson.turned(1).stage(of) is LessonStage.READING
    assert lesson.turned(2).stage(of) is LessonStage.ASKING


def test_a_try_that_was_begun_counts_and_one_that_was_not_does_not() -> None:
    of = course()
    assert read_through(of).begun_again(0).tries == 1
    again = read_through(of).answered(is_right=False).begun_again(0)
    assert (again.tries, again.answers, again.page) == (2, (), 0)


def test_a_lesson_of_an_older_version_is_not_of_the_course() -> None:
    of = course()
    assert first_lesson(of).is_of(of)
    assert not first_lesson(of).is_of(replace(of, version=2))


points = st.tuples(st.floats(-0.5, 1.5), st.floats(-0.5, 1.5))


@given(st.lists(st.lists(points, max_size=400), max_size=8))
def test_whatever_is_drawn_is_told_by_few_points_and_reads_back(
    strokes: list[list[tuple[float, float]]],
) -> None:
    made = drawn(strokes)
    if made is not None:
        assert sum(map(len, made.strokes)) <= MOST_POINTS
        assert signature_from(made.text) == made


def test_a_cross_is_a_mark_and_a_resting_finger_is_none() -> None:
    assert drawn([[(0.4, 0.3), (0.6, 0.7)], [(0.6, 0.3), (0.4, 0.7)]]) is not None
    assert drawn([[(0.5, 0.5), (0.51, 0.5)]]) is None
    assert drawn([]) is None


def test_points_on_a_line_are_left_out() -> None:
    made = drawn([[(at / 100, 0.5) for at in range(101)]])
    assert made == Signature((((0, 64), (GRID_WIDTH, 64)),))


@pytest.mark.parametrize("text", ["", "0", "0a", "0a0b0c", "zz00", "0a0b.", f"00{GRID_HEIGHT + 1:02x}"])
def test_what_is_no_signature_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"signature|grid"):
        signature_from(text)


def test_no_log_carries_how_somebody_signs() -> None:
    assert "1, 2" not in repr(Signature((((1, 2), (30, 40)),)))


def finding(rule: Rule, level: Level = Level.BLOCK) -> Finding:
    lack = Lack(LackKind.CLASS, "site") if rule is Rule.EDU_01 else None
    return Finding(rule, level, Sentence("rules.edu01.none"), Sentence("rules.basis_missing"), missing=lack)


def test_a_class_leads_on_only_where_nothing_else_stands_in_the_way() -> None:
    lacks = finding(Rule.EDU_01)
    assert Judgement((lacks,)).only_lacks_classes == ("site",)
    assert Judgement((lacks, finding(Rule.AGE_04, Level.WARN))).only_lacks_classes == ("site",)
    for other in (finding(Rule.TIME_01), finding(Rule.AGE_03), finding(Rule.CERT_01, Level.REVIEW)):
        assert Judgement((lacks, other)).only_lacks_classes == ()
        assert Judgement((other, lacks)).only_lacks_classes == ()
    assert Judgement(()).only_lacks_classes == ()
