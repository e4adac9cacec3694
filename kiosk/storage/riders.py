"""Who goes with which coach: places taken here, passengers of trips formed here, and what the feed tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    bindparam,
    exists,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.actions.door_ports import Rider
from kiosk.domain.ids import JobId, PlacementId, SlipNumber, TripId, WorkerId, seats_of
from kiosk.domain.placements import HELD_STATES
from kiosk.domain.workers import EducationState
from kiosk.statements import Row, Statement
from kiosk.storage.columns import Instant
from kiosk.storage.door_tables import boarded_slip, door_block, rider_call
from kiosk.storage.feed_tables import rider
from kiosk.storage.hiring_tables import left_place
from kiosk.storage.merges import is_same_person
from kiosk.storage.tables import check_in, placement, spent_number, worker
from kiosk.storage.trip_tables import passenger

_HELD = placement.c.state.in_([bindparam(None, state.value) for state in sorted(HELD_STATES)])
_SEATS_OF_TRIP = literal(seats_of(TripId(""))).op("||")(placement.c.trip)


def _is_kept_out(slip: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that a slip has to stay out; one that this door let in before is in."""
    is_told = exists().where(door_block.c.slip == slip)
    return is_told & ~exists().where(boarded_slip.c.slip == slip)


def _about(slip: ColumnElement[str], number: ColumnElement[str]) -> tuple[ColumnElement[Any], ...]:
    """Return what is shown of whoever has a seat, wherever it was sold."""
    return (
        number.label("queue_number"),
        func.coalesce(worker.c.name, "").label("name"),
        func.coalesce(worker.c.number_tail, "").label("tail"),
        rider.c.education,
        _is_kept_out(slip).label("came_before"),
    )


# A block is told of a place that was given back, and then the bureau calls its holder a rider no more; or of
# whoever the door before this one let in, and he still is one.
_OWN = (
    select(
        placement.c.slip,
        placement.c.trip,
        spent_number.c.number.label("seat"),
        placement.c.id.label("placement"),
        placement.c.worker,
        placement.c.job,
        *_about(placement.c.slip, func.coalesce(check_in.c.queue_number, rider.c.queue_number, "")),
    )
    .select_from(placement)
    .join(
        spent_number,
        (spent_number.c.placement == placement.c.id) & (spent_number.c.quota == _SEATS_OF_TRIP),
    )
    .outerjoin(rider, rider.c.id == placement.c.slip)
    .outerjoin(worker, worker.c.id == placement.c.worker)
    .outerjoin(check_in, (check_in.c.worker == placement.c.worker) & (check_in.c.day == placement.c.taken_on))
    .where(_HELD, rider.c.id.is_not(None) | ~_is_kept_out(placement.c.slip))
)
_TOLD = (
    select(
        rider.c.id.label("slip"),
        rider.c.trip,
        rider.c.seat,
        rider.c.placement,
        rider.c.worker,
        rider.c.job,
        *_about(rider.c.id, rider.c.queue_number),
    )
    .select_from(rider)
    .outerjoin(worker, worker.c.id == rider.c.worker)
    .where(~exists().where(placement.c.slip == rider.c.id))
    .where(~exists().where(left_place.c.placement == rider.c.placement))
)
_FORMED = (
    select(
        placement.c.slip,
        passenger.c.trip,
        passenger.c.seat,
        placement.c.id.label("placement"),
        placement.c.worker,
        placement.c.job,
        *_about(placement.c.slip, func.coalesce(check_in.c.queue_number, rider.c.queue_number, "")),
    )
    .select_from(passenger)
    .join(placement, placement.c.id == passenger.c.placement)
    .outerjoin(rider, (rider.c.id == placement.c.slip) & (rider.c.trip == passenger.c.trip))
    .outerjoin(worker, worker.c.id == placement.c.worker)
    .outerjoin(check_in, (check_in.c.worker == placement.c.worker) & (check_in.c.day == placement.c.taken_on))
    .where(_HELD, rider.c.id.is_not(None) | ~_is_kept_out(placement.c.slip))
)


def _all(
    own: ColumnElement[bool], formed: ColumnElement[bool], told: ColumnElement[bool]
) -> CompoundSelect[tuple[object, ...]]:
    return union_all(_OWN.where(own), _FORMED.where(formed), _TOLD.where(told))


