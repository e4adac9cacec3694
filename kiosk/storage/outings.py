"""Coaches on their way: who went out, who answered when, what befell them, who is back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, literal, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.actions.outing_ports import Outing, Passenger
from kiosk.domain.ids import JobId, SlipNumber, StaffId, TripId, WorkerId
from kiosk.domain.incidents import Incident, IncidentKind, Severity, Told
from kiosk.domain.returns import ReturnMark, Whereabouts
from kiosk.domain.segments import Boundary, HandOver, Party, Proof
from kiosk.statements import Row, Statement
from kiosk.storage.door_tables import boarded_slip
from kiosk.storage.feed_tables import rider, trip
from kiosk.storage.feed_values import read_trip
from kiosk.storage.outing_tables import hand_over, incident, outing, return_mark
from kiosk.storage.restriction_tables import restriction
from kiosk.storage.tables import check_in, placement, worker

_FACTS = (trip.c.id, trip.c.day, trip.c.body, bindparam("at", type_=boarded_slip.c.at.type), literal(0))
BEGIN = Statement(
    upsert(outing)
    .from_select(
        ["trip", "day", "body", "opened_at", "is_settled"],
        select(*_FACTS).where(trip.c.id == bindparam("trip")),
    )
    .on_conflict_do_nothing()
)
"""Whoever comes aboard first begins the outing; `at` is when, `trip` which coach."""
_OF = Statement(select(outing).where(outing.c.trip == bindparam("trip")))
_UNSETTLED = Statement(
    select(outing).where(text("outing.is_settled = 0")).order_by(outing.c.day, outing.c.trip)
)
_NUMBER = func.coalesce(check_in.c.queue_number, rider.c.queue_number, "").label("queue_number")
_WORKER = func.coalesce(placement.c.worker, rider.c.worker)
_PHONE = func.coalesce(worker.c.phone, "").label("phone")
_PASSENGERS = Statement(
    select(
        boarded_slip.c.slip,
        boarded_slip.c.at,
        _WORKER.label("worker"),
        func.coalesce(placement.c.job, rider.c.job).label("job"),
        func.coalesce(placement.c.title, "").label("title"),
        func.coalesce(worker.c.name, "").label("name"),
        func.coalesce(worker.c.number_tail, "").label("tail"),
        _PHONE,
        func.coalesce(restriction.c.is_restricted, literal(0)).label("is_restricted"),
        _NUMBER,
    )
    .outerjoin(placement, placement.c.slip == boarded_slip.c.slip)
    .outerjoin(rider, rider.c.id == boarded_slip.c.slip)
    .outerjoin(worker, worker.c.id == _WORKER)
    .outerjoin(restriction, restriction.c.worker == _WORKER)
    .outerjoin(check_in, (check_in.c.worker == placement.c.worker) & (check_in.c.day == placement.c.taken_on))
    .where(boarded_slip.c.trip == bindparam("trip"))
    .order_by(boarded_slip.c.at, boarded_slip.c.slip)
)
_MARKS = Statement(select(return_mark).where(return_mark.c.trip == bindparam("trip")))
_FORGET_MARK = Statement(delete(return_mark).where(return_mark.c.slip == bindparam("of")))
_MARKED = upsert(return_mark)
_MARK = Statement(
    _MARKED.on_conflict_do_update(
        index_elements=["slip"],
        set_={name: _MARKED.excluded[name] for name in ("whereabouts", "at", "reason", "until")},
    ),
    *return_mark.c.keys(),
)
_CLOSE = Statement(update(outing).where(outing.c.trip == bindparam("of")).values(closed_at=bindparam("then")))
_SETTLE = Statement(
    update(outing).where(outing.c.trip == bindparam("of")).values(is_settled=bindparam("then"))
)
_HANDED = Statement(
    select(hand_over)
    .where(hand_over.c.trip == bindparam("trip"))
    .order_by(hand_over.c.at, hand_over.c.noted_at)
)
_HAND = Statement(insert(hand_over))
_INCIDENTS = Statement(
    select(incident).where(incident.c.trip == bindparam("trip")).order_by(incident.c.at.desc(), incident.c.id)
)
_OPEN_INCIDENTS = Statement(select(incident).where(text("closed_at IS NULL")).order_by(incident.c.at))
_TOLD = upsert(incident)
_KEEP_INCIDENT = Statement(
    _TOLD.on_conflict_do_update(
        index_elements=["id"],
        set_={name: _TOLD.excluded[name] for name in ("done", "told", "closed_at", "outcome")},
    ),
    *incident.c.keys(),
)


class SqlOutings:
    """The outings of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection

    def of(self, trip_id: TripId) -> Outing | None:
        """Return the outing of a trip; None while nobody came aboard here."""
        row = _OF.first(self._connection, {"trip": trip_id})
        return None if row is None else _outing(row)

    def unsettled(self) -> Sequence[Outing]:
        """Return the outings from which not everybody is back, the oldest day first."""
        return [_outing(row) for row in _UNSETTLED.all(self._connection)]

    def passengers(self, trip_id: TripId) -> Sequence[Passenger]:
        """Return who came aboard here, in that order."""
        return [_passenger(row) for row in _PASSENGERS.all(self._connection, {"trip": trip_id})]

    def marks(self, trip_id: TripId) -> Mapping[SlipNumber, ReturnMark]:
        """Return what was said last of each passenger of whom anything was said."""
        rows = _MARKS.all(self._connection, {"trip": trip_id})
        return {SlipNumber(row.slip): _mark(row) for row in rows}

    def mark(self, trip_id: TripId, said: Sequence[ReturnMark]) -> None:
        """Keep what is said now; somebody who is out is one of whom nothing was said."""
        for each in said:
            if each.where is Whereabouts.OUT:
                _FORGET_MARK.run(self._connection, {"of": each.slip})
                continue
            facts = {"whereabouts": each.where.value, "reason": each.reason, "until": each.until}
            _MARK.run(self._connection, {"slip": each.slip, "trip": trip_id, "at": each.at, **facts})

    def close(self, trip_id: TripId, at: datetime) -> None:
        """Keep that everybody was counted."""
        _CLOSE.run(self._connection, {"of": trip_id, "then": at})

    def settle(self, trip_id: TripId, *, is_settled: bool) -> None:
        """Keep whether everybody is back, so that nobody need look at the outing again."""
        _SETTLE.run(self._connection, {"of": trip_id, "then": is_settled})

    def hand_overs(self, trip_id: TripId) -> Sequence[HandOver]:
        """Return the hand-overs of a trip by their time."""
        return [_handed(row) for row in _HANDED.all(self._connection, {"trip": trip_id})]

    def hand_over(self, told: HandOver) -> None:
        """Keep a hand-over."""
        facts = {column.name: getattr(told, column.name) for column in hand_over.c}
        words = {"boundary": told.boundary.value, "proof": told.proof.value}
        _HAND.run(self._connection, {**facts, **words})

    def incidents(self, trip_id: TripId) -> Sequence[Incident]:
        """Return what befell people of a trip, the newest first."""
        return [_incident(row) for row in _INCIDENTS.all(self._connection, {"trip": trip_id})]

    def open_incidents(self) -> Sequence[Incident]:
        """Return every incident that nobody has closed, the oldest first."""
        return [_incident(row) for row in _OPEN_INCIDENTS.all(self._connection)]

    def keep_incident(self, told: Incident) -> None:
        """Keep an incident, new or told anew."""
        facts = {column.name: getattr(told, column.name) for column in incident.c}
        words = {name: facts[name].value for name in ("kind", "severity", "party")}
        listed = json.dumps([each.value for each in told.told])
        _KEEP_INCIDENT.run(self._connection, {**facts, **words, "told": listed})


