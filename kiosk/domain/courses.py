"""A safety course as the bureau publishes it: pages of pictures, questions, and what must be answered right.

Source: 安全生产法 28 (nobody works untrained; the file keeps time, content, who attended and the result).
"""

from __future__ import annotations

from dataclasses import dataclass

LOWEST_PASS_PERCENT = 80
"""No course passes anybody below this."""
LEAST_ANSWERS, MOST_ANSWERS = 2, 3
MOST_PAGES, MOST_QUESTIONS = 9, 8
"""So much is taught and asked in the few minutes that somebody stands before a kiosk."""
HAZARD_CLASSES = ("height", "site", "electric", "fire", "road", "toxic", "farm", "lifting", "heat", "travel")
"""Those that have a name here; a bureau may add others, whose course brings its own title."""


def class_key(hazard_class: str) -> str:
    """Return the key of the sentence that names the class of a hazard class."""
    return f"rules.class.{hazard_class if hazard_class in HAZARD_CLASSES else 'other'}"


@dataclass(frozen=True, slots=True)
class Wording:
    """One sentence in the languages a kiosk speaks."""

    zh: str
    en: str


LONGEST = {
    "title": (8, 32),
    "page": (12, 40),
    "question": (12, 40),
    "answer": (8, 28),
    "why": (20, 42),
}
"""How many signs of each language a line of a course may have: more no screen shows in large text."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A pictogram by its name, and whether what it shows is to be done or must not be."""

    name: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class CoursePage:
    """One act to do or not to do: one or two pictures and a short sentence."""

    pictures: tuple[Picture, ...]
    text: Wording

    def __post_init__(self) -> None:
        """Refuse a page that shows nothing, or more than an eye takes in."""
        if not 1 <= len(self.pictures) <= 2:
            raise ValueError("a page has one picture or two")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as a picture with a few words."""

    picture: str
    text: Wording
    is_right: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question whose one right answer is told, with the reason, after each choice."""

    text: Wording
    answers: tuple[Answer, ...]
    why: Wording

    def __post_init__(self) -> None:
        """Refuse a question that has no one right answer among few."""
        if not LEAST_ANSWERS <= len(self.answers) <= MOST_ANSWERS:
            raise ValueError("a question has two or three answers")
        if sum(answer.is_right for answer in self.answers) != 1:
            raise ValueError("one answer is right")

    def shown_on(self, try_no: int) -> tuple[Answer, ...]:
        """Return the answers as a try (from 1) shows them: they go round, so no place is learned by heart."""
        turn = (try_no - 1) % len(self.answers)
        return self.answers[turn:] + self.answers[:turn]


@dataclass(frozen=True, slots=True)
class Course:
    """One course for one hazard class. `valid_days` counts from the day after the one it was held."""

    hazard_class: str
    version: int
    title: Wording
    valid_days: int
    pass_percent: int
    sources: tuple[str, ...]
    pages: tuple[CoursePage, ...]
    questions: tuple[Question, ...]

    def __post_init__(self) -> None:
        """Refuse a course that teaches or asks nothing, or that lets people through too easily."""
        if not self.pages or not self.questions:
            raise ValueError("a course has pages and questions")
        if not LOWEST_PASS_PERCENT <= self.pass_percent <= 100:
            raise ValueError("a course passes nobody below eighty percent")
        if self.version < 1 or self.valid_days < 1:
            raise ValueError("a course has a version and is valid for some days")
