"""Who goes with a coach, said to the hall it leaves from, so that its door knows everybody with no network.

A rider is a seat that a placement holds: one that was sold, or one of a trip that a desk formed. All of it
is read off the log's own tables when it is said, so nothing more is kept: what is said follows from what is
known by then, a class held meanwhile at another kiosk among it. Who gave his seat back is taken back here;
that his paper stays out is told as a block.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from sqlalchemy import Connection, bindparam, select

from kiosk.bureau.feeds import Changes, current_body, hall_scope
from kiosk.bureau.same_person import is_same_person
from kiosk.bureau.tables import check_in, class_held, placement, quota, scope_head, spent_number
from kiosk.bureau.trip_tables import passenger, rider_call
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
    select(placement)
    .outerjoin(passenger, passenger.c.placement == placement.c.id)
    .where(is_same_person(placement.c.worker), _HELD)
    .where(placement.c.trip.is_not(None) | passenger.c.trip.is_not(None))
)
_FORMED_WITH = Statement(
    select(placement)
    .join_from(passenger, placement, placement.c.id == passenger.c.placement)
    .where(passenger.c.trip == bindparam("trip"), _HELD)
    .order_by(placement.c.id)
)
_FORMED_SEAT = Statement(
    select(passenger.c.trip, passenger.c.seat).where(passenger.c.placement == bindparam("placement"))
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
_CALLED_AT = Statement(
    select(rider_call.c.at).where(
        rider_call.c.trip == bindparam("trip"), rider_call.c.slip == bindparam("slip")
    )
)
_OF_SLIP = Statement(
    select(placement)
    .where(placement.c.slip == bindparam("slip"), _HELD)
    .order_by(placement.c.taken_at.desc())
    .limit(1)
)
_SCOPES = Statement(select(quota.c.scope).where(quota.c.id == bindparam("id")))
_EVERY_SCOPE = Statement(select(scope_head.c.scope))


def say_rider(connection: Connection, changes: Changes, placement_id: str) -> None:
    """Say who has a seat by a placement; nothing for one without a coach that is told."""
    taken = _BY_ID.first(connection, {"id": placement_id})
    if taken is not None:
        _say(connection, changes, taken)


def say_rider_of_slip(connection: Connection, changes: Changes, slip: str) -> None:
    """Say who has a seat by a slip that is in use; nothing for one that nobody told of."""
    taken = _OF_SLIP.first(connection, {"slip": slip})
    if taken is not None:
        _say(connection, changes, taken)


def say_riders_of(connection: Connection, changes: Changes, trip: str) -> None:
    """Say everybody who has a seat of a coach; what was said before is not said again."""
    for taken in _riders_of(connection, trip):
        _say(connection, changes, taken)


def say_rides_of(connection: Connection, changes: Changes, person: str, since: date) -> None:
    """Say the seats of somebody anew that he has from a day on: he has learned something since."""
    for taken in _OF_PERSON.all(connection, {"worker": person}):
        if hall_day(taken.ends) >= since:
            _say(connection, changes, taken)


def take_rider_back(connection: Connection, changes: Changes, placement_id: str) -> None:
    """Say that the seat of a placement is its holder's no more; before a formed trip forgets him."""
    taken = _BY_ID.first(connection, {"id": placement_id})
    seat = None if taken is None else _seat_of(connection, taken)
    coach = None if seat is None else _coach(connection, changes, seat[0])
    if taken is not None and coach is not None:
        changes.take_back(hall_scope(coach.station), _TOPIC, taken.slip)


def forget_riders(connection: Connection, changes: Changes, trip: TripBody) -> None:
    """Take back what was told of the riders of a coach that is gone."""
    for taken in _riders_of(connection, trip.id):
        changes.take_back(hall_scope(trip.station), _TOPIC, taken.slip)


def _riders_of(connection: Connection, trip: str) -> list[Row]:
    sold = _IN_SEATS.all(connection, {"seats": seats_of(TripId(trip))})
    return [*sold, *_FORMED_WITH.all(connection, {"trip": trip})]


def _seat_of(connection: Connection, taken: Row) -> tuple[str, int | None] | None:
    """Return the coach of a placement and its seat, None once it was freed; nothing without a coach."""
    if taken.trip:
        held = {"placement": taken.id, "seats": seats_of(TripId(taken.trip))}
        return taken.trip, _SEAT.scalar(connection, held)
    formed = _FORMED_SEAT.first(connection, {"placement": taken.id})
    return None if formed is None else (formed.trip, formed.seat)


def _say(connection: Connection, changes: Changes, taken: Row) -> None:
    trip, seat = _seat_of(connection, taken) or ("", None)
    coach = _coach(connection, changes, trip) if seat is not None else None
    if coach is None or seat is None:
        return
    took_on = {"worker": taken.worker, "day": hall_day(taken.taken_at)}
    body = RiderBody(
        trip=trip,
        slip=taken.slip,
        seat=seat,
        placement=taken.id,
        worker=taken.worker,
        job=taken.job,
        queue_number=_QUEUE_NUMBER.scalar(connection, took_on) or "",
        education=_education(connection, changes, taken, coach.day),
        called_at=_CALLED_AT.scalar(connection, {"trip": trip, "slip": taken.slip}),
    )
    changes.say(hall_scope(coach.station), _TOPIC, taken.slip, body)


def _education(
    connection: Connection, changes: Changes, taken: Row, day: date
) -> Literal["not_needed", "held", "missing"] | None:
    """Return how somebody stands with the classes of his job on the day of the coach (EDU-01)."""
    said = _said(connection, changes, places_of(JobId(taken.job)), "job", taken.job)
    if said is None:
        return None
    needed = needed_classes(JobBody.model_validate_json(said[1]))
    if not needed:
        return "not_needed"
    asked = ({"worker": taken.worker, "hazard_class": each, "day": day} for each in needed)
    return "held" if all(_COUNTING_CLASS.first(connection, one) for one in asked) else "missing"


def coach_told(connection: Connection, changes: Changes, trip: str) -> tuple[str, TripBody] | None:
    """Return the scope and the newest value of a coach, whether its seats are sold or a desk formed it."""
    said = _said(connection, changes, seats_of(TripId(trip)), "trip", trip)
    return None if said is None else (said[0], TripBody.model_validate_json(said[1]))


def _coach(connection: Connection, changes: Changes, trip: str) -> TripBody | None:
    told = coach_told(connection, changes, trip)
    return None if told is None else told[1]


def _said(
    connection: Connection, changes: Changes, of: str, topic: str, row_id: str
) -> tuple[str, str] | None:
    """Return what is told of a thing: where its quota was opened, or, of what sells nothing, anywhere."""
    scopes = [row.scope for row in _SCOPES.all(connection, {"id": of})]
    if not scopes:
        said = (scope for scope, *_ in changes.said)
        scopes = [*dict.fromkeys((*said, *(row.scope for row in _EVERY_SCOPE.all(connection))))]
    return current_body(connection, changes, scopes, topic, row_id)
