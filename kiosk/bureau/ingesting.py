"""Taking a stream's entries in: trim what is known, refuse a gap, see a fork; a pure judgement, then rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from kiosk.bureau.rows import has
from kiosk.bureau.tables import dead_letter, event
from kiosk.messages.events import FIRST_HASH, Event, chain_hash
from kiosk.messages.sync import SyncRequest

_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a stream: its watermark and the clock of the newest request heard."""

    stream: str
    acked: int
    boot: str
    boottime_ms: int


@dataclass(frozen=True, slots=True)
class Fresh:
    """Entries to take in, the first of them right behind the watermark; perhaps none."""

    events: Sequence[Event]


@dataclass(frozen=True, slots=True)
class Gap:
    """The request begins too late; the stream is asked for again from `need_from`."""

    need_from: int


@dataclass(frozen=True, slots=True)
class Fork:
    """The stream tells another story than before: a copy of it was put back, or is alive elsewhere."""

    events: Sequence[Event]


def judge(known: Known, request: SyncRequest, hashes: Mapping[int, str]) -> Fresh | Gap | Fork:
    """Judge a request against the watermark; `hashes` are ours by seq, from `first - 1` on."""
    if _went_back(known, request) or _is_chain_broken(request):
        return Fork(request.events)
    if request.first > known.acked + 1:
        return Gap(known.acked + 1)
    ours_before = hashes.get(request.first - 1, FIRST_HASH)
    overlap = (hashes[entry.seq] == entry.hash for entry in request.events if entry.seq <= known.acked)
    if request.prev_hash != ours_before or not all(overlap):
        return Fork(request.events)
    return Fresh([entry for entry in request.events if entry.seq > known.acked])


def known_hashes(connection: Connection, stream: str, request: SyncRequest) -> dict[int, str]:
    """Return our hashes of the entries that a request repeats, and of the one before it."""
    rows = connection.execute(
        select(event.c.seq, event.c.hash).where(
            event.c.stream == stream,
            event.c.seq >= request.first - 1,
            event.c.seq < request.first + len(request.events),
        )
    )
    return {row.seq: row.hash for row in rows}


def keep(connection: Connection, stream: str, entry: Event, received_at: datetime) -> None:
    """Append an entry to the log."""
    envelope = entry.model_dump() | {"at": said_at(entry)}
    connection.execute(insert(event).values(**envelope, stream=stream, received_at=received_at))


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
    connection.execute(
        insert(dead_letter).values(
            stream=stream,
            seq=entry.seq,
            hash=entry.hash,
            reason=reason,
            raw=entry.model_dump_json(),
            received_at=received_at,
        )
    )


def _went_back(known: Known, request: SyncRequest) -> bool:
    """Return whether the kiosk has forgotten entries it once sent.

    A request that was merely late also has an older head, but then it was made earlier in the same boot.
    """
    if request.head >= known.acked:
        return False
    return request.clock.boot != known.boot or request.clock.boottime_ms > known.boottime_ms


def _is_chain_broken(request: SyncRequest) -> bool:
    before = request.prev_hash
    for entry in request.events:
        expected = chain_hash(request.stream, entry.seq, entry.type, entry.v, before, entry.body)
        if entry.prev_hash != before or entry.hash != expected:
            return True
        before = entry.hash
    return False
