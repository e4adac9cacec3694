"""Topic `course`: a safety course as it comes down, and what its body means."""

from __future__ import annotations

from kiosk.domain.courses import Answer, Course, CoursePage, Picture, Question, Wording
from kiosk.messages.wire import Wire


class PictureBody(Wire):
    """A pictogram of the kiosk by its name."""

    name: str
    is_right: bool = True


class CoursePageBody(Wire):
    """One page of a course."""

    pictures: list[PictureBody]
    text: str
    text_en: str


class AnswerBody(Wire):
    """One answer to a question."""

    picture: str
    text: str
    text_en: str
    is_right: bool = False


class QuestionBody(Wire):
    """One question of a course."""

    text: str
    text_en: str
    answers: list[AnswerBody]
    why: str
    why_en: str


class CourseBody(Wire):
    """Topic `course`, scope city, id the hazard class. `sources` name the laws and standards behind it."""

    hazard_class: str
    version: int
    title: str
    title_en: str
    valid_days: int
    pass_percent: int
    sources: list[str]
    pages: list[CoursePageBody]
    questions: list[QuestionBody]


def course_of(body: CourseBody) -> Course:
    """Return the course. Raises ValueError for one that cannot be held."""
    return Course(
        hazard_class=body.hazard_class,
        version=body.version,
        title=Wording(body.title, body.title_en),
        valid_days=body.valid_days,
        pass_percent=body.pass_percent,
        sources=tuple(body.sources),
        pages=tuple(
            CoursePage(
                tuple(Picture(picture.name, picture.is_right) for picture in page.pictures),
                Wording(page.text, page.text_en),
            )
            for page in body.pages
        ),
        questions=tuple(_question(question) for question in body.questions),
    )


def _question(body: QuestionBody) -> Question:
    return Question(
        text=Wording(body.text, body.text_en),
        answers=tuple(
            Answer(answer.picture, Wording(answer.text, answer.text_en), answer.is_right)
            for answer in body.answers
        ),
        why=Wording(body.why, body.why_en),
    )
