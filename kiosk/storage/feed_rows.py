"""Rows that come down, each a current value: read into changes first, written by topic afterwards.

Reading needs no database, so nobody waits for it. What this version does not understand is put aside whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, or_, select, update
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.domain.ids import JobId, TripId, places_of, seats_of
from kiosk.domain.jobs import JobState, PayRule
from kiosk.domain.traits import traits_of, written
from kiosk.messages.course_bodies import CourseBody, course_of
from kiosk.messages.feed import (
    TOPIC_ORDER,
    CapsuleBody,
    EmployerBody,
    ErasureBody,
    FeedRow,
    JobBody,
    KeyBody,
    ParameterBody,
    RiderBody,
    StaffBody,
    TripBody,
)
from kiosk.messages.meanings import employer_of, job_of, trip_of
from kiosk.messages.merge_bodies import MergeBody
from kiosk.statements import Statement
from kiosk.storage.doors import is_block
from kiosk.storage.education_tables import course
from kiosk.storage.feed_tables import (
    capsule,
    employer,
    erasure,
    job,
    parameter,
    rider,
    slip_key,
    trip,
    unread_row,
)
from kiosk.storage.feed_values import pay_rank
from kiosk.storage.fleet import driver_columns, vehicle_columns
from kiosk.storage.merge_tables import merge
from kiosk.storage.openings import known_trips, openings_of, refresh_openings
from kiosk.storage.search_terms import Wording
from kiosk.storage.settings import distrust_kept_parameters
from kiosk.storage.sign_ups import is_sign_up
from kiosk.storage.tables import quota, staff_member
from kiosk.storage.told_parts import is_part
from kiosk.storage.trip_tables import driver, vehicle

Columns = dict[str, Any]

_TABLES: dict[str, Table] = {
    "parameter": parameter,
    "course": course,
    "staff": staff_member,
    "employer": employer,
    "vehicle": vehicle,
    "driver": driver,
    "trip": trip,
    "job": job,
    "capsule": capsule,
    "key": slip_key,
    "rider": rider,
    "erasure": erasure,
    "merge": merge,
}
_FOR_EVER = (erasure, merge)
_TOLD_ANEW = (*(table for table in reversed(_TABLES.values()) if table not in _FOR_EVER), unread_row)
"""What a scope that is told from its beginning forgets first, jobs before their trips.

Erasures stay, and merges: one that was undone here is not told so yet.
"""
_PROMISED = "job"
"""Where its newest words are not understood, nobody is promised anything by the words before."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one row does to one table; `columns` None takes it away.

    A job's columns hold its wording as words and what the bureau believes is open; both become columns of
    the table when they are written.
    """

    table: Table
    id: str
    columns: Columns | None

    @property
    def wording(self) -> Wording | None:
        """Return the wording that a job needs, None of every other change."""
        return self.columns["wording"] if self.columns is not None and self.table is job else None


def read_changes(scope: str, rows: Sequence[FeedRow]) -> Iterator[Change]:
    """Yield what rows of one scope change, topic by topic, so that a job never comes before its trip.

    Jobs that are alike come one after another: they stand side by side in most indexes, and each page of an
    index is encrypted once a commit.
    """
    for topic in (*TOPIC_ORDER, *sorted({row.topic for row in rows} - set(TOPIC_ORDER))):
        of_topic = [row for row in rows if row.topic == topic]
        table = _TABLES.get(topic, unread_row)
        alive = {row.id: row for row in of_topic if not row.is_deleted}
        read = sorted((_read(scope, row) for row in alive.values()), key=_place)
        gone = [row.id for row in of_topic if row.is_deleted]
        if topic == _PROMISED:
            gone += [change.id for change in read if _is_put_aside(change)]
        yield from (Change(table, row_id, None) for row_id in gone)
        yield from read


def learned_scopes(connection: Connection) -> set[str]:
    """Return the scopes of which something was put aside that this version understands."""
    rows = connection.execute(select(unread_row)).all()
    return {
        row.scope
        for row in rows
        if _is_learned(FeedRow(topic=row.topic, id=row.id, pos=row.pos, body=row.body))
    }


def told_by(connection: Connection, scope: str) -> list[Change]:
    """Return what forgets all that a scope ever told; granted and spent numbers are not the feed's."""
    return [
        Change(table, row_id, None)
        for table in _TOLD_ANEW
        for row_id in connection.execute(select(table.c.id).where(table.c.scope == scope)).scalars()
    ]


