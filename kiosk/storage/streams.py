"""One life of the database: when it is a copy, or went back in time, it begins a new stream without rights.

Why one begins is told by `kiosk.protocol.lives`. Nothing of the old stream is lost: its entries and what it
was given move to tables from which sync still tells them, its numbers stay spent, and series of printed
numbers go on above the highest one the marker knows.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, delete, func, insert, literal, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.domain.ids import StreamId
from kiosk.domain.jobs import JobState
from kiosk.domain.quotas import NumberSet
from kiosk.domain.slips import SlipState
from kiosk.messages.events import FIRST_HASH, PlaceTaken
from kiosk.protocol import kiosk_side, lives, marks, watermarks
from kiosk.protocol.lives import Cause, Life
from kiosk.protocol.marks import Mark, OlderStream
from kiosk.storage.feed_tables import job
from kiosk.storage.known_streams import hash_at, keep_mark, old_streams, present_stream
from kiosk.storage.machines import Machine
from kiosk.storage.marker import Marker
from kiosk.storage.rights import held_quotas, holding_of, orphan_holdings
from kiosk.storage.tables import (
    counter,
    current_stream,
    journal,
    orphan_entry,
    orphan_right,
    orphan_stream,
    quota,
    returned_right,
    right,
    slip,
)


@dataclass(frozen=True, slots=True)
class StreamState:
    """The stream as the database has it."""

    stream: StreamId
    fingerprint: str
    generation: str
    head: int
    head_hash: str


_STATE = select(
    current_stream.c.stream,
    current_stream.c.fingerprint,
    current_stream.c.generation,
    current_stream.c.head,
    current_stream.c.head_hash,
).where(current_stream.c.only == 1)


def stream_state(connection: Connection) -> StreamState | None:
    """Return the stream, or None in a database that never had one."""
    row = connection.execute(_STATE).one_or_none()
    return None if row is None else StreamState(*row)


def settle_stream(connection: Connection, marker: Marker, machine: Machine, now: datetime) -> Cause | None:
    """Make database and marker agree at start; return why a new stream began, or None when none did."""
    state, mark = stream_state(connection), marker.read()
    cause = lives.disagreement(_life(connection, state, mark), mark, machine.fingerprint)
    if cause is not None:
        begin_stream(connection, marker, machine, now)
    elif state is not None:
        # A crash between commit and marker leaves the head ahead: what was committed stays.
        older = tuple(_ended_before(connection))
        marks.mend_granted(marker, state.stream, _granted(connection), older)
        marker.raise_head(state.stream, state.head, state.head_hash, {}, machine.boot)
    _hold_back_slips(connection)
    return cause


def _hold_back_slips(connection: Connection) -> None:
    """Let no slip of an ended stream come out by itself: a person looks at it first.

    A copy that was put back may hold a take that no marker ever followed, whose number another take has by
    now, with its paper out. `sending` is what a start makes `uncertain`.
    """
    own = select(func.json_extract(journal.c.body, "$.slip")).where(journal.c.type == PlaceTaken.type)
    waits = slip.c.state == SlipState.QUEUED.value
    connection.execute(
        update(slip).where(waits, slip.c.number.not_in(own)).values(state=SlipState.SENDING.value)
    )


def begin_stream(connection: Connection, marker: Marker, machine: Machine, now: datetime) -> None:
    """Begin a new stream within a writing transaction."""
    mark, state = marker.read(), stream_state(connection)
    stream = secrets.token_hex(16)
    store = partial(_store_life, connection, StreamId(stream), state, mark, machine, now)
    kiosk_side.begin_life(marker, stream, machine.boot, machine.fingerprint, _ended(connection, state), store)


def lay_stream(
    connection: Connection, stream: StreamId, fingerprint: str, generation: str, now: datetime
) -> None:
    """Lay a stream without an entry where none is now."""
    connection.execute(
        insert(current_stream).values(
            only=1,
            stream=stream,
            fingerprint=fingerprint,
            generation=generation,
            head=0,
            head_hash=FIRST_HASH,
            acked=0,
            prune_ok=0,
            prune_floor=0,
            floor_hash=FIRST_HASH,
            began_at=now,
        )
    )


def _life(connection: Connection, state: StreamState | None, mark: Mark | None) -> Life | None:
    if state is None:
        return None
    known = None if mark is None else hash_at(connection, present_stream(connection), mark.head)
    return Life(state.stream, state.fingerprint, state.head, known)


def _ended(connection: Connection, state: StreamState | None) -> OlderStream | None:
    """Return the stream that ends, with all that the database knows it was given."""
    if state is None:
        return None
    return OlderStream(state.stream, state.head, _granted(connection))


def _ended_before(connection: Connection) -> Iterator[OlderStream]:
    for known in old_streams(connection):
        held = orphan_holdings(connection, known.id)
        yield OlderStream(known.id, known.mark.head, {of: item.granted for of, item in held.items()})


def _granted(connection: Connection) -> dict[str, NumberSet]:
    return {of: holding_of(connection, of).granted for of in held_quotas(connection)}


def _store_life(
    connection: Connection,
    stream: StreamId,
    ended: StreamState | None,
    mark: Mark | None,
    machine: Machine,
    now: datetime,
) -> None:
    if ended is not None:
        _orphan(connection, now)
    for name, value in (mark.counters if mark else {}).items():
        _raise_counter(connection, name, value)
    lay_stream(connection, stream, machine.fingerprint, ended.generation if ended else "", now)


def _orphan(connection: Connection, now: datetime) -> None:
    """Set the present stream aside; all of it that is kept is told again.

    A copy that was put back may have written other entries behind an acknowledgement than the bureau has.
    """
    ending = present_stream(connection)
    keep_mark(connection, ending, watermarks.in_new_generation(ending.mark))
    kept = ("stream", "head", "acked", "prune_floor", "prune_ok", "floor_hash")
    ended = select(*(current_stream.c[name] for name in kept), literal(now, orphan_stream.c.closed_at.type))
    connection.execute(insert(orphan_stream).from_select([*kept, "closed_at"], ended))
    names = [column.name for column in journal.columns]
    entries = select(literal(ending.id), *journal.columns)
    connection.execute(insert(orphan_entry).from_select(["stream", *names], entries))
    for table in (right, returned_right):
        ranges = select(
            literal(ending.id), table.c.quota, table.c.first, table.c.last, literal(table is returned_right)
        )
        connection.execute(
            insert(orphan_right).from_select(["stream", "quota", "first", "last", "is_returned"], ranges)
        )
    for emptied in (journal, right, returned_right, current_stream):
        connection.execute(delete(emptied))
    connection.execute(update(quota).values(here=0))
    still_open = (job.c.state == JobState.PUBLISHED.value) & (job.c.open_places > 0)
    connection.execute(update(job).values(open_here=0, is_open=still_open))


def _raise_counter(connection: Connection, name: str, value: int) -> None:
    statement = upsert(counter).values(name=name, value=value)
    highest = func.max(counter.c.value, statement.excluded.value)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": highest}))
