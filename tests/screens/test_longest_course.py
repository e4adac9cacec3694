"""The longest course that a table may bring, on the screens that have least room for it."""

from __future__ import annotations

from itertools import cycle, islice

import pytest

from kiosk.domain.courses import LONGEST, MOST_ANSWERS, MOST_PAGES, MOST_QUESTIONS
from kiosk.intake.course_rows import gather, spread
from kiosk.intake.courses import COURSES, first_courses
from kiosk.intake.forms import Line
from kiosk.messages.course_bodies import AnswerBody, CourseBody
from kiosk.messages.feed import FeedRow
from kiosk.ui.appearances import Appearance
from kiosk.ui.journeys import Step
from kiosk.ui.windows import usual_width_mm
from tests import answers
from tests.screens.conftest import SetStage
from tests.screens.measures import findings
from tests.screens.stretches import lessons
from tests.screens.tour import Tour, shown

CHINESE = "先把安全绳挂在头顶最高处再动手干活别怕麻烦"
ENGLISH = "Never walk below whatever the crane is lifting"


def words(line: str) -> dict[str, str]:
    """Return a line as long as it may be."""
    zh, en = LONGEST[line]
    return {"text": CHINESE[:zh], "text_en": ENGLISH[:en].replace(" ", "m", 1)}


def longest(body: CourseBody) -> CourseBody:
    """Return a course with as many pages, questions and answers as one may have, each as long as may be."""
    pages = [page.model_copy(update=words("page")) for page in islice(cycle(body.pages), MOST_PAGES)]
    questions = []
    for at, question in enumerate(islice(cycle(body.questions), MOST_QUESTIONS)):
        [right] = [each for each in question.answers if each.is_right]
        others = cycle(each for each in question.answers if not each.is_right)
        turned: list[AnswerBody] = [*islice(others, MOST_ANSWERS - 1)]
        turned.insert(at % MOST_ANSWERS, right)
        reason = {"why": words("why")["text"], "why_en": words("why")["text_en"]}
        given = [each.model_copy(update=words("answer")) for each in turned]
        questions.append(question.model_copy(update={**words("question"), **reason, "answers": given}))
    title = {"title": words("title")["text"], "title_en": words("title")["text_en"]}
    return body.model_copy(update={**title, "version": 2, "pages": pages, "questions": questions})


def wrong_on(tour: Tour, size: tuple[int, int], large: Appearance) -> list[str]:
    found = findings(tour.screen.window, usual_width_mm(*size), large)
    return [f"{shown(tour)} {finding}" for finding in found]


@pytest.mark.parametrize(
    ("size", "language"),
    [((1080, 1920), "zh_CN"), ((1920, 1080), "zh_CN"), ((1920, 1080), "en")],
    ids=["portrait-zh", "landscape-zh", "landscape-en"],
)
def test_the_longest_course_that_may_come_in_is_read_in_large_text(
    stages: SetStage, size: tuple[int, int], language: str
) -> None:
    """One-line break: let an answer have twelve signs."""
    large = Appearance(is_large=True)
    tour = stages(size, language, appearance=large)
    courses = [longest(body) for body in first_courses()]
    for body in courses:
        rows = [Line(number, said) for number, said in enumerate(spread(COURSES.row(body)), 2)]
        assert gather(rows)[1] == [], "it may come in"
    told = [
        FeedRow(topic="course", id=body.hazard_class, pos=9000 + at, body=body.model_dump_json())
        for at, body in enumerate(courses)
    ]
    answers.tell(tour.stage.kiosk.opened, told, 9999, feed_gen="g")
    lessons.begin(tour)
    wrong = []
    for page in lessons.read_on(tour):
        wrong += wrong_on(tour, size, large) if page in {0, MOST_PAGES - 1} else []
    assert (shown(tour), page) == (Step.QUIZ, MOST_PAGES - 1)
    wrong += wrong_on(tour, size, large)
    for question in range(MOST_QUESTIONS):
        lessons.answer(tour, is_right=True)
        wrong += wrong_on(tour, size, large) if question in {0, MOST_QUESTIONS - 1} else []
        tour.tap("go")
    wrong += wrong_on(tour, size, large)
    assert (shown(tour), wrong) == (Step.SIGN_CLASS, [])
