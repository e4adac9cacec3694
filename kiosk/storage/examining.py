"""Looking at a database that nobody closed: a disk that lies about flushes leaves one that only seems whole.

| looked at | what a lost write leaves there |
| --- | --- |
| pages and indexes | rows that an index misses, pages that nobody owns |
| references | a number spent for a placement that is gone |
| the journal's chain | an entry that is missing or is another one |
| what entries say was taken | a number that would be handed out again, a placement or a slip that is gone |
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from kiosk.messages.events import PlaceTaken, chain_hash
from kiosk.storage.database import Database
from kiosk.storage.known_streams import present_stream
from kiosk.storage.tables import current_stream, journal, placement, slip, spent_number


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the tables say was taken."""

    spent: frozenset[tuple[str, int, str]]
    placements: frozenset[str]
    slips: frozenset[str]

    @classmethod
    def of(cls, connection: Connection) -> _Kept:
        """Read all of it: three covering looks at a few thousand rows."""
        spent = connection.execute(
            select(spent_number.c.quota, spent_number.c.number, spent_number.c.placement)
        )
        return cls(
            frozenset((row.quota, row.number, row.placement) for row in spent),
            frozenset(connection.execute(select(placement.c.id)).scalars()),
            frozenset(connection.execute(select(slip.c.number)).scalars()),
        )

    def holds(self, taken: PlaceTaken) -> bool:
        """Return whether all that an entry tells of is there."""
        spent = {(item.quota, item.number, taken.placement) for item in taken.spent}
        return spent <= self.spent and taken.placement in self.placements and taken.slip in self.slips


def was_closed(database: Path) -> bool:
    """Return whether the last process closed the file, which folds the log into it."""
    log = database.with_name(database.name + "-wal")
    return not log.exists() or log.stat().st_size == 0


def damage_of(database: Database) -> str | None:
    """Return what is wrong, for the log, or None; people and their numbers are never named."""
    with database.reading() as connection:
        verdict = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
        if verdict != "ok":
            return f"pages: {verdict}"
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            return "a reference leads nowhere"
        return _damage_of_journal(connection)


def _damage_of_journal(connection: Connection) -> str | None:
    row = connection.execute(select(current_stream)).one_or_none()
    if row is None:
        return None
    known = present_stream(connection)
    kept = _Kept.of(connection)
    seq, before = known.mark.floor, known.floor_hash
    entries = select(journal).where(journal.c.seq > known.mark.floor).order_by(journal.c.seq)
    for entry in connection.execute(entries):
        expected = chain_hash(known.id, entry.seq, entry.type, entry.v, before, entry.body)
        if (entry.seq, entry.prev_hash, entry.hash) != (seq + 1, before, expected):
            return f"the chain of entries at {seq + 1}"
        if entry.type == PlaceTaken.type and not kept.holds(PlaceTaken.model_validate_json(entry.body)):
            return f"what entry {entry.seq} took is not taken"
        seq, before = entry.seq, entry.hash
    return None if (seq, before) == (row.head, row.head_hash) else "the head of the journal"
