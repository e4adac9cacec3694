"""The day as the desk sees it at a glance; each question is one statement over indexes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    ScalarSelect,
    bindparam,
    case,
    exists,
    func,
    literal,
    null,
    select,
    union_all,
)

from kiosk.actions.day_ports import CoachOfDay, DayCounts, OpenSlip, PersonOfDay
from kiosk.domain.clock import instant_of
from kiosk.domain.ids import JobId, SlipNumber, TripId, WorkerId, seats_of
from kiosk.domain.outcomes import CAME
from kiosk.domain.paydays import PayAnswer
from kiosk.domain.placements import PlacementState
from kiosk.domain.returns import Whereabouts
from kiosk.domain.slips import SlipState
from kiosk.statements import Row, Statement
from kiosk.storage.columns import Instant
from kiosk.storage.door_tables import boarded_slip, door_block
from kiosk.storage.feed_tables import rider, trip
from kiosk.storage.feed_values import read_trip
from kiosk.storage.hiring_tables import left_place
from kiosk.storage.merges import ids_of, is_merged
from kiosk.storage.outing_tables import return_mark
from kiosk.storage.pay_tables import pay_answer
from kiosk.storage.placements import WAS_HELD
from kiosk.storage.tables import (
    check_in,
    current_stream,
    held_education,
    placement,
    quota,
    slip,
    spent_number,
    worker,
)
from kiosk.storage.trip_tables import passenger

_SEATS_OF_TRIP = literal(seats_of(TripId(""))).op("||")(trip.c.id)
_DAY: BindParameter[date] = bindparam("day")
_OWN_STREAM = select(current_stream.c.stream).where(current_stream.c.only == literal(1)).scalar_subquery()
_IS_OURS = trip.c.door == _OWN_STREAM


def _placed(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    """Count the places that were taken on the day and are still held, as far as they meet conditions."""
    counted = select(func.count()).select_from(placement).where(placement.c.taken_on == _DAY, WAS_HELD)
    return counted.where(*conditions).scalar_subquery()


_IS_TAUGHT = exists().where(
    held_education.c.worker == placement.c.worker, held_education.c.valid_until >= _DAY
)
_IS_PRINTED = exists().where(slip.c.number == placement.c.slip, slip.c.state == SlipState.PRINTED.value)
_BACK = (
    select(func.count())
    .select_from(trip)
    .join(return_mark, return_mark.c.trip == trip.c.id)
    .where(trip.c.day == _DAY, return_mark.c.whereabouts == literal(Whereabouts.BACK.value))
)
_HAS_COME = placement.c.state.in_([bindparam(None, state.value) for state in sorted(CAME)])
_HAS_WALKED_BACK = (placement.c.state == literal(PlacementState.ENDED.value)) & placement.c.trip.is_(None)
_DOORS = select(func.count()).select_from(trip).where(trip.c.day == _DAY, _IS_OURS)
_ABOARD = (
    select(func.count())
    .select_from(trip)
    .join(boarded_slip, boarded_slip.c.trip == trip.c.id)
    .where(trip.c.day == _DAY, _IS_OURS)
)
_ANSWERED = (
    select(func.count())
    .select_from(pay_answer)
    .where(
        pay_answer.c.answered_at >= bindparam("begins", type_=Instant),
        pay_answer.c.answered_at < bindparam("ends", type_=Instant),
    )
)
_COUNTS = Statement(
    select(
        func.count().label("checked_in"),
        _placed().label("placed"),
        _placed(_IS_TAUGHT).label("taught"),
        _placed(_IS_PRINTED).label("printed"),
        _placed(_HAS_COME).label("arrived"),
        (_BACK.scalar_subquery() + _placed(_HAS_WALKED_BACK)).label("back"),
        _DOORS.scalar_subquery().label("doors"),
        _ABOARD.scalar_subquery().label("aboard"),
        _ANSWERED.scalar_subquery().label("answered"),
        _ANSWERED.where(pay_answer.c.answer == PayAnswer.FULL.value).scalar_subquery().label("paid"),
    )
    .select_from(check_in)
    .where(check_in.c.day == _DAY)
)
_OF_MERGED = Statement(select(check_in.c.worker).where(check_in.c.day == _DAY, is_merged(check_in.c.worker)))
"""The visits of those who were registered more than once: few, so only they are looked up further."""
_IS_IN = exists().where(boarded_slip.c.slip == placement.c.slip)
_MISSING = (
    select(func.count())
    .select_from(spent_number)
    .join(placement, placement.c.id == spent_number.c.placement)
    .where(spent_number.c.quota == _SEATS_OF_TRIP, WAS_HELD)
    .where(~_IS_IN)
)
_TOLD_ONLY = (
    ~exists().where(placement.c.slip == rider.c.id),
    ~exists().where(left_place.c.placement == rider.c.placement),
)
"""Riders of other kiosks who still have their seats, as far as this one knows."""
_IS_KEPT_OUT = exists().where(door_block.c.slip == rider.c.id)
"""Told of a rider, a block says that the door before this one let him in."""
_MISSING_ELSEWHERE = (
    select(func.count())
    .select_from(rider)
    .where(rider.c.trip == trip.c.id, *_TOLD_ONLY, ~_IS_KEPT_OUT)
    .where(~exists().where(boarded_slip.c.slip == rider.c.id))
)
_RIDING = select(func.count()).select_from(passenger).where(passenger.c.trip == trip.c.id)
_NOT_RIDING = (
    _RIDING.join(placement, placement.c.id == passenger.c.placement)
    .where(WAS_HELD)
    .where(~exists().where(boarded_slip.c.slip == placement.c.slip))
)
_COACHES = Statement(
    select(
        trip.c.body,
        quota.c.open_at_bureau,
        quota.c.here,
        _IS_OURS.label("is_door_here"),
        (
            _MISSING.scalar_subquery() + _MISSING_ELSEWHERE.scalar_subquery() + _NOT_RIDING.scalar_subquery()
        ).label("missing"),
        _RIDING.scalar_subquery().label("riding"),
    )
    .outerjoin(quota, quota.c.id == _SEATS_OF_TRIP)
    .where(trip.c.day == bindparam("day"))
    .order_by(trip.c.departs_at, trip.c.id)
)
_HAS_SEAT = spent_number.c.quota.in_(bindparam("seats", expanding=True))
_RIDES = passenger.c.trip.in_(bindparam("trips", expanding=True))
_SEATED = union_all(
    select(spent_number.c.placement).where(_HAS_SEAT), select(passenger.c.placement).where(_RIDES)
)
_PEOPLE = (
    select(
        placement.c.worker,
        placement.c.slip,
        placement.c.job,
        placement.c.title,
        func.coalesce(passenger.c.trip, placement.c.trip).label("trip"),
        slip.c.state,
        func.coalesce(worker.c.name, "").label("name"),
        func.coalesce(worker.c.number_tail, "").label("tail"),
        func.coalesce(check_in.c.queue_number, "").label("queue_number"),
        boarded_slip.c.slip.label("aboard"),
    )
    .select_from(placement)
    .join(slip, slip.c.number == placement.c.slip)
    .outerjoin(passenger, passenger.c.placement == placement.c.id)
    .outerjoin(worker, worker.c.id == placement.c.worker)
    .outerjoin(check_in, (check_in.c.worker == placement.c.worker) & (check_in.c.day == placement.c.taken_on))
    .outerjoin(boarded_slip, boarded_slip.c.slip == placement.c.slip)
    .where(
        WAS_HELD,
        placement.c.id.in_(_SEATED),
    )
    .order_by(placement.c.taken_at, placement.c.id)
)
_RIDERS = (
    select(
        rider.c.worker,
        rider.c.id.label("slip"),
        rider.c.job,
        literal("").label("title"),
        rider.c.trip,
        null().label("state"),
        func.coalesce(worker.c.name, "").label("name"),
        func.coalesce(worker.c.number_tail, "").label("tail"),
        rider.c.queue_number,
        case((_IS_KEPT_OUT, rider.c.id), else_=boarded_slip.c.slip).label("aboard"),
    )
    .select_from(rider)
    .outerjoin(worker, worker.c.id == rider.c.worker)
    .outerjoin(boarded_slip, boarded_slip.c.slip == rider.c.id)
    .where(rider.c.trip.in_(bindparam("trips", expanding=True)), *_TOLD_ONLY)
    .order_by(rider.c.trip, rider.c.seat)
)
_OPEN_SLIPS = Statement(
    select(
        slip.c.number,
        slip.c.state,
        slip.c.changed_at,
        func.coalesce(worker.c.name, "").label("name"),
        func.coalesce(worker.c.number_tail, "").label("tail"),
    )
    .join(placement, placement.c.id == slip.c.placement)
    .outerjoin(worker, worker.c.id == placement.c.worker)
    .where(
        slip.c.state.in_([bindparam(None, state.value) for state in (SlipState.QUEUED, SlipState.UNCERTAIN)])
    )
    .order_by(slip.c.changed_at, slip.c.number)
)
_QUEUE_NUMBERS = select(check_in.c.worker, check_in.c.queue_number).where(
    check_in.c.worker.in_(bindparam("workers", expanding=True)), check_in.c.day == bindparam("day")
)


class SqlDays:
    """The day of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read within the transaction of `connection`."""
        self._connection = connection

    def counts(self, day: date) -> DayCounts:
        """Return how far people came on a day."""
        begins, ends = instant_of(day, time()), instant_of(day + timedelta(days=1), time())
        row = _COUNTS.first(self._connection, {"day": day, "begins": begins, "ends": ends})
        assert row is not None, "counts are always one row"
        return DayCounts(
            checked_in=row.checked_in - self._came_again(day),
            placed=row.placed,
            taught=row.taught,
            printed=row.printed,
            aboard=row.aboard if row.doors else None,
            arrived=row.arrived or None,
            back=row.back or None,
            paid=row.paid if row.answered else None,
        )

    def _came_again(self, day: date) -> int:
        """Return how many visits of a day are of people who came under another registration, too."""
        merged = [row.worker for row in _OF_MERGED.all(self._connection, {"day": day})]
        return len(merged) - len({min(ids_of(self._connection, worker)) for worker in merged})

    def coaches(self, day: date) -> Sequence[CoachOfDay]:
        """Return the coaches of a day by departure."""
        rows = _COACHES.all(self._connection, {"day": day})
        return [_coach(row) for row in rows]

    def people(self, trips: Sequence[TripId]) -> Sequence[PersonOfDay]:
        """Return who has a seat of these trips: who took it here, in order, then whom the bureau told of."""
        if not trips:
            return []
        asked = {"seats": [seats_of(of) for of in trips], "trips": list(trips)}
        own = self._connection.execute(_PEOPLE, asked).all()
        told = self._connection.execute(_RIDERS, asked).all()
        return [
            PersonOfDay(
                worker=WorkerId(row.worker),
                name=row.name,
                number_tail=row.tail,
                queue_number=row.queue_number,
                slip=SlipNumber(row.slip),
                slip_state=None if row.state is None else SlipState(row.state),
                job=JobId(row.job),
                title=row.title,
                trip=TripId(row.trip),
                is_aboard=row.aboard is not None,
            )
            for row in (*own, *told)
        ]

    def open_slips(self) -> Sequence[OpenSlip]:
        """Return the slips that are uncertain or were never sent, the longest unchanged first."""
        return [
            OpenSlip(SlipNumber(row.number), SlipState(row.state), row.changed_at, row.name, row.tail)
            for row in _OPEN_SLIPS.all(self._connection)
        ]

    def queue_numbers(self, workers: Sequence[WorkerId], day: date) -> Mapping[WorkerId, str]:
        """Return the number of the day of those among these people who have one."""
        if not workers:
            return {}
        rows = self._connection.execute(_QUEUE_NUMBERS, {"workers": workers, "day": day})
        return {WorkerId(row.worker): row.queue_number for row in rows}


def _coach(row: Row) -> CoachOfDay:
    """Return a coach; who rides with one that was formed is known where it was formed alone."""
    item, is_ours = read_trip(row.body), bool(row.is_door_here)
    open_seats = _open(row.open_at_bureau, row.here)
    if item.is_formed:
        open_seats = max(item.seats - row.riding, 0) if is_ours else None
    return CoachOfDay(item, open_seats, is_door_here=is_ours, missing=row.missing)


def _open(at_bureau: int | None, here: int | None) -> int | None:
    """Return what is open: what the bureau told, and never less than this kiosk holds itself."""
    return None if at_bureau is None else max(at_bureau, here or 0)
