"""One life of the database: when it is a copy, or went back in time, it begins a new stream without rights.

Nothing of the old stream is lost: its entries move to a table from which sync still uploads them, its
numbers stay spent, and series of printed numbers go on above the highest one the marker knows.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, bindparam, delete, func, insert, literal, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.domain.ids import StreamId
from kiosk.domain.jobs import JobState
from kiosk.messages.events import FIRST_HASH
from kiosk.storage.feed_tables import job
from kiosk.storage.machines import Machine
from kiosk.storage.marker import Mark, Marker
from kiosk.storage.tables import counter, current_stream, journal, orphan_entry, orphan_stream, quota, right


class Cause(StrEnum):
    """Why a new stream began."""

    FIRST_START = "first_start"
    DATABASE_LOST = "database_lost"
    MARKER_MISSING = "marker_missing"
    OTHER_MACHINE = "other_machine"
    OTHER_STREAM = "other_stream"
    WENT_BACK = "went_back"
    BUREAU_KNOWS_MORE = "bureau_knows_more"


@dataclass(frozen=True, slots=True)
class StreamState:
    """The stream as the database has it."""

    stream: StreamId
    fingerprint: str
    generation: str
    head: int
    head_hash: str
    acked: int
    prune_ok: int
    prune_floor: int


_STATE = select(
    current_stream.c.stream,
    current_stream.c.fingerprint,
    current_stream.c.generation,
    current_stream.c.head,
    current_stream.c.head_hash,
    current_stream.c.acked,
    current_stream.c.prune_ok,
    current_stream.c.prune_floor,
).where(current_stream.c.only == 1)
_HASH_AT = select(journal.c.hash).where(journal.c.seq == bindparam("seq"))


def stream_state(connection: Connection) -> StreamState | None:
    """Return the stream, or None in a database that never had one."""
    row = connection.execute(_STATE).one_or_none()
    return None if row is None else StreamState(*row)


def settle_stream(connection: Connection, marker: Marker, machine: Machine, now: datetime) -> Cause | None:
    """Make database and marker agree at start; return why a new stream began, or None when none did."""
    state, mark = stream_state(connection), marker.read()
    cause = _disagreement(connection, state, mark, machine)
    if cause is not None:
        begin_stream(connection, marker, machine, now)
    elif state is not None:
        # A crash between commit and marker leaves the head ahead: what was committed stays.
        marker.raise_head(state.stream, state.head, state.head_hash, {}, machine.boot)
    return cause


def begin_stream(connection: Connection, marker: Marker, machine: Machine, now: datetime) -> None:
    """Begin a new stream, marker first: a crash in between only makes the next start begin another."""
    mark = marker.read()
    state = stream_state(connection)
    stream = secrets.token_hex(16)
    marker.begin(stream, machine.boot, machine.fingerprint)
    if state is not None:
        _orphan(connection, state, now)
    for name, value in (mark.counters if mark else {}).items():
        _raise_counter(connection, name, value)
    connection.execute(
        insert(current_stream).values(
            only=1,
            stream=stream,
            fingerprint=machine.fingerprint,
            generation=state.generation if state else "",
            head=0,
            head_hash=FIRST_HASH,
            acked=0,
            prune_ok=0,
            prune_floor=0,
            began_at=now,
        )
    )


def _disagreement(
    connection: Connection, state: StreamState | None, mark: Mark | None, machine: Machine
) -> Cause | None:
    if state is None:
        return Cause.FIRST_START if mark is None else Cause.DATABASE_LOST
    if mark is None:
        return Cause.MARKER_MISSING
    if mark.stream != state.stream:
        return Cause.OTHER_STREAM
    if machine.fingerprint != state.fingerprint or machine.fingerprint != mark.fingerprint:
        return Cause.OTHER_MACHINE
    return None if _contains(connection, state, mark) else Cause.WENT_BACK


def _contains(connection: Connection, state: StreamState, mark: Mark) -> bool:
    """Return whether the database's history goes through the commit that the marker saw last."""
    if mark.head > state.head:
        return False
    return mark.head == 0 or connection.execute(_HASH_AT, {"seq": mark.head}).scalar() == mark.head_hash


def _orphan(connection: Connection, state: StreamState, now: datetime) -> None:
    connection.execute(
        insert(orphan_stream).values(
            stream=state.stream,
            head=state.head,
            acked=state.acked,
            prune_floor=state.prune_floor,
            closed_at=now,
        )
    )
    names = [column.name for column in journal.columns]
    entries = select(literal(state.stream), *journal.columns)
    connection.execute(insert(orphan_entry).from_select(["stream", *names], entries))
    for emptied in (journal, right, current_stream):
        connection.execute(delete(emptied))
    connection.execute(update(quota).values(here=0))
    still_open = (job.c.state == JobState.PUBLISHED.value) & (job.c.open_places > 0)
    connection.execute(update(job).values(open_here=0, is_open=still_open))


def _raise_counter(connection: Connection, name: str, value: int) -> None:
    statement = upsert(counter).values(name=name, value=value)
    highest = func.max(counter.c.value, statement.excluded.value)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": highest}))
