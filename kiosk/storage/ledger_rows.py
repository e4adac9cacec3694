"""Reading the books: the lines of each ledger in the order in which they happened."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Select, and_, func, select

from kiosk.actions.ledger_ports import (
    ALL,
    BookedClass,
    BookedDriver,
    BookedPlacement,
    BookedPrint,
    BookedSafety,
    BookedSeeker,
    BookedTrip,
    BookedVehicle,
    BookedVisit,
)
from kiosk.domain.service_ledgers import CLASSES, PLACEMENTS, PRINTS, SEEKERS, VISITS
from kiosk.statements import Row, Statement
from kiosk.storage import book_keeping, coach_ledger_rows
from kiosk.storage.book_tables import (
    book_certificate,
    book_check_in,
    book_class,
    book_hardship,
    book_part,
    book_person,
    book_placement,
    book_print,
    book_talk,
)
from kiosk.storage.booked_people import PEOPLE, WHO, between, person_of, stands_for
from kiosk.storage.coach_ledger_rows import SAME_SLIP, is_near, rides_with
from kiosk.storage.merges import shown_everywhere

_OPEN = ("queued", "sending")
"""A slip that is only waiting is no line of what was printed."""


_OF_PLACE = (
    *("slip", "taken_at", "kind", "title", "starts", "ends", "employer", "pay_fen", "pay_unit", "paper"),
    *("pay_answer", "came_at"),
)
"""An instant that nobody reads is not worth its conversion in a year of lines."""


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
        of_all = {name: [select(func.count()).where(which)] for name, which in wanted.items()}
        return {
            name: sum(self._connection.execute(each).scalar_one() for each in asked)
            for name, asked in {**of_all, **coach_ledger_rows.counted(first, last)}.items()
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
        helped = (
            select(func.json_group_array(book_hardship.c.kind))
            .where(book_hardship.c.worker == book_person.c.worker)
            .scalar_subquery()
            .label("hardships")
        )
        mine = book_person.c
        asked = (
            select(*PEOPLE, mine.registered_at, mine.method, mine.kiosk, mine.actor, placed, shown, helped)
            .join_from(book_person, WHO, stands_for(mine.worker), isouter=True)
            .where(_registered(first, last))
        )
        order = (book_person.c.registered_at, book_person.c.worker)
        for row in self._rows(asked.order_by(*order), most):
            kinds, helped_as = (
                () if row.is_restricted else tuple(sorted({*json.loads(told)}))
                for told in (row.certificates, row.hardships)
            )
            yield BookedSeeker(
                person=person_of(row),
                at=row.registered_at,
                method=row.method,
                kiosk=row.kiosk or "",
                actor=row.actor or "",
                certificates=kinds,
                hardships=helped_as,
                placements=row.placed,
            )

    def visits(self, first: date, last: date, most: int = ALL) -> Iterator[BookedVisit]:
        """Yield who came in a period."""
        mine = book_check_in.c
        asked = (
            select(*PEOPLE, mine.arrived_at, mine.queue_number, mine.method, mine.kiosk)
            .join_from(book_check_in, WHO, stands_for(mine.worker), isouter=True)
            .where(_visited(first, last))
            .order_by(mine.day, mine.arrived_at)
        )
        for row in self._rows(asked, most):
            yield BookedVisit(person_of(row), row.arrived_at, row.queue_number, row[-2], row[-1])

    def placements(self, first: date, last: date, most: int = ALL) -> Iterator[BookedPlacement]:
        """Yield the places taken in a period."""
        mine = book_placement.c
        asked = (
            select(
                *PEOPLE,
                *(mine[name] for name in _OF_PLACE),
                rides_with().label("ride"),
                mine.back_reason.is_not(None).label("is_back"),
                book_talk.c.agreed_at.is_not(None).label("is_agreed"),
                book_part.c.read_at,
                book_part.c.outcome,
                book_part.c.why,
            )
            .join_from(book_placement, WHO, stands_for(mine.worker), isouter=True)
            .join(book_talk, book_talk.c.sign_up == mine.sign_up, isouter=True)
            .join(
                book_part,
                and_(book_part.c.slip == mine.slip, book_part.c.day == _day_of_part()),
                isouter=True,
            )
            .where(_taken(first, last))
            .order_by(book_placement.c.taken_at, book_placement.c.id)
        )
        for row in self._rows(asked, most):
            yield BookedPlacement(
                person=person_of(row),
                slip=row.slip,
                taken_at=row.taken_at,
                kind=row.kind,
                title=row.title,
                trip=row.ride or "",
                starts=row.starts,
                ends=row.ends,
                employer=row.employer or "",
                pay_fen=row.pay_fen,
                pay_unit=row.pay_unit or "",
                paper=row.paper or "",
                is_given_back=bool(row.is_back),
                pay_answer=row.pay_answer or "",
                is_agreed=bool(row.is_agreed),
                part_at=row.read_at,
                outcome=row.outcome or "",
                why=row.why or "",
                came_at=row.came_at,
            )

    def classes(self, first: date, last: date, most: int = ALL) -> Iterator[BookedClass]:
        """Yield the classes held in a period."""
        asked = (
            select(*PEOPLE, *(column for column in book_class.c if column.name != "worker"))
            .join_from(book_class, WHO, stands_for(book_class.c.worker), isouter=True)
            .where(_held(first, last))
            .order_by(book_class.c.at, book_class.c.stream, book_class.c.seq)
        )
        for row in self._rows(asked, most):
            yield BookedClass(
                person=person_of(row),
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

    def safety(self, first: date, last: date, most: int = ALL) -> Iterator[BookedSafety]:
        """Yield who was sent to work in a period, with what was done for his safety."""
        return map(coach_ledger_rows.safety_line, self._rows(coach_ledger_rows.safety_of(first, last), most))

    def trips(self, first: date, last: date, most: int = ALL) -> Iterator[BookedTrip]:
        """Yield the coaches that left in a period."""
        return map(coach_ledger_rows.trip_line, self._rows(coach_ledger_rows.trips_of(first, last), most))

    def fleet(self, first: date, last: date, most: int = ALL) -> Iterator[BookedVehicle | BookedDriver]:
        """Yield the vehicles, then the drivers that were seen in a period."""
        vehicles = self._rows(coach_ledger_rows.vehicles_of(first, last), most)
        drivers = self._rows(coach_ledger_rows.drivers_of(first, last), most)
        seen = coach_ledger_rows.fleet_lines(vehicles, drivers)
        return seen if most == ALL else islice(seen, most)

    def _rows(self, asked: Select[Any], most: int) -> Iterator[Row]:
        shown = shown_everywhere(self._connection)
        yield from Statement(asked.limit(most)).each(self._connection, {"shown": shown})


def _day_of_part() -> ScalarSelect[date]:
    """Return the day of the employer's part that was read last of the slip that was taken then."""
    told = book_part.alias("told")
    is_it = is_near(told.c.begins, book_placement.c.taken_at, SAME_SLIP)
    return (
        select(told.c.day)
        .where(told.c.slip == book_placement.c.slip, is_it)
        .order_by(told.c.read_at.desc(), told.c.day.desc())
        .limit(1)
        .scalar_subquery()
    )


def _registered(first: date, last: date) -> ColumnElement[bool]:
    return between(book_person.c.registered_at, first, last)


def _visited(first: date, last: date) -> ColumnElement[bool]:
    return book_check_in.c.day.between(first, last)


def _taken(first: date, last: date) -> ColumnElement[bool]:
    return between(book_placement.c.taken_at, first, last)


def _held(first: date, last: date) -> ColumnElement[bool]:
    return book_class.c.held_on.between(first, last)


def _printed(first: date, last: date) -> ColumnElement[bool]:
    return and_(between(book_print.c.at, first, last), *(book_print.c.state != state for state in _OPEN))
