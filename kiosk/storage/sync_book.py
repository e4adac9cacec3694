"""The sync process's side of the database: what to say next, and places for what comes down.

Old streams are uploaded too, in every second round, so that neither waits for the other; they carry no
rights, no wants and no cursors.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BindParameter, Connection, Table, bindparam, delete, func, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.actions.sync_ports import Outgoing
from kiosk.domain.clock import Clock
from kiosk.domain.quotas import NumberRange, NumberSet
from kiosk.messages.events import FIRST_HASH, Event, JobPosted
from kiosk.messages.feed import Cursor, FeedRow
from kiosk.messages.sync import MAX_ROWS_A_PAGE, Refusal, RightGrant, RightView
from kiosk.storage.asking import wants
from kiosk.storage.database import Database
from kiosk.storage.feed_pages import ROWS_A_SLICE, keep_page, yield_turn
from kiosk.storage.feed_rows import set_open_places
from kiosk.storage.feed_tables import cursor
from kiosk.storage.machines import Machine
from kiosk.storage.marker import Marker
from kiosk.storage.openings import refresh_openings
from kiosk.storage.rights import granted_numbers, held_quotas, spent_numbers, store_grants
from kiosk.storage.search_terms import TradeNames
from kiosk.storage.streams import StreamState, begin_stream, stream_state
from kiosk.storage.tables import (
    current_stream,
    journal,
    orphan_entry,
    orphan_stream,
    posted_job,
    quota,
    refused_entry,
    sync_round,
)

_UNFINISHED = (
    select(orphan_stream)
    .where(orphan_stream.c.acked < orphan_stream.c.head)
    .order_by(orphan_stream.c.closed_at)
)
_REFUSED_OPEN = select(func.count()).select_from(refused_entry).where(text("settled_at IS NULL"))
_ACKED: BindParameter[int] = bindparam("to_acked")
_PRUNE_OK: BindParameter[int] = bindparam("to_prune_ok")


class SqlSyncBook:
    """Every method is one short transaction or several, so a tap never waits long for sync."""

    def __init__(
        self, database: Database, marker: Marker, clock: Clock, machine: Machine, trade_names: TradeNames
    ) -> None:
        """Speak for one database; nothing is read yet."""
        self._database = database
        self._marker = marker
        self._clock = clock
        self._machine = machine
        self._trade_names = trade_names
        self._is_turn_of_old_streams = False
        self._spoken_stream = ""

    def outgoing(self, limit: int) -> Outgoing:
        """Return what to say now, with at most `limit` entries."""
        with self._database.reading() as connection:
            state = _state(connection)
            old = connection.execute(_UNFINISHED).first() if self._is_turn_of_old_streams else None
            self._is_turn_of_old_streams = not self._is_turn_of_old_streams
            refused_open = connection.execute(_REFUSED_OPEN).scalar_one()
            if old is not None:
                said = _old_stream(
                    connection, old.stream, old.acked, old.head, limit, state.generation, refused_open
                )
            else:
                said = _current_stream(connection, state, limit, self._clock.now(), refused_open)
        self._spoken_stream = said.stream
        return said

    def adopt_generation(self, generation: str) -> None:
        """Store the bureau's generation durably; on a new one acked falls back to the prune floor."""
        with self._database.writing() as connection:
            known = _state(connection).generation
            if known == generation:
                return
            connection.execute(update(current_stream).values(generation=generation))
            if known:  # the first generation is not a restored one
                for table in (current_stream, orphan_stream):
                    connection.execute(update(table).values(acked=table.c.prune_floor))

    def acknowledge(self, stream: str, acked: int, need_from: int | None, prune_ok: int = 0) -> None:
        """Raise acked to `acked` (never lower it), unless the bureau asks again from `need_from`.

        A bureau that acknowledges more than was ever written here proves that the database went back in
        time: a new stream begins.
        """
        with self._database.writing() as connection:
            state = _state(connection)
            if stream != state.stream:
                _move_watermark(connection, orphan_stream, stream, acked, need_from, prune_ok)
            elif acked > state.head:
                begin_stream(connection, self._marker, self._machine, self._clock.now())
            else:
                _move_watermark(connection, current_stream, stream, acked, need_from, prune_ok)

    def grant(self, stream: str, rights: list[RightGrant]) -> None:
        """Merge granted ranges (union), the marker file first, then the database; old streams get nothing."""
        grants = {item.quota: _numbers(item.granted) for item in rights}
        with self._database.reading() as connection:
            is_current = _state(connection).stream == stream
            missing = {
                of: numbers for of, numbers in grants.items() if numbers - granted_numbers(connection, of)
            }
        if not is_current or not missing:
            return
        self._marker.raise_granted(stream, missing)
        with self._database.writing() as connection:
            if _state(connection).stream == stream:
                store_grants(connection, missing.items())

    def refuse(self, refusals: list[Refusal], at: datetime) -> None:
        """Put refused entries of the stream spoken of last into the tray; told twice, they lie there once."""
        with self._database.writing() as connection:
            for item in refusals:
                values = {
                    "stream": self._spoken_stream,
                    "seq": item.seq,
                    "type": _type_of(connection, self._spoken_stream, item.seq),
                    "reason": item.reason,
                    "refused_at": at,
                }
                connection.execute(upsert(refused_entry).values(values).on_conflict_do_nothing())
                _drop_posting(connection, self._spoken_stream, item.seq)

    def apply_rows(self, scope: str, rows: list[FeedRow], cursor: Cursor, *, is_snapshot: bool) -> None:
        """Apply at most 500 rows a few at a time, the cursor with the last ones; a late page is ignored."""
        if len(rows) > MAX_ROWS_A_PAGE:
            raise ValueError("a page holds too many rows")
        if cursor.scope != scope:
            raise ValueError("a cursor of another scope")
        keep_page(self._database, rows, cursor, self._trade_names, is_snapshot=is_snapshot)

    def set_open_places(self, open_places: dict[str, int]) -> None:
        """Remember what the bureau believes is open (quota → numbers), a few changes a transaction."""
        with self._database.reading() as connection:
            rows = connection.execute(select(quota.c.id, quota.c.open_at_bureau))
            known = {row.id: row.open_at_bureau for row in rows}
        changed = [(of, count) for of, count in open_places.items() if known.get(of) != count]
        for at in range(0, len(changed), ROWS_A_SLICE):
            part = changed[at : at + ROWS_A_SLICE]
            with self._database.writing() as connection:
                set_open_places(connection, part)
                refresh_openings(connection, [of for of, _ in part])
            yield_turn()

    def note_attempt(
        self,
        at: datetime,
        *,
        success: bool,
        problem: str,
        next_try_at: datetime,
        server_time: datetime | None,
    ) -> None:
        """Remember how the last round went; a failure keeps the time of the last success."""
        values: dict[str, object] = {"attempted_at": at, "next_try_at": next_try_at, "problem": problem}
        if success:
            values["last_success_at"] = at
        if server_time is not None:
            values["server_time"] = server_time
        statement = upsert(sync_round).values(only=1, **values)
        with self._database.writing() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["only"], set_=values))


