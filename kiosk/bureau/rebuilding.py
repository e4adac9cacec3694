"""Making the projected tables again from the log, in the order in which the bureau accepted the entries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Row, delete, func, select, update

from kiosk.bureau.applying import UNKNOWN_TYPE, Applying
from kiosk.bureau.databases import Database, opened
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.kept_beside import keys_of
from kiosk.bureau.progress import Progress, Step, told, untold
from kiosk.bureau.projected import PROJECTED
from kiosk.bureau.projections.ground import Source
from kiosk.bureau.readings import CLOSED, Reader
from kiosk.bureau.tables import dead_letter, event, kiosk, notice, quota, stream
from kiosk.messages.events import Event
from kiosk.protocol.profiles import may_say

_AT_ONCE = 1_000
"""Entries of the log that are held in memory: a province writes millions a year."""


class LogContradiction(Exception):
    """An entry that once was applied can no longer be: the rebuild was rolled back."""


def rebuild(data_dir: Path, tell: Progress = untold) -> int:
    """Empty the projections and fill them from the log; return how many entries were applied.

    Entries that were dead when they came stay dead, but for those whose type this program now knows: they
    are taken in as if they came today. Which entries came closed only the bureau remembers. That stays, as do
    rights, rulings, papers kept out and the feed. All in one transaction.
    """
    folder = BureauFolder(data_dir)
    with closing(keys_of(folder)) as keys, opened(data_dir) as database:
        return rebuild_in(database, Reader(folder.city_key.read_bytes(), keys), tell)


def rebuild_in(database: Database, reader: Reader, tell: Progress = untold) -> int:
    """As `rebuild`, on an open database."""
    with database.writing() as connection:
        connection.execute(delete(notice).where(notice.c.reason != CLOSED))
        for table in PROJECTED:
            if table is not notice:
                connection.execute(delete(table))
        connection.execute(update(quota).values(held_count=0, was_spent=False))
        return _replay(connection, reader, tell)


def _replay(connection: Connection, reader: Reader, tell: Progress) -> int:
    applied = 0
    dead = _dead(connection)
    past, today = Applying(connection, reader, is_replay=True), Applying(connection, reader)
    length = connection.scalars(select(func.count()).select_from(event)).one()
    for row in told(_log(connection), tell, Step.REPLAY, length):
        was = dead.get((row.stream, row.seq))
        if was not in {None, UNKNOWN_TYPE}:
            continue
        if was == UNKNOWN_TYPE and not may_say(row.profile, row.type):
            continue
        entry = Event.model_validate(row, from_attributes=True)
        source = Source(row.stream, row.seq, row.kiosk, row.station, row.at, row.received_at)
        reason = (past if was is None else today).one(source, entry)
        if reason is None:
            applied += 1
            _revive(connection, row.stream, row.seq, was)
        elif was is None:
            raise LogContradiction(f"{row.stream} {row.seq}: {reason}")
    past.met.note_seen(connection, is_replay=True)
    today.met.note_seen(connection)
    today.changes.stamp(connection, tell)
    return applied


def _log(connection: Connection) -> Iterator[Row[tuple[object, ...]]]:
    """Yield every entry and who said it, in the order of the log, of which only a page is held at a time."""
    said = (
        select(event, stream.c.kiosk, kiosk.c.station, kiosk.c.profile)
        .join(stream, stream.c.id == event.c.stream)
        .join(kiosk, kiosk.c.id == stream.c.kiosk)
        .order_by(event.c.pos)
        .limit(_AT_ONCE)
    )
    before = 0
    while page := connection.execute(said.where(event.c.pos > before)).all():
        yield from page
        before = page[-1].pos


def _dead(connection: Connection) -> dict[tuple[str, int], str]:
    rows = connection.execute(
        select(dead_letter.c.stream, dead_letter.c.seq, dead_letter.c.reason).join(
            event,
            (event.c.stream == dead_letter.c.stream)
            & (event.c.seq == dead_letter.c.seq)
            & (event.c.hash == dead_letter.c.hash),
        )
    )
    return {(row.stream, row.seq): row.reason for row in rows}


def _revive(connection: Connection, stream_id: str, seq: int, was: str | None) -> None:
    if was is not None:
        connection.execute(
            delete(dead_letter).where(dead_letter.c.stream == stream_id, dead_letter.c.seq == seq)
        )
