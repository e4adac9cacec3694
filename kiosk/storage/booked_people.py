"""Whom a line of the books is about, and in which period it lies: as every ledger reads it."""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_

from kiosk.actions.ledger_ports import BookedPerson
from kiosk.domain.clock import instant_of
from kiosk.statements import Row
from kiosk.storage.book_tables import book_person
from kiosk.storage.merges import standing_for

_NOBODY = BookedPerson()
WHO = book_person.alias("who")
PEOPLE = [
    WHO.c[name]
    for name in ("name", "number", "sex", "birth_date", "region", "phone", "trades", "is_restricted")
]


def stands_for(worker: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that somebody stands for the person of a row, however often he was registered."""
    return WHO.c.worker == standing_for(worker)


def person_of(row: Row) -> BookedPerson:
    """Return who a row is about; what law alone still holds is shown to nobody."""
    if row.is_restricted is None or row.is_restricted:
        return _NOBODY
    return BookedPerson(
        name=row.name or "",
        number=row.number or "",
        sex=row.sex or "",
        birth_date=row.birth_date,
        region=row.region or "",
        phone=row.phone or "",
        trades=tuple(json.loads(row.trades)) if row.trades else (),
    )


def between(column: ColumnElement[Any], first: date, last: date) -> ColumnElement[bool]:
    """Return the condition that an instant lies in a period of hall days, both ends included."""
    begin, end = instant_of(first, time(0)), instant_of(last + timedelta(days=1), time(0))
    return and_(column >= begin, column < end)
