"""What must be true of a bureau's database at every moment, recounted from the rows themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Row, func, select

from kiosk.bureau.databases import looked_into
from kiosk.bureau.desk_tables import staff_act
from kiosk.bureau.door_tables import block
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import meta_value
from kiosk.bureau.kept_beside import keys_of
from kiosk.bureau.quotas import load
from kiosk.bureau.readings import unreadable
from kiosk.bureau.restore_tables import lost_range
from kiosk.bureau.tables import (
    dead_letter,
    event,
    feed_row,
    placement,
    quota,
    rights,
    scope_head,
    slip,
    spent_number,
    stream,
)
from kiosk.domain.ids import QuotaId
from kiosk.domain.quotas import NumberSet
from kiosk.messages.events import FIRST_HASH, RightsReturned
from kiosk.protocol.generations import number_of
from kiosk.protocol.quotas import violations

_FREED = (
    select(spent_number.c.quota, spent_number.c.number, placement.c.stream)
    .join(placement, placement.c.id == spent_number.c.placement)
    .join(slip, slip.c.placement == placement.c.id)
    .join(block, (block.c.slip == slip.c.number) & (block.c.year == slip.c.year))
    .where(block.c.is_freed.is_(True))
)
"""The numbers that came back because their paper is known to stay out."""


def check_invariants(data_dir: Path) -> list[str]:
    """Return in words everything that is wrong; an empty list is the only good answer."""
    with looked_into(data_dir) as connection:
        return [*broken(connection), *_broken_acts(connection), *_closed(connection, data_dir)]


def broken(connection: Connection) -> Iterator[str]:
    """Yield what is wrong: I1 and I3 rights, I4 recounts, I5 dense streams, I6 dense feeds, I8 papers.

    Behind a restore a number may stand in two hands: of one that gave it back after the backup, until its
    paper is told to be kept out again, and of the one that has it now. It counts twice then.
    """
    is_first_life = number_of(meta_value(connection, "generation")) <= 1
    for name in connection.scalars(select(quota.c.id)).all():
        yield from _broken_quota(connection, QuotaId(name), is_first_life=is_first_life)
    yield from _broken_returns(connection)
    yield from _broken_streams(connection)
    yield from _broken_feeds(connection)
    if is_first_life:
        yield from _broken_papers(connection)


def _closed(connection: Connection, data_dir: Path) -> Iterator[str]:
    """Yield how many entries that we could read nobody can any more although nobody erased them."""
    with closing(keys_of(BureauFolder(data_dir))) as keys:
        count = unreadable(connection, keys)
    if count:
        yield f"{count} entries are sealed by keys that are lost"


def _broken_quota(connection: Connection, name: QuotaId, *, is_first_life: bool) -> Iterator[str]:
    state = load(connection, name)
    assert state is not None
    yield from (f"{name}: {wrong}" for wrong in violations(state, is_settled=is_first_life))
    held = connection.execute(
        select(spent_number.c.number, placement.c.stream)
        .join(placement, placement.c.id == spent_number.c.placement)
        .where(spent_number.c.quota == name, spent_number.c.is_held.is_(True))
    ).all()
    counted = connection.execute(select(quota).where(quota.c.id == name)).one()
    if len({(row.number, row.stream) for row in held}) != len(held):
        yield f"{name}: a stream's number is held by two placements"
    if len(held) > state.capacity + state.over_count:
        yield f"{name}: more numbers are held than there are"
    if any(row.number not in state.right_of(row.stream).committed for row in held):
        yield f"{name}: a stream spent a number that is not in its hand"
    recounted = (len(state.free), state.committed_count, state.over_count, len(held))
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
            logged[body.quota, row.stream] |= NumberSet.of_pairs(body.ranges)
    for row in connection.execute(_FREED):
        logged[row.quota, row.stream] |= NumberSet.single(row.number)
    for row in connection.execute(select(rights)):
        told = logged[row.quota, row.stream]
        # A stream that was written off is settled by count, so what it returns later changes nothing.
        is_told = told == row.returned if row.counted is None else not len(row.returned - told)
        if not is_told:
            yield f"{row.quota}: returned numbers of {row.stream} are not what the log says"


def _broken_streams(connection: Connection) -> Iterator[str]:
    lost: dict[str, dict[int, Row[tuple[object, ...]]]] = defaultdict(dict)
    for gap in connection.execute(select(lost_range)):
        lost[gap.stream][gap.first] = gap
    for row in connection.execute(select(stream)).all():
        entries = connection.execute(
            select(event.c.seq, event.c.prev_hash, event.c.hash)
            .where(event.c.stream == row.id)
            .order_by(event.c.seq)
        ).all()
        due, before = 1, FIRST_HASH
        for entry in entries:
            while due in lost[row.id]:
                due, before = lost[row.id][due].last + 1, lost[row.id][due].head_hash
            if entry.seq != due:
                yield f"{row.id}: entry {due} is missing"
            if entry.prev_hash != before:
                yield f"{row.id}: the chain breaks at {entry.seq}"
            due, before = entry.seq + 1, entry.hash
        while due in lost[row.id]:
            due, before = lost[row.id][due].last + 1, lost[row.id][due].head_hash
        if due != row.acked + 1:
            yield f"{row.id}: the log is not a dense prefix up to {row.acked}"
        if before != row.head_hash:
            yield f"{row.id}: the head is not the last entry"


def _broken_feeds(connection: Connection) -> Iterator[str]:
    for row in connection.execute(select(scope_head)).all():
        newest = connection.execute(
            select(func.max(feed_row.c.pos)).where(feed_row.c.scope == row.scope)
        ).scalar_one()
        if newest != row.pos:
            yield f"{row.scope}: the head is not the newest row"


def _broken_acts(connection: Connection) -> Iterator[str]:
    """Yield the lines of the halls' audit logs that do not hang on their chain; a backup may hold them."""
    rows = connection.execute(
        select(staff_act.c.kiosk, staff_act.c.line)
        .where(staff_act.c.is_broken.is_(True))
        .order_by(staff_act.c.kiosk, staff_act.c.line)
    )
    for row in rows:
        yield f"{row.kiosk}: line {row.line} of the audit log does not hang on its chain"


def _broken_papers(connection: Connection) -> Iterator[str]:
    """Yield the numbers for which two papers are out."""
    is_out = func.coalesce(block.c.is_freed, False).is_(False)
    rows = connection.execute(
        select(spent_number.c.quota, spent_number.c.number)
        .join(placement, placement.c.id == spent_number.c.placement)
        .join(slip, slip.c.placement == placement.c.id)
        .outerjoin(block, (block.c.slip == slip.c.number) & (block.c.year == slip.c.year))
        .where(is_out)
        .group_by(spent_number.c.quota, spent_number.c.number)
        .having(func.count() > 1)
    )
    for row in rows:
        yield f"{row.quota}: two papers are out for number {row.number}"
