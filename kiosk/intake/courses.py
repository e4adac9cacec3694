"""The form of safety education: courses, each of many rows, and those that come with the program."""

from __future__ import annotations

from functools import cache

from kiosk.domain.courses import LONGEST, LOWEST_PASS_PERCENT
from kiosk.domain.sentences import Sentence
from kiosk.intake.cells import Choice, Text, Whole
from kiosk.intake.course_cells import ClassName, PictureName
from kiosk.intake.course_rows import PARTS, gather, spread
from kiosk.intake.forms import Column, Filled, Form, Known, Parts, Thing, bunches, read_head, read_lines
from kiosk.ledgers.reading import read_rows
from kiosk.messages.course_bodies import AnswerBody, CourseBody, CoursePageBody, PictureBody, QuestionBody
from kiosk.resources import data

FIRST_COURSES = data("courses", "courses.csv")
"""The courses that come with the program, as the table in which any bureau writes its own."""
_PICTURE = PictureName.of_all()
_SHOWN = {"right_picture": True, "wrong_picture": False}
"""The columns of pictures, and whether what stands there is to be done."""


def _course(said: Filled) -> CourseBody:
    return CourseBody(
        hazard_class=said["course"],
        version=1,
        title=said["zh"],
        title_en=said["en"],
        valid_days=said["valid_days"],
        pass_percent=said.get("pass_percent", LOWEST_PASS_PERCENT),
        sources=said["sources"],
        pages=[
            CoursePageBody(pictures=_pictures(page), text=page["zh"], text_en=page["en"])
            for page in said["pages"]
        ],
        questions=[
            QuestionBody(
                text=question["zh"],
                text_en=question["en"],
                answers=[_answer(answer) for answer in question["answers"]],
                why=question["why"]["zh"],
                why_en=question["why"]["en"],
            )
            for question in said["questions"]
        ],
    )


def _pictures(said: Filled) -> list[PictureBody]:
    return [
        PictureBody(name=said[column], is_right=is_right)
        for column, is_right in _SHOWN.items()
        if column in said
    ]


def _answer(said: Filled) -> AnswerBody:
    [picture] = _pictures(said)
    return AnswerBody(picture=picture.name, text=said["zh"], text_en=said["en"], is_right=picture.is_right)


def _told(body: CourseBody) -> Filled:
    """Return what `gather` makes of the rows of a course."""
    return {
        "course": body.hazard_class,
        "zh": body.title,
        "en": body.title_en,
        "valid_days": body.valid_days,
        "pass_percent": body.pass_percent,
        "sources": body.sources,
        "pages": [{"zh": page.text, "en": page.text_en, **_columns(page.pictures)} for page in body.pages],
        "questions": [
            {
                "zh": question.text,
                "en": question.text_en,
                "answers": [_answer_told(answer) for answer in question.answers],
                "why": {"zh": question.why, "en": question.why_en},
            }
            for question in body.questions
        ],
    }


def _columns(pictures: list[PictureBody]) -> Filled:
    return {
        column: each.name
        for column, is_right in _SHOWN.items()
        for each in pictures
        if each.is_right is is_right
    }


def _answer_told(answer: AnswerBody) -> Filled:
    picture = PictureBody(name=answer.picture, is_right=answer.is_right)
    words = {"part": "right" if answer.is_right else "wrong", "zh": answer.text, "en": answer.text_en}
    return {**words, **_columns([picture])}


def _thing(said: Filled, known: Known) -> Thing:
    del known
    body = _course(said)
    return Thing("", "course", body.hazard_class, body)


def _lengths(language: str) -> Sentence:
    """Say how long each line may be in one language."""
    at = ("zh", "en").index(language)
    return Sentence(f"intake.about.{language}", {line: most[at] for line, most in LONGEST.items()})


COURSES = Form(
    "courses",
    (
        Column("course", ClassName(), "工地安全课", is_required=True, told=Sentence("intake.about.course")),
        Column(
            "part",
            Choice(PARTS, lambda code: f"intake.part.{code}"),
            "画面",
            is_required=True,
            told=Sentence("intake.about.part"),
        ),
        Column("zh", Text(), "进工地，戴好安全帽", is_required=True, told=_lengths("zh")),
        Column("en", Text(), "Wear a helmet, strap closed", told=_lengths("en")),
        Column("right_picture", _PICTURE, "戴好安全帽", told=Sentence("intake.about.right_picture")),
        Column("wrong_picture", _PICTURE, "没戴安全帽", told=Sentence("intake.about.wrong_picture")),
        Column("valid_days", Whole(1, 3650), told=Sentence("intake.about.valid_days")),
        Column("pass_percent", Whole(LOWEST_PASS_PERCENT, 100), told=Sentence("intake.about.pass_percent")),
    ),
    _thing,
    _told,
    parts=Parts("course", gather, spread),
)


@cache
def first_courses() -> tuple[CourseBody, ...]:
    """Return every course that comes with the program. Raises ValueError where its table is wrong."""
    rows = read_rows(FIRST_COURSES)
    head = read_head(COURSES, next(rows))
    courses = []
    for lines in bunches(COURSES, read_lines(COURSES, head, rows)):
        said, faults = gather(lines)
        if wrong := [*faults, *(fault for line in lines for fault in line.faults)]:
            raise ValueError(wrong[0])
        courses.append(_course(said))
    return tuple(courses)
