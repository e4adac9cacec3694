"""Entries as rows: the log that only grows, and beside it what could not be applied, kept as it came.

A hall's entries get their positions under the row of its log's head: whoever reads them by position, up to
that head, misses none, though sessions of other halls write meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, false, insert, select, true, union_all, update

from kiosk.bureau.postgres import NAME, copy_in
from kiosk.bureau.restore_tables import lost_range
from kiosk.bureau.rows import add, has
from kiosk.bureau.tables import dead_letter, event, log_head
from kiosk.messages.events import Event
from kiosk.statements import Statement

_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = datetime(9999, 1, 1, tzinfo=UTC)
_HASHES = Statement(
    union_all(
        select(
            lost_range.c.last.label("seq"), lost_range.c.head_hash.label("hash"), true().label("is_lost")
        ).where(
            lost_range.c.stream == bindparam("stream"),
            lost_range.c.last >= bindparam("first"),
            lost_range.c.last <= bindparam("last"),
        ),
        select(event.c.seq, event.c.hash, false()).where(
            event.c.stream == bindparam("stream"),
            event.c.seq >= bindparam("first"),
            event.c.seq <= bindparam("last"),
        ),
    )
)
_COLUMNS = [column.name for column in event.c if column.name != "pos"]
_APPEND = Statement(insert(event), *_COLUMNS)
_HEAD = Statement(
    select(log_head.c.pos).where(log_head.c.station == bindparam("station")).with_for_update(key_share=True)
)
_POSITION = select(event.c.pos).where(event.c.stream == bindparam("stream"), event.c.seq == bindparam("seq"))
_MOVE_HEAD = Statement(
    update(log_head).where(log_head.c.station == bindparam("at")).values(pos=_POSITION.scalar_subquery())
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where entries stand in the log: a stream, and the station of the hall it belongs to."""

    stream: str
    station: str


def known_hashes(connection: Connection, stream: str, first: int, last: int) -> dict[int, str]:
    """Return our hashes of entries first..last; of a range that was lost only the last one is known."""
    rows = _HASHES.all(connection, {"stream": stream, "first": first, "last": last})
    lost = {row.seq: row.hash for row in rows if row.is_lost}
    return lost | {row.seq: row.hash for row in rows if not row.is_lost}


def foresee_hashes(connection: Connection, stream: str, first: int, last: int) -> None:
    """Ask ahead for them."""
    _HASHES.foresee(connection, {"stream": stream, "first": first, "last": last})


def keep(connection: Connection, place: Place, entries: Sequence[Event], received_at: datetime) -> None:
    """Append entries to the log, in their order, and move the head of the hall's log."""
    if not entries:
        return
    if _HEAD.first(connection, {"station": place.station}) is None:
        add(connection, log_head, {"station": place.station, "pos": 0})
    rows = [
        _APPEND.bound(
            {**entry.__dict__, "at": said_at(entry), "stream": place.stream, "received_at": received_at},
            connection.dialect,
        )
        for entry in entries
    ]
    if connection.dialect.name == NAME:
        # An entry with a NUL is dead, and its letter tells it as it came.
        copy_in(connection, event.name, _COLUMNS, rows)
    else:
        _APPEND.run_each(connection, rows)
    newest = {"stream": place.stream, "seq": entries[-1].seq}
    _MOVE_HEAD.send(connection, {"at": place.station, **newest})


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
