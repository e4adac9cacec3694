"""Rows that come down, each a current value: kept by topic, and put aside whole when not understood."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.domain.ids import JobId, TripId, places_of, seats_of
from kiosk.domain.jobs import PayRule
from kiosk.messages.feed import (
    TOPIC_ORDER,
    CapsuleBody,
    EmployerBody,
    FeedRow,
    JobBody,
    KeyBody,
    ParameterBody,
    StaffBody,
    TripBody,
)
from kiosk.storage.feed_tables import capsule, employer, job, parameter, slip_key, trip, unread_row
from kiosk.storage.feed_values import employer_of, job_of, pay_rank, trip_of
from kiosk.storage.openings import refresh_openings
from kiosk.storage.search_terms import TradeNames, Wordings
from kiosk.storage.tables import quota, staff_member

Columns = dict[str, Any]

_TABLES: dict[str, Table] = {
    "parameter": parameter,
    "staff": staff_member,
    "employer": employer,
    "trip": trip,
    "job": job,
    "capsule": capsule,
    "key": slip_key,
}


class FeedRows:
    """Applies rows of one scope within one transaction."""

    def __init__(self, connection: Connection, scope: str, trade_names: TradeNames) -> None:
        """Write within the transaction of `connection`."""
        self._connection = connection
        self._scope = scope
        self._wordings = Wordings(connection, trade_names)
        self._columns: dict[str, Callable[[FeedRow], Columns]] = {
            "parameter": _parameter,
            "staff": _staff,
            "employer": _employer,
            "trip": _trip,
            "job": self._job,
            "capsule": _capsule,
            "key": _key,
        }

    def forget_scope(self) -> None:
        """Forget all that this scope ever told; numbers granted and spent are not the feed's to forget."""
        for table in (*_TABLES.values(), unread_row):
            self._connection.execute(delete(table).where(table.c.scope == self._scope))

    def apply(self, rows: Sequence[FeedRow]) -> None:
        """Apply rows topic by topic, so that a job never comes before its trip."""
        for topic in (*TOPIC_ORDER, *sorted({row.topic for row in rows} - set(TOPIC_ORDER))):
            of_topic = [row for row in rows if row.topic == topic]
            if of_topic:
                self._apply_topic(topic, of_topic)

    def _apply_topic(self, topic: str, rows: Sequence[FeedRow]) -> None:
        table = _TABLES.get(topic, unread_row)
        self._delete(table, [row for row in rows if row.is_deleted])
        alive = {row.id: row for row in rows if not row.is_deleted}
        kept: list[Columns] = []
        for row in alive.values():
            columns = self._understood(row)
            if columns is None:
                self._put_aside(row)
            else:
                kept.append({"id": row.id, "scope": self._scope, "pos": row.pos, **columns})
        if kept:
            self._keep(topic, table, kept)

    def _understood(self, row: FeedRow) -> Columns | None:
        """Return the row's columns, or None: a word of a newer bureau must not stop everything behind it."""
        columns = self._columns.get(row.topic)
        try:
            return None if columns is None else columns(row)
        except ValueError:
            return None

    def _keep(self, topic: str, table: Table, kept: list[Columns]) -> None:
        if topic == "trip":
            self._add_quotas([{"id": seats_of(TripId(item["id"])), "here": 0} for item in kept])
        if topic == "job":
            self._set_open([(places_of(JobId(item["id"])), item.pop("told_open")) for item in kept])
        self._connection.execute(_upsert(table, kept[0]), kept)
        if topic in {"job", "trip"}:
            name = places_of if topic == "job" else seats_of
            refresh_openings(self._connection, [name(item["id"]) for item in kept])

    def _add_quotas(self, rows: list[Columns]) -> None:
        self._connection.execute(upsert(quota).on_conflict_do_nothing(), rows)

    def _set_open(self, places: Sequence[tuple[str, int]]) -> None:
        set_open_places(self._connection, places)

    def _put_aside(self, row: FeedRow) -> None:
        columns = {"id": row.id, "scope": self._scope, "pos": row.pos, "topic": row.topic, "body": row.body}
        self._connection.execute(_upsert(unread_row, columns), columns)

    def _delete(self, table: Table, rows: Sequence[FeedRow]) -> None:
        if rows:
            gone = delete(table).where(table.c.id == bindparam("gone"), table.c.scope == self._scope)
            self._connection.execute(gone, [{"gone": row.id} for row in rows])

    def _job(self, row: FeedRow) -> Columns:
        body = JobBody.model_validate_json(row.body)
        item = job_of(body)
        return {
            "state": item.state.value,
            "station": item.station,
            "family": item.family.value,
            "trade": item.trade,
            "wording": self._wordings.id_of(item.trade, item.title),
            "trip": item.trip,
            "headcount": item.headcount,
            "pay_rank": pay_rank(item),
            "starts": item.shift.starts,
            "first_day": item.shift.first_day,
            "valid_until": item.valid_until,
            "is_same_day_pay": item.pay.rule is PayRule.SAME_DAY,
            "has_coach": item.trip is not None,
            "open_places": 0,  # what is open is worked out from the quotas, once the row is there
            "open_here": 0,
            "is_open": False,
            "body": row.body,
            "told_open": body.open_places,
        }


def set_open_places(connection: Connection, places: Sequence[tuple[str, int]]) -> None:
    """Remember what the bureau believes is open of each quota; jobs are refreshed by the caller."""
    statement = upsert(quota)
    statement = statement.on_conflict_do_update(
        index_elements=["id"], set_={"open_at_bureau": statement.excluded.open_at_bureau}
    )
    rows = [{"id": of, "here": 0, "open_at_bureau": count} for of, count in places]
    connection.execute(statement, rows)


def _upsert(table: Table, columns: Columns) -> Any:  # noqa: ANN401 - the statement's type has no public name
    statement = upsert(table)
    keys = [column.name for column in table.primary_key]
    changed = {name: statement.excluded[name] for name in columns if name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


def _parameter(row: FeedRow) -> Columns:
    return ParameterBody.model_validate_json(row.body).model_dump()


def _staff(row: FeedRow) -> Columns:
    return StaffBody.model_validate_json(row.body).model_dump(exclude={"id"})


def _employer(row: FeedRow) -> Columns:
    employer_of(EmployerBody.model_validate_json(row.body))
    return {"body": row.body}


def _trip(row: FeedRow) -> Columns:
    item = trip_of(TripBody.model_validate_json(row.body))
    departs_at = item.departs_at.isoformat("minutes")
    return {"day": item.day, "departs_at": departs_at, "seats": item.seats, "body": row.body}


def _capsule(row: FeedRow) -> Columns:
    return {"sealed": CapsuleBody.model_validate_json(row.body).sealed}


def _key(row: FeedRow) -> Columns:
    return KeyBody.model_validate_json(row.body).model_dump(exclude={"key_id"})
