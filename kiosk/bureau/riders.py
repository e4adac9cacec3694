"""Who goes with a coach, said to the hall it leaves from, so that its door knows everybody with no network.

A rider is a seat that a placement holds. All of it is read off the log's own tables when it is said, so
nothing more is kept: what is said follows from what is known by then, a class held meanwhile at another
kiosk among it. Who gave his seat back is taken back here; that his paper stays out is told as a block.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from sqlalchemy import Connection, bindparam, select

from kiosk.bureau.feeds import Changes, current_body, hall_scope
from kiosk.bureau.same_person import is_same_person
from kiosk.bureau.tables import check_in, class_held, placement, quota, spent_number
from kiosk.domain.clock import hall_day
from kiosk.domain.ids import JobId, TripId, places_of, seats_of
from kiosk.domain.placements import HELD_STATES
from kiosk.messages.feed import JobBody, RiderBody, TripBody
from kiosk.messages.meanings import needed_classes
from kiosk.statements import Row, Statement

_TOPIC = "rider"
_HELD = placement.c.state.in_([bindparam(None, state.value) for state in sorted(HELD_STATES)])
_BY_ID = Statement(select(placement).where(placement.c.id == bindparam("id")))
_OF_PERSON = Statement(
    select(placement).where(is_same_person(placement.c.worker), placement.c.trip.is_not(None), _HELD)
)
_IN_SEATS = Statement(
    select(placement)
    .join_from(spent_number, placement, placement.c.id == spent_number.c.placement)
    .where(spent_number.c.quota == bindparam("seats"), spent_number.c.is_held, _HELD)
    .order_by(placement.c.id)
)
_SEAT = Statement(
    select(spent_number.c.number).where(
        spent_number.c.placement == bindparam("placement"),
        spent_number.c.quota == bindparam("seats"),
        spent_number.c.is_held,
    )
)
_QUEUE_NUMBER = Statement(
    select(check_in.c.queue_number)
    .where(is_same_person(check_in.c.worker), check_in.c.hall_day == bindparam("day"))
    .order_by(check_in.c.arrived_at, check_in.c.id)
)
_COUNTING_CLASS = Statement(
    select(class_held.c.seq)
    .where(is_same_person(class_held.c.worker), class_held.c.hazard_class == bindparam("hazard_class"))
    .where(class_held.c.valid_until >= bindparam("day"))
    .limit(1)
)
_SCOPES = Statement(select(quota.c.scope).where(quota.c.id == bindparam("id")))


def say_rider(connection: Connection, changes: Changes, placement_id: str) -> None:
    """Say who has a seat by a placement; nothing for one without a coach that is told."""
    taken = _BY_ID.first(connection, {"id": placement_id})
    if taken is not None:
        _say(connection, changes, taken)


def say_riders_of(connection: Connection, changes: Changes, trip: str) -> None:
    """Say everybody who has a seat of a coach; what was said before is not said again."""
    for taken in _IN_SEATS.all(connection, {"seats": seats_of(TripId(trip))}):
        _say(connection, changes, taken)


def say_rides_of(connection: Connection, changes: Changes, person: str, since: date) -> None:
    """Say the seats of somebody anew that he has from a day on: he has learned something since."""
    for taken in _OF_PERSON.all(connection, {"worker": person}):
        if hall_day(taken.ends) >= since:
            _say(connection, changes, taken)


def take_rider_back(connection: Connection, changes: Changes, trip: str | None, slip: str) -> None:
    """Say that a seat is nobody's any more."""
    coach = _coach(connection, changes, trip) if trip else None
    if coach is not None:
        changes.take_back(hall_scope(coach.station), _TOPIC, slip)


def forget_riders(connection: Connection, changes: Changes, trip: TripBody) -> None:
    """Take back what was told of the riders of a coach that is gone."""
    for taken in _IN_SEATS.all(connection, {"seats": seats_of(TripId(trip.id))}):
        changes.take_back(hall_scope(trip.station), _TOPIC, taken.slip)


def _say(connection: Connection, changes: Changes, taken: Row) -> None:
    coach = _coach(connection, changes, taken.trip) if taken.trip else None
    if coach is None:
        return
    seat = _SEAT.scalar(connection, {"placement": taken.id, "seats": seats_of(TripId(taken.trip))})
    if seat is None:
        return
    took_on = {"worker": taken.worker, "day": hall_day(taken.taken_at)}
    body = RiderBody(
        trip=taken.trip,
        slip=taken.slip,
        seat=seat,
        placement=taken.id,
        worker=taken.worker,
        job=taken.job,
        queue_number=_QUEUE_NUMBER.scalar(connection, took_on) or "",
        education=_education(connection, changes, taken, coach.day),
    )
    changes.say(hall_scope(coach.station), _TOPIC, taken.slip, body)


def _education(
    connection: Connection, changes: Changes, taken: Row, day: date
) -> Literal["not_needed", "held", "missing"] | None:
    """Return how somebody stands with the classes of his job on the day of the coach (EDU-01)."""
    said = _said(connection, changes, places_of(JobId(taken.job)), "job", taken.job)
    if said is None:
        return None
    needed = needed_classes(JobBody.model_validate_json(said))
    if not needed:
        return "not_needed"
    asked = ({"worker": taken.worker, "hazard_class": each, "day": day} for each in needed)
    return "held" if all(_COUNTING_CLASS.first(connection, one) for one in asked) else "missing"


def _coach(connection: Connection, changes: Changes, trip: str) -> TripBody | None:
    said = _said(connection, changes, seats_of(TripId(trip)), "trip", trip)
    return None if said is None else TripBody.model_validate_json(said)


def _said(connection: Connection, changes: Changes, of: str, topic: str, row_id: str) -> str | None:
    """Return what is told of a thing in whichever scope its quota was opened."""
    scopes: Iterable[str] = (row.scope for row in _SCOPES.all(connection, {"id": of}))
    found = current_body(connection, changes, scopes, topic, row_id)
    return None if found is None else found[1]