def _state(connection: Connection) -> StreamState:
    state = stream_state(connection)
    assert state is not None, "a stream begins before anything is opened for sync"
    return state


def _current_stream(
    connection: Connection, state: StreamState, limit: int, now: datetime, refused_open: int
) -> Outgoing:
    rights = tuple(_right_view(connection, of) for of in held_quotas(connection))
    return Outgoing(
        stream=state.stream,
        generation=state.generation,
        head=state.head,
        first=state.acked + 1,
        prev_hash=_hash_at(connection, journal, None, state.acked),
        events=_events(connection, journal, None, state.acked, limit),
        rights=rights,
        wants=wants(connection, now),
        cursors=tuple(_cursors(connection).values()),
        backlog=state.head - state.acked,
        refused_open=refused_open,
    )


def _old_stream(
    connection: Connection, stream: str, acked: int, head: int, limit: int, generation: str, refused_open: int
) -> Outgoing:
    return Outgoing(
        stream=stream,
        generation=generation,
        head=head,
        first=acked + 1,
        prev_hash=_hash_at(connection, orphan_entry, stream, acked),
        events=_events(connection, orphan_entry, stream, acked, limit),
        rights=(),
        wants=(),
        cursors=(),
        backlog=head - acked,
        refused_open=refused_open,
        is_old=True,
    )


