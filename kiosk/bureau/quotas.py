"""Quotas and rights as rows: the pure functions of the protocol between reading and writing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, select, true, update

from kiosk.bureau.portable import among, listed
from kiosk.bureau.postgres import is_beside
from kiosk.bureau.rows import change, has, put
from kiosk.bureau.tables import quota, rights
from kiosk.domain.ids import QuotaId, StreamId
from kiosk.domain.quotas import NumberSet
from kiosk.messages.sync import RightGrant, RightView
from kiosk.protocol.quotas import QuotaState, Right, opened_quota, resize
from kiosk.statements import Statement

_STATE = Statement(select(quota.c.capacity, quota.c.free).where(quota.c.id == bindparam("quota")))
_LOCK = Statement(
    select(quota.c.id)
    .where(among(quota.c.id, listed("names")))
    .order_by(quota.c.id)
    .with_for_update(key_share=True)
)
_RIGHTS = Statement(select(rights).where(rights.c.quota == bindparam("quota")))
_NAMES = listed("names")
_RIGHTS_IN = Statement(
    select(rights).where(among(rights.c.quota, _NAMES), rights.c.stream == bindparam("stream"))
)
_GRANTED = Statement(
    select(rights.c.quota, rights.c.granted).where(
        among(rights.c.quota, _NAMES), rights.c.stream == bindparam("stream")
    )
)
_IN_SCOPES = among(quota.c.scope, listed("scopes"))
# An outer join begins with what is open; by the stream one would walk through all it was ever given.
_TELLABLE = Statement(
    select(quota.c.id, rights.c.granted)
    .outerjoin(rights, (rights.c.quota == quota.c.id) & (rights.c.stream == bindparam("stream")))
    .where(_IN_SCOPES, quota.c.closes_at > bindparam("now"))
    .order_by(quota.c.id)
)
_HOLD = Statement(
    update(quota)
    .where(quota.c.id == bindparam("quota"))
    .values(held_count=quota.c.held_count + bindparam("more"), was_spent=true())
)
_OPEN = Statement(
    select(quota.c.id, (quota.c.capacity - quota.c.held_count).label("left"))
    .where(_IN_SCOPES, quota.c.closes_at > bindparam("now"), quota.c.was_spent.is_(True))
    .order_by(quota.c.id)
)


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


def lock(connection: Connection, names: Iterable[str]) -> None:
    """Let nobody else change who holds which numbers until the transaction ends; all in one order."""
    wanted = sorted(set(names))
    if wanted and is_beside(connection):
        _LOCK.all(connection, {"names": json.dumps(wanted)})


def foresee_lock(connection: Connection, names: Iterable[str]) -> None:
    """Ask ahead for that."""
    wanted = sorted(set(names))
    if wanted and is_beside(connection):
        _LOCK.foresee(connection, {"names": json.dumps(wanted)})


def load(connection: Connection, name: QuotaId) -> QuotaState | None:
    """Return who holds which numbers, or None for a quota nobody published."""
    row = _STATE.first(connection, {"quota": name})
    if row is None:
        return None
    held = _RIGHTS.all(connection, {"quota": name})
    return QuotaState(row.capacity, row.free, {item.stream: right_of(item) for item in held})


def rights_in(connection: Connection, names: Iterable[str], stream: str) -> dict[str, Right]:
    """Return what a stream has of each of these quotas, an empty right where it never had any."""
    wanted = [*names]
    rows = _RIGHTS_IN.all(connection, {"names": json.dumps(wanted), "stream": stream})
    return dict.fromkeys(wanted, Right()) | {row.quota: right_of(row) for row in rows}


def save(connection: Connection, name: QuotaId, state: QuotaState, stream: StreamId) -> None:
    """Write a state back in which only this stream's right changed."""
    right = state.right_of(stream)
    change(connection, quota, {"id": name}, _counted(state))
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


def granted_of(connection: Connection, stream: str, names: Iterable[str]) -> dict[str, NumberSet]:
    """Return everything ever granted to a stream of these quotas, by quota."""
    return {row.quota: row.granted for row in _GRANTED.all(connection, _asked(stream, names))}


def foresee_granted(connection: Connection, stream: str, names: Iterable[str]) -> None:
    """Ask ahead for that."""
    _GRANTED.foresee(connection, _asked(stream, names))


def hold(connection: Connection, name: QuotaId, more: int) -> None:
    """Count numbers that placements hold: +1 for a take, -1 for one given back."""
    _HOLD.send(connection, {"quota": name, "more": more})


def grants_to_tell(
    connection: Connection,
    stream: StreamId,
    scopes: Sequence[str],
    views: Iterable[RightView],
    now: datetime,
) -> Callable[[], list[RightGrant]]:
    """Ask for every right of a stream that its own view does not show in full, absolute.

    Kiosks do not tell for ever what is over, and nobody can use a number of it.
    """
    asked = _TELLABLE.ask(connection, {"stream": stream, "scopes": json.dumps(scopes), "now": now})
    seen = {view.quota: NumberSet.of_pairs(view.granted) for view in views}
    return lambda: [
        RightGrant(quota=name, granted=granted.pairs)
        for name, granted in asked.all()
        if granted is not None and granted != seen.get(name) and len(granted - seen.get(name, NumberSet()))
    ]


def open_places(connection: Connection, scopes: Sequence[str], now: datetime) -> Callable[[], dict[str, int]]:
    """Ask what is left over all kiosks of every open quota that was ever spent from, for showing only.

    The others stand as their job or trip was published, so a quiet morning costs nothing.
    """
    asked = _OPEN.ask(connection, {"scopes": json.dumps(scopes), "now": now})
    return lambda: {row.id: max(0, row.left) for row in asked.all()}


def right_of(row: Row[tuple[object, ...]]) -> Right:
    """Return a stream's right as its row says."""
    return Right(row.granted, row.returned, row.counted)


def _asked(stream: str, names: Iterable[str]) -> dict[str, object]:
    return {"stream": stream, "names": json.dumps(list(names))}


def _counted(state: QuotaState) -> dict[str, object]:
    return {
        "capacity": state.capacity,
        "free": state.free,
        "free_count": len(state.free),
        "committed_count": state.committed_count,
        "over_count": state.over_count,
    }
