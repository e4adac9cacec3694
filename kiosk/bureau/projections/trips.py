"""Coaches as halls run them: vehicles, drivers, crews, formed trips, checks, departures; told down as rows.

A replay makes the tables again and says nothing: what is told of a trip is the bureau's own word by then.
"""

from __future__ import annotations

import json

from sqlalchemy import bindparam, delete, select

from kiosk.bureau.door_tables import door
from kiosk.bureau.doors import holder_of
from kiosk.bureau.feeds import current_body, hall_scope
from kiosk.bureau.portable import field_of
from kiosk.bureau.problems import NotApplicable
from kiosk.bureau.projections.ground import Ground
from kiosk.bureau.publishing import say_job, say_trip
from kiosk.bureau.riders import say_rider, say_rider_of_slip, take_rider_back
from kiosk.bureau.rows import add, has, put
from kiosk.bureau.tables import feed_row, placement
from kiosk.bureau.trip_tables import passenger, rider_call, trip_check, trip_departure
from kiosk.domain.jobs import JobState
from kiosk.domain.trips import TripState
from kiosk.messages.events import (
    DriverRecorded,
    PassengersChanged,
    RidersCalled,
    TripChecked,
    TripCrewed,
    TripDeparted,
    TripFormed,
    VehicleRecorded,
)
from kiosk.messages.feed import JobBody, TripBody
from kiosk.messages.fleet import DriverBody, VehicleBody, driver_of, vehicle_of
from kiosk.statements import Statement

_COACHLESS = Statement(
    select(placement.c.id).where(placement.c.id == bindparam("id"), placement.c.trip.is_(None))
)
_JOBS_OF = (
    select(feed_row.c.scope, feed_row.c.body)
    .where(feed_row.c.topic == "job", feed_row.c.is_deleted.is_(False))
    .where(field_of(feed_row.c.body, "trip") == bindparam("trip"))
)


def record_vehicle(ground: Ground, body: VehicleRecorded) -> None:
    """Tell the hall of a vehicle whose papers were seen; one that makes no sense raises ValueError."""
    told = VehicleBody.model_validate(body.model_dump(exclude={"actor"}))
    vehicle_of(told)
    if not ground.is_replay:
        ground.changes.say(hall_scope(ground.source.station), "vehicle", told.plate, told)


def record_driver(ground: Ground, body: DriverRecorded) -> None:
    """Tell the hall of a driver whose papers were seen; of one whose key nobody has nothing is told."""
    found = ground.opened(body)
    if found is None or ground.is_replay:
        return
    told = DriverBody.model_validate(found.model_dump(exclude={"actor", "sealed"}))
    driver_of(told)
    ground.changes.say(hall_scope(ground.source.station), "driver", told.worker, told)


def form_trip(ground: Ground, body: TripFormed) -> None:
    """Tell the hall of a trip that a desk formed; the device that says so is its door."""
    if ground.is_replay:
        return
    if current_body(ground.connection, ground.changes, ground.scopes, "trip", body.trip) is not None:
        raise NotApplicable("bureau.refused.contradiction")
    facts = {"stream": ground.source.stream, "is_closed": False, "unknown_aboard": 0}
    put(ground.connection, door, {"trip": body.trip}, facts)
    told = TripBody(
        **body.model_dump(exclude={"trip", "actor"}),
        id=body.trip,
        station=ground.source.station,
        state=TripState.PLANNED.value,
        door=ground.source.stream,
        is_formed=True,
    )
    ground.changes.say(hall_scope(ground.source.station), "trip", body.trip, told)


def change_passengers(ground: Ground, body: PassengersChanged) -> None:
    """Keep who rides with a formed trip, and tell its hall.

    A seat that is taken, or somebody who rides already, is refused.
    """
    connection = ground.connection
    for who in body.left:
        if not ground.is_replay:
            take_rider_back(connection, ground.changes, who)
        is_his = (passenger.c.trip == body.trip) & (passenger.c.placement == who)
        connection.execute(delete(passenger).where(is_his))
    for given in body.seated:
        if _COACHLESS.first(connection, {"id": given.placement}) is None:
            raise NotApplicable("bureau.refused.unknown_placement")
        is_taken = has(connection, passenger, trip=body.trip, seat=given.seat)
        if is_taken or has(connection, passenger, placement=given.placement):
            raise NotApplicable("bureau.refused.contradiction")
        add(connection, passenger, {"trip": body.trip, "seat": given.seat, "placement": given.placement})
        if not ground.is_replay:
            say_rider(connection, ground.changes, given.placement)


def crew_trip(ground: Ground, body: TripCrewed) -> None:
    """Tell the hall which vehicle and driver a trip goes with now."""
    if ground.is_replay:
        return
    scope, trip = _trip(ground, body.trip)
    seats = body.seats if trip.is_formed else trip.seats
    changed = trip.model_copy(update={"plate": body.plate, "driver": body.driver, "seats": seats})
    ground.changes.say(scope, "trip", body.trip, changed)


def note_check(ground: Ground, body: TripChecked) -> None:
    """Keep what somebody said of one check of a departure."""
    put(ground.connection, trip_check, ground.key, {**body.model_dump(), "at": ground.source.at})


def note_called(ground: Ground, body: RidersCalled) -> None:
    """Keep when a door called people who are not aboard, and tell its hall; another device calls nobody."""
    if not ground.is_replay and holder_of(ground.connection, body.trip) != ground.source.stream:
        raise NotApplicable("bureau.refused.not_the_door")
    for slip in body.slips:
        put(ground.connection, rider_call, {"trip": body.trip, "slip": slip}, {"at": ground.source.at})
        if not ground.is_replay:
            say_rider_of_slip(ground.connection, ground.changes, slip)


def depart(ground: Ground, body: TripDeparted) -> None:
    """Keep that a coach left, and close what it sold. Only its door can say so, and it leaves once."""
    connection = ground.connection
    if not ground.is_replay and holder_of(connection, body.trip) != ground.source.stream:
        raise NotApplicable("bureau.refused.not_the_door")
    if has(connection, trip_departure, trip=body.trip):
        raise NotApplicable("bureau.refused.contradiction")
    # What the trip was called, and how many seats it had, stands with the trip.
    facts = body.model_dump(exclude={"aboard", "label", "destination", "seats"})
    facts |= {"aboard": json.dumps(body.aboard)}
    add(connection, trip_departure, {**facts, **ground.key, "station": ground.source.station})
    if ground.is_replay:
        return
    scope, trip = _trip(ground, body.trip)
    left = trip.model_copy(update={"state": TripState.DEPARTED.value})
    if trip.is_formed:
        ground.changes.say(scope, "trip", body.trip, left)
        return
    say_trip(connection, ground.changes, scope, left)
    for row in connection.execute(_JOBS_OF, {"trip": body.trip}).all():
        job = JobBody.model_validate_json(row.body)
        if job.state == JobState.PUBLISHED:
            closed = job.model_copy(update={"state": JobState.CLOSED.value})
            say_job(connection, ground.changes, row.scope, closed)


def _trip(ground: Ground, of: str) -> tuple[str, TripBody]:
    said = current_body(ground.connection, ground.changes, ground.scopes, "trip", of)
    if said is None:
        raise NotApplicable("bureau.refused.unknown_trip")
    return said[0], TripBody.model_validate_json(said[1])
