"""What is open: a job's places as the bureau believes, and as this kiosk may hand them out now.

Both are the smaller one of the job's places and its trip's seats, kept with the job so that the board
can be read from one index. Whoever changes a quota refreshes the jobs behind it in the same transaction, and
so does whoever brings or takes away a trip: while a job's coach is not known here, nothing of the job is
open, so that nobody reads of it as of a job that no coach goes to.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)

from kiosk.domain.ids import JobId, TripId, places_of, seats_of
from kiosk.domain.jobs import JobState
from kiosk.statements import Row, Statement
from kiosk.storage.feed_tables import job, trip
from kiosk.storage.tables import quota

_PLACES = places_of(JobId(""))
_SEATS = seats_of(TripId(""))
_ANY_NUMBER = 2**31


def _of_places(column: ColumnElement[int]) -> ColumnElement[int]:
    return func.coalesce(
        select(column).where(quota.c.id == literal(_PLACES).op("||")(job.c.id)).scalar_subquery(), 0
    )


def _of_seats(column: ColumnElement[int], unknown: int) -> ColumnElement[int]:
    seats = select(column).where(quota.c.id == literal(_SEATS).op("||")(job.c.trip)).scalar_subquery()
    is_here = exists().where(trip.c.id == job.c.trip)
    return case(
        (job.c.trip.is_(None), _ANY_NUMBER), (is_here, func.coalesce(seats, unknown)), else_=literal(0)
    )


_OPEN_PLACES = func.min(_of_places(quota.c.open_at_bureau), _of_seats(quota.c.open_at_bureau, _ANY_NUMBER))
_OPEN_HERE = func.min(_of_places(quota.c.here), _of_seats(quota.c.here, 0))
_IS_OPEN = and_(job.c.state == JobState.PUBLISHED.value, or_(_OPEN_PLACES > 0, _OPEN_HERE > 0))
# Every index of the board begins with `is_open`, so naming that column writes all of them again: only a job
# that opens or closes pays for it. A job of which nothing changed is not written at all.
_TURNING = (
    update(job)
    .values(open_places=_OPEN_PLACES, open_here=_OPEN_HERE, is_open=_IS_OPEN)
    .where(job.c.is_open != _IS_OPEN)
)
_STAYING = (
    update(job)
    .values(open_places=_OPEN_PLACES, open_here=_OPEN_HERE)
    .where(or_(job.c.open_places != _OPEN_PLACES, job.c.open_here != _OPEN_HERE))
)
_OF_JOB = [Statement(turn.where(job.c.id == bindparam("of"))) for turn in (_TURNING, _STAYING)]
_OF_TRIP = [Statement(turn.where(job.c.trip == bindparam("of"))) for turn in (_TURNING, _STAYING)]
_ASKED = func.json_each(bindparam("ids")).table_valued("value")
_QUOTAS = Statement(
    select(quota.c.id, quota.c.open_at_bureau, quota.c.here).where(quota.c.id.in_(select(_ASKED.c.value)))
)
_TRIPS = Statement(select(trip.c.id).where(trip.c.id.in_(select(_ASKED.c.value))))


def refresh_openings(connection: Connection, quotas: Iterable[str]) -> None:
    """Recompute what is open for every job that needs one of these quotas."""
    for item in quotas:
        is_places = item.startswith(_PLACES)
        of = {"of": item.removeprefix(_PLACES if is_places else _SEATS)}
        for statement in _OF_JOB if is_places else _OF_TRIP:
            statement.run(connection, of)


def known_trips(connection: Connection, trips: Iterable[str]) -> set[str]:
    """Return which of these trips are kept here."""
    return {row.id for row in _TRIPS.all(connection, {"ids": json.dumps(sorted(trips))})}


def open_at_bureau(connection: Connection, quotas: Iterable[str]) -> Mapping[str, int | None]:
    """Return what the bureau was believed to have open of these alone: those of what is over stay, too."""
    rows = _QUOTAS.all(connection, {"ids": json.dumps(list(quotas))})
    return {row.id: row.open_at_bureau for row in rows}


def openings_of(
    connection: Connection, jobs: Sequence[tuple[str, str | None]]
) -> Mapping[str, tuple[int, int]]:
    """Return (open places, open here) of each (job, trip), as `refresh_openings` will find them."""
    needed = {_PLACES + of for of, _ in jobs} | {_SEATS + name for _, name in jobs if name is not None}
    quotas = {row.id: row for row in _QUOTAS.all(connection, {"ids": json.dumps(sorted(needed))})}
    coaches = {name for _, name in jobs if name is not None}
    missing = coaches - known_trips(connection, coaches)
    return {
        of: (0, 0)
        if name in missing
        else _openings(
            quotas.get(_PLACES + of), quotas.get(_SEATS + (name or "")), has_coach=name is not None
        )
        for of, name in jobs
    }


def _openings(places: Row | None, seats: Row | None, *, has_coach: bool) -> tuple[int, int]:
    at_bureau = (places.open_at_bureau or 0) if places else 0
    here = places.here if places else 0
    if not has_coach:
        return at_bureau, here
    seats_at_bureau = seats.open_at_bureau if seats else None
    return (
        at_bureau if seats_at_bureau is None else min(at_bureau, seats_at_bureau),
        min(here, seats.here if seats else 0),
    )