def write_changes(
    connection: Connection, scope: str, changes: Iterable[Change], wordings: dict[Wording, int]
) -> None:
    """Write changes of one scope in their order; `wordings` has every wording that they need."""
    for (table, is_gone), alike in groupby(changes, key=lambda item: (item.table, item.columns is None)):
        if table is parameter:
            distrust_kept_parameters(connection)
        if is_gone:
            statement = _forgetting(table)
            gone = [item.id for item in alike]
            statement.run_each(
                connection, [statement.bound({"gone": of, "from_scope": scope}) for of in gone]
            )
            if table is trip:
                _show_jobs_of(connection, gone)
            continue
        kept = [item.columns for item in alike if item.columns is not None]
        if table is job:
            _write_jobs(connection, _with_openings(connection, kept, wordings))
        elif table is trip:
            _write_trips(connection, kept)
        else:
            _write(connection, table, kept)


def set_open_places(connection: Connection, places: Sequence[tuple[str, int]]) -> None:
    """Remember what the bureau believes is open of each quota; jobs are refreshed by the caller."""
    rows = ({"id": of, "here": 0, "open_at_bureau": count} for of, count in places)
    _SET_OPEN.run_each(connection, [_SET_OPEN.bound(row) for row in rows])


def _write(connection: Connection, table: Table, rows: Sequence[Columns]) -> None:
    statement = _keeping(table)
    statement.run_each(connection, [statement.bound(columns) for columns in rows])


def _write_trips(connection: Connection, rows: Sequence[Columns]) -> None:
    """Write trips; of one that is known nothing opens or closes, and looking at all its jobs takes long."""
    told = {columns["id"] for columns in rows}
    come = told - known_trips(connection, told)
    _write(connection, trip, rows)
    _show_jobs_of(connection, sorted(come))


def _show_jobs_of(connection: Connection, trips: Iterable[str]) -> None:
    """Show jobs whose coach has come, and hide those whose coach is gone."""
    refresh_openings(connection, [seats_of(TripId(of)) for of in trips])


def _read(scope: str, row: FeedRow) -> Change:
    columns = _understood(row)
    if columns is None:
        columns = {"topic": row.topic, "body": row.body}
        return Change(unread_row, row.id, {"id": row.id, "scope": scope, "pos": row.pos, **columns})
    return Change(_TABLES[row.topic], row.id, {"id": row.id, "scope": scope, "pos": row.pos, **columns})


def _is_learned(row: FeedRow) -> bool:
    return _understood(row) is not None or is_block(row) or is_sign_up(row) or is_part(row)


def _understood(row: FeedRow) -> Columns | None:
    """Return the row's columns, or None: a word of a newer bureau must not stop everything behind it."""
    read = _READ.get(row.topic)
    try:
        return None if read is None else read(row)
    except ValueError:
        return None


def _is_put_aside(change: Change) -> bool:
    return change.table is unread_row


def _place(change: Change) -> tuple[Any, ...]:
    columns = change.columns
    if columns is None or change.table is not job:
        return (_is_put_aside(change),)
    return False, columns["family"], columns["wording"], columns["pay_rank"]


def _with_openings(
    connection: Connection, jobs: Sequence[Columns], wordings: dict[Wording, int]
) -> list[Columns]:
    """Return jobs as their table keeps them, with what is open of each by the quotas as they are now."""
    set_open_places(connection, [(places_of(JobId(item["id"])), item["told_open"]) for item in jobs])
    openings = openings_of(connection, [(item["id"], item["trip"]) for item in jobs])
    rows = []
    for item in jobs:
        open_places, open_here = openings[item["id"]]
        is_open = item["state"] == JobState.PUBLISHED and max(open_places, open_here) > 0
        row = item | {"open_places": open_places, "open_here": open_here, "is_open": is_open}
        del row["told_open"]
        rows.append(row | {"wording": wordings[item["wording"]]})
    return rows


def _write_jobs(connection: Connection, rows: Sequence[Columns]) -> None:
    """Write jobs; one of which no index tells anything new is written without touching them."""
    kept = _KEEP_JOB.run_each(connection, [_KEEP_JOB.bound(row) for row in rows])
    if kept < len(rows):
        _REFRESH_JOB.run_each(connection, [_REFRESH_JOB.bound(row) for row in rows])


@cache
def _keeping(table: Table) -> Statement:
    return Statement(_upserted(table))


