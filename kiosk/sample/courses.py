"""The first courses of safety education, as the bureau publishes them; reads data/courses alone."""

from __future__ import annotations

import tomllib
from typing import Any

from kiosk.messages.course_bodies import AnswerBody, CourseBody, CoursePageBody, PictureBody, QuestionBody
from kiosk.resources import data

CLASSES = ("farm", "heat", "height", "lifting", "site", "travel")
"""The hazard classes that a course comes with the program for, one file each."""


def first_courses() -> tuple[CourseBody, ...]:
    """Return every course that comes with the program."""
    return tuple(_course(name) for name in CLASSES)


def _course(name: str) -> CourseBody:
    table = tomllib.loads(data("courses", f"{name}.toml").read_text(encoding="utf-8"))
    return CourseBody(
        hazard_class=table["hazard_class"],
        version=table["version"],
        title=table["title"],
        title_en=table["title_en"],
        valid_days=table["valid_days"],
        pass_percent=table["pass_percent"],
        sources=table["sources"],
        pages=[_page(page) for page in table["page"]],
        questions=[_question(question) for question in table["question"]],
    )


def _page(table: dict[str, Any]) -> CoursePageBody:
    pictures = [
        PictureBody(name=table[kind], is_right=kind == "right")
        for kind in ("right", "wrong")
        if kind in table
    ]
    return CoursePageBody(pictures=pictures, text=table["text"], text_en=table["text_en"])


def _question(table: dict[str, Any]) -> QuestionBody:
    return QuestionBody(
        text=table["text"],
        text_en=table["text_en"],
        answers=[AnswerBody(**answer) for answer in table["answers"]],
        why=table["why"],
        why_en=table["why_en"],
    )
