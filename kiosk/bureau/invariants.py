"""What must be true of a bureau's database at every moment, recounted from the rows themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, func, select

from kiosk.bureau.columns import numbers_of
from kiosk.bureau.databases import connect
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.quotas import load
from kiosk.bureau.tables import (
    dead_letter,
    event,
    feed_row,
    placement,
    quota,
    rights,
    scope_head,
    spent_number,
    stream,
)
from kiosk.domain.ids import QuotaId
from kiosk.domain.quotas import NumberSet
from kiosk.messages.events import FIRST_HASH, RightsReturned
from kiosk.protocol.quotas import violations


def check_invariants(data_dir: Path) -> list[str]:
    """Return in words everything that is wrong; an empty list is the only good answer."""
    database = connect(BureauFolder(data_dir).database, is_server=False)
    try:
        with database.reading() as connection:
            return list(broken(connection))
    finally:
        database.close()


def broken(connection: Connection) -> Iterator[str]:
    """Yield what is wrong: I1 and I3 rights, I4 recounts, I5 dense streams, I6 dense feeds."""
    for name in connection.scalars(select(quota.c.id)).all():
        yield from _broken_quota(connection, QuotaId(name))
    yield from _broken_returns(connection)
    yield from _broken_streams(connection)
    yield from _broken_feeds(connection)


def _broken_quota(connection: Connection, name: QuotaId) -> Iterator[str]:
    state = load(connection, name)
    assert state is not None
    yield from (f"{name}: {wrong}" for wrong in violations(state))
    held = connection.execute(
        select(spent_number.c.number, placement.c.stream)
        .join(placement, placement.c.id == spent_number.c.placement)
        .where(spent_number.c.quota == name, spent_number.c.is_held.is_(True))
    ).all()
    counted = connection.execute(select(quota).where(quota.c.id == name)).one()
    if len({row.number for row in held}) != len(held) or len(held) > state.capacity + state.over_count:
        yield f"{name}: a number is held by two placements, or more are held than there are"
    if any(row.number not in state.right_of(row.stream).committed for row in held):
        yield f"{name}: a stream spent a number that is not in its hand"
    recounted = (len(state.free), len(state.committed), state.over_count, len(held))
    if recounted != (counted.free_count, counted.committed_count, counted.over_count, counted.held_count):
        yield f"{name}: the counters are not what the rows say"


def _broken_returns(connection: Connection) -> Iterator[str]:
    dead = {
        (row.stream, row.seq) for row in connection.execute(select(dead_letter.c.stream, dead_letter.c.seq))
    }
    logged: dict[tuple[str, str], NumberSet] = defaultdict(NumberSet)
    for row in connection.execute(select(event).where(event.c.type == RightsReturned.type)):
        if (row.stream, row.seq) not in dead:
            body = RightsReturned.model_validate_json(row.body)
            logged[body.quota, row.stream] |= numbers_of(body.ranges)
    for row in connection.execute(select(rights)):
        if logged[row.quota, row.stream] != row.returned:
            yield f"{row.quota}: returned numbers of {row.stream} are not what the log says"


def _broken_streams(connection: Connection) -> Iterator[str]:
    for row in connection.execute(select(stream)).all():
        entries = connection.execute(
            select(event.c.seq, event.c.prev_hash, event.c.hash)
            .where(event.c.stream == row.id)
            .order_by(event.c.seq)
        ).all()
        if [entry.seq for entry in entries] != list(range(1, row.acked + 1)):
            yield f"{row.id}: the log is not a dense prefix up to {row.acked}"
        before = FIRST_HASH
        for entry in entries:
            if entry.prev_hash != before:
                yield f"{row.id}: the chain breaks at {entry.seq}"
            before = entry.hash
        if before != row.head_hash:
            yield f"{row.id}: the head is not the last entry"


def _broken_feeds(connection: Connection) -> Iterator[str]:
    for row in connection.execute(select(scope_head)).all():
        newest = connection.execute(
            select(func.max(feed_row.c.pos)).where(feed_row.c.scope == row.scope)
        ).scalar_one()
        if newest != row.pos:
            yield f"{row.scope}: the head is not the newest row"