def _events(
    connection: Connection, table: Table, stream: str | None, after: int, limit: int
) -> tuple[Event, ...]:
    statement = select(table).where(table.c.seq > after).order_by(table.c.seq).limit(limit)
    if stream is not None:
        statement = statement.where(table.c.stream == stream)
    return tuple(
        Event(
            seq=row.seq,
            type=row.type,
            v=row.v,
            at=row.at,
            boot=row.boot,
            boottime_ms=row.boottime_ms,
            prev_hash=row.prev_hash,
            hash=row.hash,
            body=row.body,
        )
        for row in connection.execute(statement)
    )


def _hash_at(connection: Connection, table: Table, stream: str | None, seq: int) -> str:
    if seq == 0:
        return FIRST_HASH
    statement = select(table.c.hash).where(table.c.seq == seq)
    if stream is not None:
        statement = statement.where(table.c.stream == stream)
    return str(connection.execute(statement).scalar_one())


def _type_of(connection: Connection, stream: str, seq: int) -> str:
    """Return an entry's type for the tray; empty for an entry that is not kept any more."""
    if stream == _state(connection).stream:
        statement = select(journal.c.type).where(journal.c.seq == seq)
    else:
        statement = select(orphan_entry.c.type).where(
            orphan_entry.c.stream == stream, orphan_entry.c.seq == seq
        )
    return connection.execute(statement).scalar() or ""


def _drop_posting(connection: Connection, stream: str, seq: int) -> None:
    """Stop waiting for a job whose posting was refused; the tray tells why."""
    if stream != _state(connection).stream:
        return
    entry = connection.execute(
        select(journal.c.type, journal.c.body).where(journal.c.seq == seq)
    ).one_or_none()
    if entry is not None and entry.type == JobPosted.type:
        posted = str(JobPosted.model_validate_json(entry.body).job.get("id", ""))
        connection.execute(delete(posted_job).where(posted_job.c.id == posted))


def _move_watermark(
    connection: Connection, table: Table, stream: str, acked: int, need_from: int | None, prune_ok: int
) -> None:
    """Move acked between the prune floor and the head; asked again, it may fall."""
    wanted = _ACKED if need_from is not None else func.max(table.c.acked, _ACKED)
    values = {table.c.acked: func.max(func.min(wanted, table.c.head), table.c.prune_floor)}
    if table is current_stream:
        values[table.c.prune_ok] = func.max(table.c.prune_ok, _PRUNE_OK)
    to_acked = acked if need_from is None else need_from - 1
    statement = update(table).where(table.c.stream == stream).values(values)
    bound = {"to_acked": to_acked} | ({"to_prune_ok": prune_ok} if table is current_stream else {})
    connection.execute(statement, bound)


def _right_view(connection: Connection, of: str) -> RightView:
    granted = granted_numbers(connection, of)
    spent = len(granted & spent_numbers(connection, of))
    return RightView(
        quota=of, granted=[(item.first, item.last) for item in granted.ranges], returned=[], spent=spent
    )


def _numbers(ranges: Sequence[tuple[int, int]]) -> NumberSet:
    return NumberSet.of(NumberRange(first, last) for first, last in ranges)


def _cursors(connection: Connection) -> dict[str, Cursor]:
    rows = connection.execute(select(cursor).order_by(cursor.c.scope))
    return {row.scope: Cursor(scope=row.scope, feed_gen=row.feed_gen, pos=row.pos) for row in rows}
