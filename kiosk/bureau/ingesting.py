"""Entries as rows: the log that only grows, and beside it what could not be applied, kept as it came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, insert, select

from kiosk.bureau.restore_tables import lost_range
from kiosk.bureau.rows import add, has
from kiosk.bureau.tables import dead_letter, event
from kiosk.messages.events import Event
from kiosk.statements import Statement

_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = datetime(9999, 1, 1, tzinfo=UTC)
_HASHES = Statement(
    select(event.c.seq, event.c.hash).where(
        event.c.stream == bindparam("stream"),
        event.c.seq >= bindparam("first"),
        event.c.seq <= bindparam("last"),
    )
)
_LOST_HASHES = Statement(
    select(lost_range.c.last, lost_range.c.head_hash).where(
        lost_range.c.stream == bindparam("stream"),
        lost_range.c.last >= bindparam("first"),
        lost_range.c.last <= bindparam("last"),
    )
)
_APPEND = Statement(insert(event), *(column.name for column in event.c if column.name != "pos"))


def known_hashes(connection: Connection, stream: str, first: int, last: int) -> dict[int, str]:
    """Return our hashes of entries first..last; of a range that was lost only the last one is known."""
    asked = {"stream": stream, "first": first, "last": last}
    rows, lost = _HASHES.all(connection, asked), _LOST_HASHES.all(connection, asked)
    return {row.last: row.head_hash for row in lost} | {row.seq: row.hash for row in rows}


def keep(connection: Connection, stream: str, entries: Sequence[Event], received_at: datetime) -> None:
    """Append entries to the log, in their order."""
    rows = [
        _APPEND.bound({**dict(entry), "at": said_at(entry), "stream": stream, "received_at": received_at})
        for entry in entries
    ]
    _APPEND.run_each(connection, rows)


def said_at(entry: Event) -> datetime:
    """Return the kiosk's own time of an entry, for people to read.

    A time that forgot its zone is read as UTC, and one that no calendar of ours can hold as its nearest end:
    a clock that died must not stop a stream.
    """
    said = entry.at if entry.at.tzinfo else entry.at.replace(tzinfo=UTC)
    return min(max(said, _EARLIEST), _LATEST)


def bury(connection: Connection, stream: str, entry: Event, reason: str, received_at: datetime) -> None:
    """Keep an entry that cannot be applied, as it came, for a person to look at; the same one only once."""
    if has(connection, dead_letter, stream=stream, seq=entry.seq, hash=entry.hash):
        return
    facts = {"reason": reason, "raw": entry.model_dump_json(), "received_at": received_at}
    add(connection, dead_letter, {"stream": stream, "seq": entry.seq, "hash": entry.hash, **facts})
