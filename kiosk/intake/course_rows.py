"""The rows of a course, in the order in which they are seen: what they make, and what is wrong between them.

A row is one line of what a worker reads, with its picture. Whoever fills the table in writes a course from
above to below as the kiosk will show it, so no row needs a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.domain.courses import LEAST_ANSWERS, LONGEST, MOST_ANSWERS, MOST_PAGES, MOST_QUESTIONS
from kiosk.domain.sentences import Sentence
from kiosk.intake.forms import Fault, Filled, Line

PARTS = ("title", "source", "page", "question", "right", "wrong", "why")
"""What a row may be of a course, in the order of a well-kept table."""
_ANSWERS = ("right", "wrong")
_PICTURES = ("right_picture", "wrong_picture")
_ALWAYS = ("course", "part")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a row of one part needs, what it may have besides, and how its length is limited."""

    needs: tuple[str, ...]
    may: tuple[str, ...] = ()
    line: str = ""


_SHAPES = {
    "title": _Shape(("zh", "en", "valid_days"), ("pass_percent",), line="title"),
    "source": _Shape(("zh",)),
    "page": _Shape(("zh", "en"), _PICTURES, line="page"),
    "question": _Shape(("zh", "en"), line="question"),
    "right": _Shape(("zh", "en", "right_picture"), line="answer"),
    "wrong": _Shape(("zh", "en", "wrong_picture"), line="answer"),
    "why": _Shape(("zh", "en"), line="why"),
}


def gather(lines: Sequence[Line]) -> tuple[Filled, list[Fault]]:
    """Return a course of its rows, and what is wrong in it besides single cells."""
    asked = _questions(lines)
    faults = [fault for line in lines for fault in _of_row(line)]
    # A row of which it cannot be read what or whose it is may be the very one that is missing elsewhere.
    if all(column in line.said or not line.has(column) for line in lines for column in _ALWAYS):
        faults += _of_whole(lines)
        faults += _of_orphans(lines)
        for question in asked:
            faults += _of_question(question)
        faults += _of_pictures(lines)
    if not faults and not any(line.faults for line in lines):
        faults += _of_places(asked)
    title = next((line.said for line in lines if _part(line) == "title"), {})
    course = {
        "sources": [line.said["zh"] for line in _all(lines, "source") if "zh" in line.said],
        "pages": [line.said for line in _all(lines, "page")],
        "questions": [_question(question) for question in asked],
    }
    return {**title, **course}, faults


def spread(course: Filled) -> list[Filled]:
    """Return the rows of what `gather` returned."""
    rows: list[Filled] = [{**course, "part": "title"}]
    rows += [{"part": "source", "zh": words} for words in course["sources"]]
    rows += [{**page, "part": "page"} for page in course["pages"]]
    for question in course["questions"]:
        rows += [{**question, "part": "question"}, *question["answers"], {**question["why"], "part": "why"}]
    return [{"course": course["course"], **_own(row)} for row in rows]


def _own(row: Filled) -> Filled:
    """Return the columns that a row of its part has."""
    shape = _SHAPES[row["part"]]
    return {name: row[name] for name in ("part", *shape.needs, *shape.may) if name in row}


def _part(line: Line) -> str:
    """Return the part a row is; nothing for one that cannot be read."""
    return str(line.said.get("part", ""))


def _all(lines: Sequence[Line], *parts: str) -> list[Line]:
    return [line for line in lines if _part(line) in parts]


def _questions(lines: Sequence[Line]) -> list[list[Line]]:
    """Return each question with the rows that belong to it."""
    asked: list[list[Line]] = []
    for line in _all(lines, "question", *_ANSWERS, "why"):
        if _part(line) == "question":
            asked.append([line])
        elif asked:
            asked[-1].append(line)
    return asked


def _question(lines: Sequence[Line]) -> dict[str, Any]:
    reason = next((line.said for line in lines if _part(line) == "why"), {})
    return {**lines[0].said, "answers": [line.said for line in _all(lines, *_ANSWERS)], "why": reason}


