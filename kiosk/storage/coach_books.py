"""Writing what becomes of coaches into the books of a hall's desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, insert

from kiosk.messages import events
from kiosk.messages.events import EventBody
from kiosk.statements import Statement
from kiosk.storage.book_rules import Source, earliest, ended, newest
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


def _vehicle(connection: Connection, source: Source, body: events.VehicleRecorded) -> None:
    facts = body.model_dump(include=set(book_vehicle.c.keys()))
    _VEHICLE.run(connection, {**facts, "stream": source.stream, "seq": source.seq, "at": source.at})


def _driver(connection: Connection, source: Source, body: events.DriverRecorded) -> None:
    facts = body.model_dump(include=set(book_driver.c.keys()))
    told = {"stream": source.stream, "seq": source.seq, "at": source.at, "identity_epoch": source.epoch}
    who = {"recorded_as": body.worker, "worker": source.person or body.worker, "is_restricted": False}
    _DRIVER.run(connection, {**facts, **told, **who})


def _check(connection: Connection, source: Source, body: events.TripChecked) -> None:
    _CHECK.run(connection, {**body.model_dump(exclude={"actor"}), "at": source.at})


def _depart(connection: Connection, _source: Source, body: events.TripDeparted) -> None:
    facts = body.model_dump(exclude={"aboard"})
    _DEPARTURE.run(connection, {**facts, "boarded": len(body.aboard)})
    for slip in body.aboard:
        _RIDER.run(connection, {"trip": body.trip, "slip": slip, "departed_at": body.departed_at})


def _hand_over(connection: Connection, _source: Source, body: events.DutyHanded) -> None:
    _HAND_OVER.run(connection, body.model_dump(include={"trip", "giver", "taker", "at", "signer"}))


def _incident(connection: Connection, _source: Source, body: events.IncidentNoted) -> None:
    kept = {"incident", "trip", "at", "kind", "severity", "closed_at"}
    _INCIDENT.run(connection, body.model_dump(include=kept))


def _return(connection: Connection, source: Source, body: events.ReturnNoted) -> None:
    for slip in body.slips:
        told = {"trip": body.trip, "slip": slip, "noted_at": source.at, "whereabouts": body.where}
        _RETURN.run(connection, told)


# Any: each function takes the very body it stands beside, which the type system cannot say of a table.
MEANING: Mapping[type[EventBody], Callable[[Connection, Source, Any], None]] = {
    events.VehicleRecorded: _vehicle,
    events.DriverRecorded: _driver,
    events.TripChecked: _check,
    events.TripDeparted: _depart,
    events.DutyHanded: _hand_over,
    events.IncidentNoted: _incident,
    events.ReturnNoted: _return,
}
"""What each entry about coaches writes."""

_VEHICLE = Statement(insert(book_vehicle))
_DRIVER = Statement(insert(book_driver))
_CHECK = newest(book_check, ("trip", "check"), "at", "is_good", "plate", "driver")
_DEPARTURE = earliest(
    book_departure,
    ("trip",),
    "departed_at",
    *("label", "destination", "seats", "plate", "driver", "listed", "boarded", "digest", "actor"),
)
_RIDER = earliest(book_rider, ("trip", "slip"), "departed_at")
_HAND_OVER = earliest(book_hand_over, ("trip", "giver", "taker"), "at", "signer")
_INCIDENT = ended(book_incident, ("incident",), "closed_at", "trip", "at", "kind", "severity")
_RETURN = newest(book_return, ("trip", "slip"), "noted_at", "whereabouts")
