"""Streams as the bureau knows them, the present one and those that ended here alike: marks and entries.

How far each is known is a `Watermark`, and only the functions of `kiosk.protocol.watermarks` say how it may
move; here it is read and kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, Table, delete, select, true, update

from kiosk.messages.events import FIRST_HASH, Event
from kiosk.protocol.ports import Since
from kiosk.protocol.watermarks import Watermark
from kiosk.storage.tables import current_stream, journal, orphan_entry, orphan_stream


@dataclass(frozen=True, slots=True)
class KnownStream:
    """One stream; `floor_hash` is the hash of the newest entry that cannot be told again."""

    id: str
    generation: str
    mark: Watermark
    floor_hash: str
    is_old: bool


_Found = Select[str, str, int, int, int, int, str]
_GENERATION = select(current_stream.c.generation).scalar_subquery()
_PRESENT = select(
    current_stream.c.stream,
    current_stream.c.generation,
    current_stream.c.head,
    current_stream.c.acked,
    current_stream.c.prune_floor,
    current_stream.c.prune_ok,
    current_stream.c.floor_hash,
)
_OLD = select(
    orphan_stream.c.stream,
    _GENERATION.label("generation"),
    orphan_stream.c.head,
    orphan_stream.c.acked,
    orphan_stream.c.prune_floor,
    orphan_stream.c.prune_ok,
    orphan_stream.c.floor_hash,
).order_by(orphan_stream.c.closed_at)


def present_stream(connection: Connection) -> KnownStream:
    """Return the stream that is written here now."""
    (found,) = _streams(connection, _PRESENT, is_old=False)
    return found


def old_streams(connection: Connection) -> Sequence[KnownStream]:
    """Return the streams that ended here, the oldest first."""
    return _streams(connection, _OLD, is_old=True)


def stream_in(connection: Connection, since: Since) -> KnownStream | None:
    """Return the stream of which something was said, None when the database lives another life by now."""
    present = present_stream(connection)
    if present.generation != since.generation:
        return None
    if present.id == since.stream:
        return present
    of_that_name = _OLD.where(orphan_stream.c.stream == since.stream)
    return next(iter(_streams(connection, of_that_name, is_old=True)), None)


def keep_mark(connection: Connection, known: KnownStream, mark: Watermark) -> None:
    """Keep how far a stream is known now, and the hash at its floor."""
    if mark == known.mark:
        return
    streams = orphan_stream if known.is_old else current_stream
    values: dict[str, int | str] = {"acked": mark.acked, "prune_ok": mark.prune_ok, "prune_floor": mark.floor}
    if mark.floor != known.mark.floor:
        values["floor_hash"] = hash_at(connection, known, mark.floor) or FIRST_HASH
    connection.execute(update(streams).where(streams.c.stream == known.id).values(**values))


def hash_at(connection: Connection, known: KnownStream, seq: int) -> str | None:
    """Return the hash of an entry that is still kept, or the one at the floor; None of any other."""
    if seq == known.mark.floor:
        return known.floor_hash
    entries, own = entries_of(known)
    found: str | None = connection.execute(select(entries.c.hash).where(own, entries.c.seq == seq)).scalar()
    return found


def entries_after(connection: Connection, known: KnownStream, seq: int, limit: int) -> tuple[Event, ...]:
    """Return at most `limit` entries behind `seq`, in order."""
    entries, own = entries_of(known)
    statement = select(entries).where(own, entries.c.seq > seq).order_by(entries.c.seq).limit(limit)
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


def entry_at(connection: Connection, known: KnownStream, seq: int) -> tuple[str, str] | None:
    """Return type and body of an entry, None when it is not kept any more."""
    entries, own = entries_of(known)
    row = connection.execute(
        select(entries.c.type, entries.c.body).where(own, entries.c.seq == seq)
    ).one_or_none()
    return None if row is None else (row.type, row.body)


def drop_entries(connection: Connection, known: KnownStream, up_to: int) -> int:
    """Delete the entries up to a seq and return how many there were; the mark's floor is at least as high."""
    entries, own = entries_of(known)
    return connection.execute(delete(entries).where(own, entries.c.seq <= up_to)).rowcount


def entries_of(known: KnownStream) -> tuple[Table, ColumnElement[bool]]:
    """Return the table of a stream's entries, and which of its rows they are."""
    return (orphan_entry, orphan_entry.c.stream == known.id) if known.is_old else (journal, true())


def _streams(connection: Connection, found: _Found, *, is_old: bool) -> list[KnownStream]:
    return [
        KnownStream(stream, generation, Watermark(head, acked, floor, prune_ok), floor_hash, is_old)
        for stream, generation, head, acked, floor, prune_ok, floor_hash in connection.execute(found)
    ]