def _of_row(line: Line) -> Iterator[Fault]:
    """Yield what is wrong in one row: what it lacks, what it has that is none of it, what does not fit."""
    shape = _SHAPES.get(_part(line))
    if shape is None:
        return
    for column in shape.needs:
        if not line.has(column):
            key = "intake.course.no_english" if column == "en" else "intake.cell.empty"
            yield Fault(line.row, column, Sentence(key))
    for column in line.said:
        if column not in (*_ALWAYS, *shape.needs, *shape.may):
            yield Fault(line.row, column, Sentence("intake.course.not_here"))
    if _part(line) == "page" and not any(line.has(column) for column in _PICTURES):
        yield Fault(line.row, _PICTURES[0], Sentence("intake.course.no_picture"))
    for column, most in zip(("zh", "en"), LONGEST.get(shape.line, ()), strict=False):
        if (length := len(line.said.get(column, ""))) > most:
            yield Fault(line.row, column, Sentence("intake.cell.too_long", {"most": most, "length": length}))
    if "en" in shape.needs and _CHINESE.search(line.said.get("en", "")):
        yield Fault(line.row, "en", Sentence("intake.course.is_chinese"))


def _of_whole(lines: Sequence[Line]) -> Iterator[Fault]:
    """Yield what a course lacks or has too much of."""
    for part in ("title", "source", "page", "question"):
        if not _all(lines, part):
            yield Fault(lines[0].row, "part", Sentence(f"intake.course.lacks.{part}"))
    titles = _all(lines, "title")
    for title in titles[1:]:
        yield Fault(title.row, "part", Sentence("intake.course.two_titles", {"row": titles[0].row}))
    for part, most in (("page", MOST_PAGES), ("question", MOST_QUESTIONS)):
        for line in _all(lines, part)[most:]:
            yield Fault(line.row, "part", Sentence(f"intake.course.too_many.{part}", {"most": most}))


def _of_orphans(lines: Sequence[Line]) -> Iterator[Fault]:
    """Yield the answers and reasons that stand above every question."""
    for line in lines:
        if _part(line) == "question":
            return
        if _part(line) in (*_ANSWERS, "why"):
            yield Fault(line.row, "part", Sentence("intake.course.no_question"))


def _of_question(lines: Sequence[Line]) -> Iterator[Fault]:
    answers, rights, reasons = (_all(lines, *parts) for parts in (_ANSWERS, ("right",), ("why",)))
    at = lines[0].row
    if not LEAST_ANSWERS <= len(answers) <= MOST_ANSWERS:
        bounds = {"least": LEAST_ANSWERS, "most": MOST_ANSWERS, "count": len(answers)}
        yield Fault(at, "part", Sentence("intake.course.answers", bounds))
    if len(rights) != 1:
        yield Fault(at, "part", Sentence("intake.course.one_right", {"count": len(rights)}))
    if len(reasons) != 1:
        yield Fault(at, "part", Sentence("intake.course.one_why", {"count": len(reasons)}))


def _of_pictures(lines: Sequence[Line]) -> Iterator[Fault]:
    """Yield pictures that are shown as right and as wrong, and what is asked and was never shown."""
    shown: dict[str, tuple[str, int]] = {}
    pages = _all(lines, "page")
    for page in pages:
        for column in _PICTURES:
            if (name := page.said.get(column)) is None:
                continue
            as_which, row = shown.setdefault(name, (column, page.row))
            if as_which != column:
                yield Fault(page.row, column, Sentence("intake.course.both_ways", {"row": row}))
    if any(page.faults for page in pages):
        return  # the picture may be the one that cannot be read
    for line in _all(lines, "right"):
        name = line.said.get("right_picture")
        if name is not None and shown.get(name, ("", 0))[0] != "right_picture":
            yield Fault(line.row, "right_picture", Sentence("intake.course.never_shown"))


def _of_places(asked: Sequence[Sequence[Line]]) -> Iterator[Fault]:
    """Yield a fault where the right answer has one place in all questions: it would be learned by heart."""
    places = {[_part(line) for line in _all(lines, *_ANSWERS)].index("right") for lines in asked}
    if len(asked) > 1 and len(places) == 1:
        right = _all(asked[-1], "right")[0]
        yield Fault(right.row, "part", Sentence("intake.course.one_place", {"place": places.pop() + 1}))