@cache
def _forgetting(table: Table) -> Statement:
    return Statement(
        delete(table).where(table.c.id == bindparam("gone"), table.c.scope == bindparam("from_scope"))
    )


def _upserted(table: Table, *, indexed: Collection[str] = ()) -> Insert:
    """Return what keeps a row; with `indexed` columns, a known row only when one of them changes.

    A merge that was undone stays undone, whatever is told of it.
    """
    statement = upsert(table)
    changed = {column.name: statement.excluded[column.name] for column in table.c if not column.primary_key}
    differs = [table.c[name].is_distinct_from(statement.excluded[name]) for name in sorted(indexed)]
    keys = [column.name for column in table.primary_key]
    if table is merge:
        return statement.on_conflict_do_update(index_elements=keys, set_=changed, where=~merge.c.is_undone)
    return statement.on_conflict_do_update(
        index_elements=keys, set_=changed, where=or_(*differs) if differs else None
    )


def _parameter(row: FeedRow) -> Columns:
    return ParameterBody.model_validate_json(row.body).model_dump()


def _course(row: FeedRow) -> Columns:
    course_of(CourseBody.model_validate_json(row.body))
    return {"body": row.body}


def _staff(row: FeedRow) -> Columns:
    return StaffBody.model_validate_json(row.body).model_dump(exclude={"id"})


def _employer(row: FeedRow) -> Columns:
    employer_of(EmployerBody.model_validate_json(row.body))
    return {"body": row.body}


def _trip(row: FeedRow) -> Columns:
    told = TripBody.model_validate_json(row.body)
    item = trip_of(told)
    departs_at = item.departs_at.isoformat("minutes")
    return {
        "day": item.day,
        "departs_at": departs_at,
        "seats": item.seats,
        "body": row.body,
        "door": told.door,
    }


def _job(row: FeedRow) -> Columns:
    body = JobBody.model_validate_json(row.body)
    item = job_of(body)
    return {
        "state": item.state.value,
        "station": item.station,
        "family": item.family.value,
        "trade": item.trade,
        "wording": (item.trade, item.title),
        "trip": item.trip,
        "headcount": item.headcount,
        "pay_rank": pay_rank(item),
        "starts": item.shift.starts,
        "first_day": item.shift.first_day,
        "valid_until": item.valid_until,
        "is_same_day_pay": item.pay.rule is PayRule.SAME_DAY,
        "has_coach": item.trip is not None,
        "town": item.place.town,
        "travel_min": item.place.travel_min,
        "traits": written(traits_of(item)),
        "body": row.body,
        "told_open": body.open_places,
    }


def _capsule(row: FeedRow) -> Columns:
    return {"sealed": CapsuleBody.model_validate_json(row.body).sealed}


def _key(row: FeedRow) -> Columns:
    return KeyBody.model_validate_json(row.body).model_dump(exclude={"key_id"})


def _rider(row: FeedRow) -> Columns:
    return RiderBody.model_validate_json(row.body).model_dump(exclude={"slip"})


def _erasure(row: FeedRow) -> Columns:
    return ErasureBody.model_validate_json(row.body).model_dump()


def _merge(row: FeedRow) -> Columns:
    return MergeBody.model_validate_json(row.body).model_dump()


_READ: dict[str, Callable[[FeedRow], Columns]] = {
    "parameter": _parameter,
    "course": _course,
    "staff": _staff,
    "employer": _employer,
    "vehicle": vehicle_columns,
    "driver": driver_columns,
    "trip": _trip,
    "job": _job,
    "capsule": _capsule,
    "key": _key,
    "rider": _rider,
    "erasure": _erasure,
    "merge": _merge,
}

_INDEXED = {column.name for index in job.indexes for column in index.columns} - {"id"}
_KEEP_JOB = Statement(_upserted(job, indexed=_INDEXED))
_REFRESH_JOB = Statement(
    update(job).where(job.c.id == bindparam("id")), *sorted(set(job.columns.keys()) - _INDEXED - {"id"})
)
_TOLD_OPEN = upsert(quota)
_SET_OPEN = Statement(
    _TOLD_OPEN.on_conflict_do_update(
        index_elements=["id"],
        set_={"open_at_bureau": _TOLD_OPEN.excluded.open_at_bureau},
        where=quota.c.open_at_bureau.is_distinct_from(_TOLD_OPEN.excluded.open_at_bureau),
    ),
    "id",
    "here",
    "open_at_bureau",
)
