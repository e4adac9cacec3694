"""The blank form of each kind, as a file in one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kiosk.catalogue import LANGUAGES, load
from kiosk.codes import load_calendar, load_parameters
from kiosk.intake.calendar import CALENDAR, body_of
from kiosk.intake.cells import Choice, Written, YesNo
from kiosk.intake.course_cells import PictureName
from kiosk.intake.courses import COURSES, first_courses
from kiosk.intake.forms import Column, Form
from kiosk.intake.saying import said
from kiosk.intake.work import PARAMETERS
from kiosk.ledgers.blank_forms import FormColumn, FormWords, Pictures, blank_form
from kiosk.messages.feed import ParameterBody
from kiosk.resources import assets

_DOTS = "56"
"""The width in which each picture of a course is ready as dots, because records of classes print them."""


def blank(form: Form, language: str) -> bytes:
    """Return the XLSX file of a form; those of law, calendar and courses hold what there is."""
    return filled(form, language, _READY.get(form.name, tuple)())


def filled(form: Form, language: str, rows: Sequence[Sequence[Written]]) -> bytes:
    """Return the same file with these rows in it."""
    say = load(language)
    head = (
        say("intake.how.column"),
        say("intake.how.needed"),
        say("intake.how.about"),
        say("intake.how.example"),
    )
    needed = (say("intake.how.must"), say("intake.how.may"))
    words = FormWords(form.title(language), say("intake.how"), head, *needed)
    columns = [_column(column, language) for column in form.columns]
    return blank_form(words, columns, rows)


def _column(column: Column, language: str) -> FormColumn:
    about, kind, example = column.about, column.kind, column.example
    told = said(about, language)
    if not isinstance(kind, Choice):
        return FormColumn(column.heading(language), told, example, column.is_required)
    choices = tuple(kind.shown(code, language) for code in kind.codes)
    if example != "":
        # The example is written down once, in the source language.
        example = kind.shown(_code(kind, example), language)
    pictures = _gallery(kind, language) if isinstance(kind, PictureName) else None
    return FormColumn(column.heading(language), told, example, column.is_required, choices, pictures)


def _gallery(kind: PictureName, language: str) -> Pictures:
    """Return the sheet of all pictures: what each is called in the form's language, and in the other ones."""
    say, others = load(language), [each for each in LANGUAGES if each != language]
    names = [say("intake.pictures.name"), *(say("intake.pictures.other") for _ in others)]
    return Pictures(
        say("intake.pictures"),
        (say("intake.pictures.picture"), *names),
        tuple(
            (
                assets("icons", "slip", _DOTS, f"{code}.png"),
                tuple(kind.shown(code, each) for each in (language, *others)),
            )
            for code in kind.codes
        ),
    )


def _code(kind: Choice, example: Written) -> str:
    if isinstance(kind, YesNo):
        return "yes" if kind.read(str(example)) else "no"
    return kind.read(str(example))


def _numbers() -> Sequence[Sequence[Written]]:
    return [row for table in load_parameters() for row in PARAMETERS.written(ParameterBody(**table))]


def _days() -> Sequence[Sequence[Written]]:
    return [row for told in load_calendar() for row in CALENDAR.written(body_of(told))]


def _lessons() -> Sequence[Sequence[Written]]:
    return [row for body in first_courses() for row in COURSES.written(body)]


_READY: Mapping[str, Callable[[], Sequence[Sequence[Written]]]] = {
    PARAMETERS.name: _numbers,
    CALENDAR.name: _days,
    COURSES.name: _lessons,
}
"""Forms that are not blank at all: what the program comes with is to be looked through, not typed."""
