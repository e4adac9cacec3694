"""Quotas and rights as rows: the pure functions of the protocol between reading and writing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, select, update

from kiosk.bureau.rows import has, put
from kiosk.bureau.tables import quota, rights
from kiosk.domain.ids import QuotaId, StreamId
from kiosk.domain.quotas import NumberSet
from kiosk.messages.sync import RightGrant, RightView
from kiosk.protocol.quotas import QuotaState, Right, opened_quota, resize


@dataclass(frozen=True, slots=True)
class Limit:
    """What a published thing limits: a job's places or a trip's seats.

    `dawn_percent` is what part of them is given out at dawn, None for the usual one.
    """

    quota: QuotaId
    topic: str
    entity: str
    capacity: int
    closes_at: datetime
    is_open: bool
    dawn_percent: int | None = None


def set_limit(connection: Connection, scope: str, limit: Limit) -> None:
    """Open, resize or close a quota to what was published; closing ends grants, never what is in hands."""
    state = load(connection, limit.quota)
    if state is None and not limit.is_open:
        return
    facts = {
        "scope": scope,
        "topic": limit.topic,
        "entity": limit.entity,
        "closes_at": limit.closes_at,
        "is_closed": not limit.is_open,
        "dawn_percent": limit.dawn_percent,
    }
    if state is None:
        fresh = {**_counted(opened_quota(limit.capacity)), "held_count": 0, "was_spent": False}
        put(connection, quota, {"id": limit.quota}, {**facts, **fresh})
    else:
        put(connection, quota, {"id": limit.quota}, {**facts, **_counted(resize(state, limit.capacity))})


def load(connection: Connection, name: QuotaId) -> QuotaState | None:
    """Return who holds which numbers, or None for a quota nobody published."""
    row = connection.execute(select(quota.c.capacity, quota.c.free).where(quota.c.id == name)).first()
    if row is None:
        return None
    held = connection.execute(select(rights).where(rights.c.quota == name))
    return QuotaState(row.capacity, row.free, {item.stream: right_of(item) for item in held})


def save(connection: Connection, name: QuotaId, state: QuotaState, stream: StreamId) -> None:
    """Write a state back in which only this stream's right changed."""
    right = state.right_of(stream)
    connection.execute(update(quota).where(quota.c.id == name).values(**_counted(state)))
    put(
        connection,
        rights,
        {"quota": name, "stream": stream},
        {"granted": right.granted, "returned": right.returned, "counted": right.counted},
    )


def save_claim(connection: Connection, name: str, stream: StreamId, state: QuotaState, now: datetime) -> None:
    """Keep a quota in which a stream claimed numbers; one nobody published yet stays closed till then."""
    if not has(connection, quota, id=name):
        topic = {"places": "job", "seats": "trip"}.get(name.partition(":")[0], "")
        facts = {"scope": "", "topic": topic, "entity": name.partition(":")[2], "closes_at": now}
        fresh = {**_counted(opened_quota(0)), "is_closed": True, "held_count": 0, "was_spent": False}
        put(connection, quota, {"id": name}, {**facts, **fresh})
    save(connection, QuotaId(name), state, stream)


def granted_of(connection: Connection, stream: str) -> dict[str, NumberSet]:
    """Return everything ever granted to a stream, by quota."""
    rows = connection.execute(select(rights.c.quota, rights.c.granted).where(rights.c.stream == stream))
    return {row.quota: row.granted for row in rows}


def hold(connection: Connection, name: QuotaId, change: int) -> None:
    """Count numbers that placements hold: +1 for a take, -1 for one given back."""
    connection.execute(
        update(quota).where(quota.c.id == name).values(held_count=quota.c.held_count + change, was_spent=True)
    )


def grants_to_tell(connection: Connection, stream: StreamId, views: Iterable[RightView]) -> list[RightGrant]:
    """Return every right of a stream that its own view does not show in full, absolute."""
    seen = {view.quota: NumberSet.of_pairs(view.granted) for view in views}
    rows = connection.execute(
        select(rights.c.quota, rights.c.granted).where(rights.c.stream == stream).order_by(rights.c.quota)
    )
    return [
        RightGrant(quota=row.quota, granted=row.granted.pairs)
        for row in rows
        if len(row.granted - seen.get(row.quota, NumberSet()))
    ]


def open_places(connection: Connection, scopes: Iterable[str], now: datetime) -> dict[str, int]:
    """Return what is left over all kiosks of every open quota that was ever spent from, for showing only.

    The others stand as their job or trip was published, so a quiet morning costs nothing.
    """
    rows = connection.execute(
        select(quota.c.id, quota.c.capacity - quota.c.held_count)
        .where(quota.c.scope.in_(list(scopes)), quota.c.closes_at > now, quota.c.was_spent.is_(True))
        .order_by(quota.c.id)
    )
    return {name: max(0, left) for name, left in rows}


def right_of(row: Row[tuple[object, ...]]) -> Right:
    """Return a stream's right as its row says."""
    return Right(row.granted, row.returned, row.counted)


def _counted(state: QuotaState) -> dict[str, object]:
    return {
        "capacity": state.capacity,
        "free": state.free,
        "free_count": len(state.free),
        "committed_count": state.committed_count,
        "over_count": state.over_count,
    }