_IS_SLIP, _IS_WORKER = placement.c.slip == bindparam("slip"), is_same_person(placement.c.worker)
_OF_TRIP = Statement(
    _all(
        spent_number.c.quota == bindparam("seats"),
        passenger.c.trip == bindparam("trip"),
        rider.c.trip == bindparam("trip"),
    )
)
_BY_SLIP = Statement(_all(_IS_SLIP, _IS_SLIP, rider.c.id == bindparam("slip")))
_OF_WORKER = Statement(_all(_IS_WORKER, _IS_WORKER, is_same_person(rider.c.worker)))
_IS_OVER = Statement(
    union_all(
        select(placement.c.id).where(placement.c.slip == bindparam("slip"), ~_HELD),
        select(rider.c.id)
        .join(left_place, left_place.c.placement == rider.c.placement)
        .where(rider.c.id == bindparam("slip")),
        select(door_block.c.slip)
        .where(door_block.c.slip == bindparam("slip"))
        .where(~exists().where(boarded_slip.c.slip == door_block.c.slip))
        .where(~exists().where(rider.c.id == door_block.c.slip)),
    )
)


_CALLED = Statement(
    union_all(
        select(rider_call.c.slip, rider_call.c.at).where(rider_call.c.trip == bindparam("trip")),
        select(rider.c.id, rider.c.called_at).where(
            rider.c.trip == bindparam("trip"), rider.c.called_at.is_not(None)
        ),
    )
)
_CALLING = Statement(
    select(rider_call.c.trip)
    .where(rider_call.c.at >= bindparam("since", type_=Instant))
    .union(select(rider.c.trip).where(rider.c.called_at >= bindparam("since", type_=Instant)))
)


class SqlRiders:
    """The riders of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read within the transaction of `connection`."""
        self._connection = connection

    def of(self, trip: TripId) -> Sequence[Rider]:
        """Return who has a seat of a trip, by seat."""
        found = map(_rider, _OF_TRIP.all(self._connection, {"trip": trip, "seats": seats_of(trip)}))
        return sorted(found, key=lambda item: (item.seat, item.slip))

    def by_slip(self, slip: SlipNumber) -> Rider | None:
        """Return whose seat a slip is for; None for one that is void, without a coach, or not told here."""
        row = _BY_SLIP.first(self._connection, {"slip": slip})
        return None if row is None else _rider(row)

    def seats_of(self, worker: WorkerId) -> Sequence[Rider]:
        """Return the seats that somebody has, by slip."""
        found = map(_rider, _OF_WORKER.all(self._connection, {"worker": worker}))
        return sorted(found, key=lambda item: item.slip)

    def is_given_back(self, slip: SlipNumber) -> bool:
        """Return whether this device knows that the place of a slip is nobody's any more."""
        return _IS_OVER.first(self._connection, {"slip": slip}) is not None

    def call(self, trip: TripId, slips: Sequence[SlipNumber], at: datetime) -> None:
        """Keep that this door called these people."""
        for slip in slips:
            statement = upsert(rider_call).values(trip=trip, slip=slip, at=at)
            self._connection.execute(
                statement.on_conflict_do_update(index_elements=["trip", "slip"], set_={"at": at})
            )

    def calls(self, trip: TripId) -> Mapping[SlipNumber, datetime]:
        """Return who of a trip was called, and when last, here or as the bureau told."""
        called: dict[SlipNumber, datetime] = {}
        for row in _CALLED.all(self._connection, {"trip": trip}):
            slip = SlipNumber(row.slip)
            called[slip] = max(row.at, called.get(slip, row.at))
        return called

    def calling(self, since: datetime) -> Sequence[TripId]:
        """Return the trips of which somebody was called since."""
        return sorted(TripId(row.trip) for row in _CALLING.all(self._connection, {"since": since}))


def _rider(row: Row) -> Rider:
    return Rider(
        slip=SlipNumber(row.slip),
        trip=TripId(row.trip),
        seat=row.seat,
        placement=PlacementId(row.placement),
        worker=WorkerId(row.worker),
        job=JobId(row.job),
        queue_number=row.queue_number,
        name=row.name,
        number_tail=row.tail,
        education=None if row.education is None else EducationState(row.education),
        came_before=bool(row.came_before),
    )
