"""Reading the books: the lines of each ledger in the order in which they happened."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, literal, select

from kiosk.actions.ledger_ports import (
    ALL,
    BookedClass,
    BookedPerson,
    BookedPlacement,
    BookedPrint,
    BookedSeeker,
    BookedVisit,
)
from kiosk.domain.clock import instant_of
from kiosk.domain.service_ledgers import CLASSES, PLACEMENTS, PRINTS, SEEKERS, VISITS
from kiosk.statements import Row, Statement
from kiosk.storage import book_keeping
from kiosk.storage.book_tables import (
    book_certificate,
    book_check_in,
    book_class,
    book_person,
    book_placement,
    book_print,
)
from kiosk.storage.merges import shown_everywhere

_NOBODY = BookedPerson()
_WHO = book_person.alias("who")
_PEOPLE = [
    _WHO.c[name]
    for name in ("name", "number", "sex", "birth_date", "region", "phone", "trades", "is_restricted")
]
_OPEN = ("queued", "sending")
"""A slip that is only waiting is no line of what was printed."""


class SqlBooks:
    """The books of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read within the transaction of `connection`."""
        self._connection = connection

    def catch_up(self, kiosk: str) -> None:
        """Write what this desk said itself and has not heard back yet."""
        book_keeping.catch_up(self._connection, kiosk)

    def counts(self, first: date, last: date) -> Mapping[str, int]:
        """Return how many lines each ledger has in a period, by its name."""
        wanted = {
            SEEKERS.name: _registered(first, last),
            VISITS.name: _visited(first, last),
            PLACEMENTS.name: _taken(first, last),
            CLASSES.name: _held(first, last),
            PRINTS.name: _printed(first, last),
        }
        return {
            name: self._connection.execute(select(func.count()).where(which)).scalar_one()
            for name, which in wanted.items()
        }

    def seekers(self, first: date, last: date, most: int = ALL) -> Iterator[BookedSeeker]:
        """Yield who registered first in a period."""
        placed = (
            select(func.count())
            .where(book_placement.c.worker == book_person.c.worker, book_placement.c.back_reason.is_(None))
            .scalar_subquery()
            .label("placed")
        )
        shown = (
            select(func.json_group_array(book_certificate.c.kind))
            .where(book_certificate.c.worker == book_person.c.worker)
            .scalar_subquery()
            .label("certificates")
        )
        mine = book_person.c
        asked = (
            select(*_PEOPLE, mine.registered_at, mine.method, mine.kiosk, placed, shown)
            .join_from(book_person, _WHO, _stands_for(mine.worker), isouter=True)
            .where(_registered(first, last))
        )
        order = (book_person.c.registered_at, book_person.c.worker)
        for row in self._rows(asked.order_by(*order), most):
            kinds = () if row.is_restricted else tuple(sorted({*json.loads(row.certificates)}))
            yield BookedSeeker(
                _person(row), row.registered_at, row.method, row.kiosk or "", kinds, row.placed
            )

    def visits(self, first: date, last: date, most: int = ALL) -> Iterator[BookedVisit]:
        """Yield who came in a period."""
        mine = book_check_in.c
        asked = (
            select(*_PEOPLE, mine.arrived_at, mine.queue_number, mine.method, mine.kiosk)
            .join_from(book_check_in, _WHO, _stands_for(mine.worker), isouter=True)
            .where(_visited(first, last))
            .order_by(mine.day, mine.arrived_at)
        )
        for row in self._rows(asked, most):
            yield BookedVisit(_person(row), row.arrived_at, row.queue_number, row[-2], row[-1])

    def placements(self, first: date, last: date, most: int = ALL) -> Iterator[BookedPlacement]:
        """Yield the places taken in a period."""
        asked = (
            select(*_PEOPLE, *(column for column in book_placement.c if column.name != "worker"))
            .join_from(book_placement, _WHO, _stands_for(book_placement.c.worker), isouter=True)
            .where(_taken(first, last))
            .order_by(book_placement.c.taken_at, book_placement.c.id)
        )
        for row in self._rows(asked, most):
            yield BookedPlacement(
                person=_person(row),
                slip=row.slip,
                taken_at=row.taken_at,
                kind=row.kind,
                title=row.title,
                trip=row.trip or "",
                starts=row.starts,
                ends=row.ends,
                employer=row.employer or "",
                pay_fen=row.pay_fen,
                pay_unit=row.pay_unit or "",
                paper=row.paper or "",
                is_given_back=row.back_reason is not None,
                pay_answer=row.pay_answer or "",
            )

    def classes(self, first: date, last: date, most: int = ALL) -> Iterator[BookedClass]:
        """Yield the classes held in a period."""
        asked = (
            select(*_PEOPLE, *(column for column in book_class.c if column.name != "worker"))
            .join_from(book_class, _WHO, _stands_for(book_class.c.worker), isouter=True)
            .where(_held(first, last))
            .order_by(book_class.c.at, book_class.c.stream, book_class.c.seq)
        )
        for row in self._rows(asked, most):
            yield BookedClass(
                person=_person(row),
                record=row.record,
                at=row.at,
                hazard_class=row.hazard_class,
                course_version=row.course_version,
                mode=row.mode,
                score_percent=row.score_percent,
                spent_min=row.spent_min,
                actor=row.actor,
                valid_until=row.valid_until,
                is_signed=row.is_signed,
            )

    def prints(self, first: date, last: date, most: int = ALL) -> Iterator[BookedPrint]:
        """Yield what became of slips in a period, but that they wait."""
        order = (book_print.c.at, book_print.c.stream, book_print.c.seq)
        for row in self._rows(select(book_print).where(_printed(first, last)).order_by(*order), most):
            yield BookedPrint(row.at, row.slip, row.copy_no, row.state, row.reason, row.actor, row.kiosk)

    def _rows(self, asked: Select[Any], most: int) -> Iterator[Row]:
        shown = json.dumps(shown_everywhere(self._connection))
        yield from Statement(asked.limit(most)).all(self._connection, {"shown": shown})


def _stands_for(worker: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that somebody stands for the person of a row, however often he was registered."""
    shown = func.json_extract(bindparam("shown"), literal('$."') + worker + literal('"'))
    return _WHO.c.worker == func.coalesce(shown, worker)


def _person(row: Row) -> BookedPerson:
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


def _between(column: ColumnElement[Any], first: date, last: date) -> ColumnElement[bool]:
    begin, end = instant_of(first, time(0)), instant_of(last + timedelta(days=1), time(0))
    return and_(column >= begin, column < end)


def _registered(first: date, last: date) -> ColumnElement[bool]:
    return _between(book_person.c.registered_at, first, last)


def _visited(first: date, last: date) -> ColumnElement[bool]:
    return book_check_in.c.day.between(first, last)


def _taken(first: date, last: date) -> ColumnElement[bool]:
    return _between(book_placement.c.taken_at, first, last)


def _held(first: date, last: date) -> ColumnElement[bool]:
    return book_class.c.held_on.between(first, last)


def _printed(first: date, last: date) -> ColumnElement[bool]:
    return and_(_between(book_print.c.at, first, last), *(book_print.c.state != state for state in _OPEN))
