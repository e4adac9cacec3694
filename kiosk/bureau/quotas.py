"""Quotas and rights as rows: the pure functions of `rights` between reading and writing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, select, update

from kiosk.bureau.columns import numbers_of, ranges_of
from kiosk.bureau.feeds import CITY, hall_scope
from kiosk.bureau.rows import put
from kiosk.bureau.tables import feed_row, quota, rights
from kiosk.domain.ids import QuotaId, StreamId
from kiosk.domain.quotas import NumberSet
from kiosk.messages.sync import RightGrant, RightView, Want
from kiosk.protocol.allotment import Waiting, allotted, unmet
from kiosk.protocol.quotas import QuotaState, Right, grant, grantable, opened_quota, resize


@dataclass(frozen=True, slots=True)
class Limit:
    """What a published thing limits: a job's places or a trip's seats."""

    quota: QuotaId
    topic: str
    entity: str
    capacity: int
    closes_at: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class Peer:
    """A worker kiosk of the city: its live stream (None before its first round) and how far it has read."""

    station: str
    stream: StreamId | None
    is_here: bool
    read: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Offer:
    """A quota with free numbers; `published_pos` is where its job or trip stands in the feed."""

    quota: QuotaId
    scope: str
    published_pos: int
    state: QuotaState


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
    held = connection.execute(
        select(rights.c.stream, rights.c.granted, rights.c.returned).where(rights.c.quota == name)
    )
    return QuotaState(
        row.capacity, row.free, {item.stream: Right(item.granted, item.returned) for item in held}
    )


def save(connection: Connection, name: QuotaId, state: QuotaState, stream: StreamId) -> None:
    """Write a state back in which only this stream's right changed."""
    right = state.right_of(stream)
    connection.execute(update(quota).where(quota.c.id == name).values(**_counted(state)))
    put(
        connection,
        rights,
        {"quota": name, "stream": stream},
        {"granted": right.granted, "returned": right.returned},
    )


def hold(connection: Connection, name: QuotaId, change: int) -> None:
    """Count numbers that placements hold: +1 for a take, -1 for one given back."""
    connection.execute(
        update(quota).where(quota.c.id == name).values(held_count=quota.c.held_count + change, was_spent=True)
    )


def answer_wants(
    connection: Connection,
    stream: StreamId,
    wants: Iterable[Want],
    views: Iterable[RightView],
    scopes: Iterable[str],
    peers: list[Peer],
    now: datetime,
) -> None:
    """Give a live stream what is due to it of every quota of its scopes that it asks for."""
    seen = {view.quota: numbers_of(view.granted) for view in views}
    # Two wants of one quota are one want: otherwise a repeated line would be paid twice.
    wanted = {want.quota: want.count for want in wants}
    for offer in _offers(connection, list(wanted), list(scopes), now):
        right = offer.state.right_of(stream)
        known = len(right.granted & seen.get(offer.quota, NumberSet()))
        count = allotted(
            len(grantable(offer.state, stream)),
            unmet(wanted[offer.quota], len(right.granted), known),
            _waiting(offer, peers),
            is_first=not len(right.granted),
        )
        if count:
            save(connection, offer.quota, grant(offer.state, stream, count), stream)


def grants_to_tell(connection: Connection, stream: StreamId, views: Iterable[RightView]) -> list[RightGrant]:
    """Return every right of a stream that its own view does not show in full, absolute."""
    seen = {view.quota: numbers_of(view.granted) for view in views}
    rows = connection.execute(
        select(rights.c.quota, rights.c.granted).where(rights.c.stream == stream).order_by(rights.c.quota)
    )
    return [
        RightGrant(quota=row.quota, granted=ranges_of(row.granted))
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


def _counted(state: QuotaState) -> dict[str, object]:
    return {
        "capacity": state.capacity,
        "free": state.free,
        "free_count": len(state.free),
        "committed_count": len(state.committed),
        "over_count": state.over_count,
    }


def _offers(connection: Connection, names: list[str], scopes: list[str], now: datetime) -> list[_Offer]:
    """Return the open quotas among these that have anything free, in two statements however many they are."""
    found = connection.execute(
        select(quota.c.id, quota.c.scope, quota.c.capacity, quota.c.free, feed_row.c.pos)
        .join(
            feed_row,
            and_(
                feed_row.c.scope == quota.c.scope,
                feed_row.c.topic == quota.c.topic,
                feed_row.c.id == quota.c.entity,
            ),
        )
        .where(quota.c.id.in_(names), quota.c.scope.in_(scopes), quota.c.free_count > 0)
        .where(quota.c.is_closed.is_(False), quota.c.closes_at > now)
        .order_by(quota.c.id)
    ).all()
    held: dict[str, dict[StreamId, Right]] = defaultdict(dict)
    for item in connection.execute(select(rights).where(rights.c.quota.in_([row.id for row in found]))):
        held[item.quota][item.stream] = Right(item.granted, item.returned)
    return [
        _Offer(QuotaId(row.id), row.scope, row.pos, QuotaState(row.capacity, row.free, held[row.id]))
        for row in found
    ]


def _waiting(offer: _Offer, peers: list[Peer]) -> Waiting:
    """Count the other kiosks that never had any of this quota and have not passed it over.

    A kiosk that had read the job or trip at its last round and did not ask for it has passed it over.
    """
    may_ask = [
        peer
        for peer in peers
        if offer.scope in {CITY, hall_scope(peer.station)}
        and (peer.stream is None or peer.stream not in offer.state.rights)
        and peer.read.get(offer.scope, 0) < offer.published_pos
    ]
    here = sum(peer.is_here for peer in may_ask)
    return Waiting(here=here, quiet=len(may_ask) - here)