def _outing(row: Row) -> Outing:
    return Outing(read_trip(row.body), row.opened_at, row.closed_at)


def _passenger(row: Row) -> Passenger:
    return Passenger(
        slip=SlipNumber(row.slip),
        boarded_at=row.at,
        worker=WorkerId(row.worker) if row.worker else None,
        name=row.name,
        number_tail=row.tail,
        queue_number=row.queue_number,
        phone="" if row.is_restricted else row.phone,
        job=JobId(row.job) if row.job else None,
        title=row.title,
    )


def _mark(row: Row) -> ReturnMark:
    return ReturnMark(SlipNumber(row.slip), Whereabouts(row.whereabouts), row.at, row.reason, row.until)


def _handed(row: Row) -> HandOver:
    return HandOver(
        id=row.id,
        trip=TripId(row.trip),
        boundary=Boundary(row.boundary),
        at=row.at,
        noted_at=row.noted_at,
        place=row.place,
        headcount=row.headcount,
        expected=row.expected,
        signer=row.signer,
        proof=Proof(row.proof),
        signature=row.signature,
        exceptions=row.exceptions,
    )


def _incident(row: Row) -> Incident:
    return Incident(
        id=row.id,
        trip=TripId(row.trip),
        at=row.at,
        kind=IncidentKind(row.kind),
        severity=Severity(row.severity),
        party=Party(row.party),
        people=row.people,
        done=row.done,
        told=tuple(Told(each) for each in json.loads(row.told)),
        noted_by=StaffId(row.noted_by),
        closed_at=row.closed_at,
        outcome=row.outcome,
    )
