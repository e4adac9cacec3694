"""Reading the books of coaches: safety of each who was sent, coaches that left, vehicles and drivers seen."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    ScalarSelect,
    Select,
    Subquery,
    and_,
    case,
    func,
    or_,
    select,
    type_coerce,
)

from kiosk.actions.ledger_ports import BookedDriver, BookedIncident, BookedSafety, BookedTrip, BookedVehicle
from kiosk.domain.service_ledgers import FLEET, SAFETY, TRIPS
from kiosk.statements import Row
from kiosk.storage.book_tables import book_placement
from kiosk.storage.booked_people import PEOPLE, WHO, between, person_of, stands_for
from kiosk.storage.coach_book_tables import (
    book_check,
    book_departure,
    book_driver,
    book_hand_over,
    book_incident,
    book_return,
    book_rider,
    book_vehicle,
)

_MICROSECOND = timedelta(microseconds=1)
_A_DAY, SAME_SLIP = timedelta(days=1) // _MICROSECOND, timedelta(days=180) // _MICROSECOND
"""A slip number bears no year, and clocks of dark kiosks differ: nearer than this, it is the slip."""


def counted(first: date, last: date) -> Mapping[str, list[Select[Any]]]:
    """Return what counts the lines of each ledger of coaches in a period; of several the sum."""
    sent = select(func.count()).select_from(book_placement).where(_is_sent(first, last))
    seen = [select(func.count()).where(between(of.c.at, first, last)) for of in (book_vehicle, book_driver)]
    left = select(func.count()).where(between(book_departure.c.departed_at, first, last))
    return {SAFETY.name: [sent], TRIPS.name: [left], FLEET.name: seen}


def is_near(instant: ColumnElement[Any], taken_at: ColumnElement[Any], before: int) -> ColumnElement[bool]:
    """Return the condition that something told of a slip lies so near that it is the one taken then.

    `before` is how many microseconds earlier it may lie.
    """
    taken, told = type_coerce(taken_at, BigInteger), type_coerce(instant, BigInteger)
    return and_(told >= taken - before, told < taken + SAME_SLIP)


def rides_with() -> ColumnElement[str | None]:
    """Return the coach in which a place has its seat: the one given last, at the desk or with the place."""
    mine = book_placement.c
    return case((mine.seat_at.is_not(None), mine.seat_trip), else_=mine.trip)


def safety_of(first: date, last: date) -> Select[Any]:
    """Return what reads whoever was sent to work in a period, with what was done for his safety."""
    place = _sent(first, last)
    trip = func.coalesce(place.c.rode, place.c.planned)
    carried = book_hand_over.alias("carried")
    received = book_hand_over.alias("received")
    is_there = place.c.rode.is_not(None)
    sources: FromClause = place.join(WHO, stands_for(place.c.worker), isouter=True)
    sources = sources.join(book_departure, book_departure.c.trip == trip, isouter=True)
    for of, giver, taker in ((carried, "operator", "transport"), (received, "transport", "employer")):
        is_it = and_(of.c.trip == place.c.rode, of.c.giver == giver, of.c.taker == taker)
        sources = sources.join(of, is_it, isouter=True)
    home = and_(book_return.c.trip == place.c.rode, book_return.c.slip == place.c.slip)
    sources = sources.join(book_return, home, isouter=True)
    return (
        select(
            *PEOPLE,
            *(place.c[name] for name in _OF_PLACE),
            place.c.rode,
            book_departure.c.label,
            case((is_there, book_departure.c.actor)).label("sent_by"),
            carried.c.signer.label("carrier"),
            carried.c.at.label("carried_at"),
            received.c.signer.label("receiver"),
            received.c.at.label("received_at"),
            _incidents(place.c.rode).label("incidents"),
            book_return.c.whereabouts,
        )
        .select_from(sources)
        .order_by(place.c.taken_at, place.c.id)
    )


def safety_line(row: Row) -> BookedSafety:
    """Return a line as it was read."""
    return BookedSafety(
        person=person_of(row),
        slip=row.slip,
        taken_at=row.taken_at,
        employer=row.employer or "",
        title=row.title,
        hazards=tuple(json.loads(row.hazards)) if row.hazards else (),
        ppe=tuple(json.loads(row.ppe)) if row.ppe else (),
        is_dangerous=bool(row.is_dangerous),
        education=row.education or "",
        paper=row.paper or "",
        trip=row.label or "",
        is_aboard=row.rode is not None,
        sent_by=row.sent_by or "",
        carrier=row.carrier or "",
        carried_at=row.carried_at,
        receiver=row.receiver or "",
        received_at=row.received_at,
        came_at=row.came_at,
        incidents=tuple(
            BookedIncident(kind, severity, bool(is_closed))
            for _, kind, severity, is_closed in sorted(json.loads(row.incidents))
        ),
        whereabouts=row.whereabouts or "",
    )


def trips_of(first: date, last: date) -> Select[Any]:
    """Return what reads the coaches that left in a period."""
    left = book_departure.c
    arrived = and_(
        book_hand_over.c.trip == left.trip,
        book_hand_over.c.giver == "transport",
        book_hand_over.c.taker == "employer",
    )
    return (
        select(
            book_departure,
            book_hand_over.c.at.label("arrived_at"),
            _driver_name().label("driver_name"),
            _employers().label("employers"),
            *(_checks(is_good=is_good).label(name) for name, is_good in (("good", True), ("bad", False))),
            *(_home(where).label(where) for where in ("back", "stayed", "missing")),
        )
        .join_from(book_departure, book_hand_over, arrived, isouter=True)
        .where(between(left.departed_at, first, last))
        .order_by(left.departed_at, left.trip)
    )


def trip_line(row: Row) -> BookedTrip:
    """Return a coach as it was read."""
    return BookedTrip(
        label=row.label,
        plate=row.plate,
        seats=row.seats,
        driver=row.driver_name or "",
        destination=row.destination,
        listed=row.listed,
        boarded=row.boarded,
        departed_at=row.departed_at,
        arrived_at=row.arrived_at,
        employers=tuple(sorted({*json.loads(row.employers)})),
        good=row.good,
        bad=row.bad,
        back=row.back,
        stayed=row.stayed,
        missing=row.missing,
        digest=row.digest,
        actor=row.actor,
    )


def vehicles_of(first: date, last: date) -> Select[Any]:
    """Return what reads the vehicles that were seen in a period."""
    seen = book_vehicle.c
    return select(book_vehicle).where(between(seen.at, first, last)).order_by(seen.at, seen.stream, seen.seq)


def drivers_of(first: date, last: date) -> Select[Any]:
    """Return what reads the drivers that were seen in a period."""
    seen = book_driver.c
    return select(book_driver).where(between(seen.at, first, last)).order_by(seen.at, seen.stream, seen.seq)


def fleet_lines(vehicles: Iterator[Row], drivers: Iterator[Row]) -> Iterator[BookedVehicle | BookedDriver]:
    """Yield vehicles, then drivers; of one that may not be shown his papers without who he is."""
    for row in vehicles:
        yield BookedVehicle(**{name: getattr(row, name) for name in BookedVehicle.__dataclass_fields__})
    for row in drivers:
        told = {name: getattr(row, name) for name in BookedDriver.__dataclass_fields__}
        nobody = {"name": "", "birth_date": None, "qualification_no": ""} if row.is_restricted else {}
        yield BookedDriver(**told | nobody)


_OF_PLACE = (
    *("slip", "taken_at", "employer", "title", "hazards", "ppe", "is_dangerous"),
    *("education", "paper", "came_at"),
)


def _sent(first: date, last: date) -> Subquery:
    """Return the places of a period whose people were sent, with the coach each rode, or should have."""
    mine = book_placement.c
    columns = (*(mine[name] for name in ("id", "worker", *_OF_PLACE)),)
    return (
        select(*columns, _ridden().label("rode"), rides_with().label("planned"))
        .where(_is_sent(first, last))
        .subquery("place")
    )


def _is_sent(first: date, last: date) -> ColumnElement[bool]:
    """Return the condition that somebody went: nobody who gave his place back, but who was aboard with it."""
    is_kept = or_(book_placement.c.back_reason.is_(None), _ridden().is_not(None))
    return and_(between(book_placement.c.taken_at, first, last), is_kept)


def _ridden() -> ScalarSelect[str]:
    """Return the coach that left with somebody's slip."""
    is_his = and_(
        book_rider.c.slip == book_placement.c.slip,
        is_near(book_rider.c.departed_at, book_placement.c.taken_at, _A_DAY),
    )
    newest = book_rider.c.departed_at.desc()
    return select(book_rider.c.trip).where(is_his).order_by(newest).limit(1).scalar_subquery()


