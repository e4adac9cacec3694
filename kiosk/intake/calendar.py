"""The form of the calendar: which days of a year are holidays, and which weekend days are worked for them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from kiosk.domain.rest_days import ToldDay, is_told_day, told_day
from kiosk.intake.cells import Day, Text, YesNo
from kiosk.intake.forms import Column, Filled, Form, Known, Thing
from kiosk.messages.feed import ParameterBody


def body_of(told: ToldDay) -> ParameterBody:
    """Return how the halls are told what a day is."""
    return ParameterBody(**asdict(told.parameter()))


def _thing(said: Filled, known: Known) -> Thing:
    del known
    body = body_of(ToldDay(said["day"], said["is_rest"], said["source"]))
    return Thing("", "parameter", f"{body.key}@{body.effective_from.isoformat()}", body)


CALENDAR = Form(
    "calendar",
    (
        Column("day", Day(), date(2026, 10, 1), is_required=True),
        Column("is_rest", YesNo(), "是", is_required=True),
        Column("source", Text(200), "国务院办公厅关于2026年部分节假日安排的通知", is_required=True),
    ),
    _thing,
    lambda body: asdict(told_day(body.key, body.value, body.source)),
    tells=lambda body: is_told_day(body.key),
)