def _incidents(trip: ColumnElement[str]) -> ScalarSelect[str]:
    told = book_incident.c
    is_closed = told.closed_at.is_not(None)
    at = type_coerce(told.at, BigInteger)
    each = func.json_array(at, told.kind, told.severity, is_closed)
    return select(func.json_group_array(func.json(each))).where(told.trip == trip).scalar_subquery()


def _driver_name() -> ScalarSelect[str]:
    """Return how the driver of a departure was called when he was seen last."""
    seen, left = book_driver.c, book_departure.c
    is_he = or_(seen.recorded_as == left.driver, seen.worker == left.driver)
    shown = case((seen.is_restricted, ""), else_=seen.name)
    newest = (seen.at.desc(), seen.stream.desc(), seen.seq.desc())
    return select(shown).where(is_he).order_by(*newest).limit(1).scalar_subquery()


def _employers() -> ScalarSelect[str]:
    """Return whose people rode along, some of them more than once."""
    near = is_near(book_departure.c.departed_at, book_placement.c.taken_at, _A_DAY)
    is_rider = and_(book_rider.c.trip == book_departure.c.trip, book_placement.c.slip == book_rider.c.slip)
    return (
        select(func.json_group_array(book_placement.c.employer))
        .where(is_rider, near, func.coalesce(book_placement.c.employer, "") != "")
        .scalar_subquery()
    )


def _checks(*, is_good: bool) -> ScalarSelect[int]:
    """Count the checks that were said of the crew with which a coach left."""
    said, left = book_check.c, book_departure.c
    is_of_crew = and_(said.trip == left.trip, said.plate == left.plate, said.driver == left.driver)
    return select(func.count()).where(is_of_crew, said.is_good.is_(is_good)).scalar_subquery()


def _home(where: str) -> ScalarSelect[int]:
    """Count the riders of a departure of whom it was said last that they are there."""
    said, rode = book_return.c, book_rider.c
    is_rider = and_(rode.trip == book_departure.c.trip, said.trip == rode.trip, said.slip == rode.slip)
    return select(func.count()).where(is_rider, said.whereabouts == where).scalar_subquery()
