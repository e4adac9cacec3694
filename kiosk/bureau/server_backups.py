"""Backups that PostgreSQL makes of itself: one counts when it was put back somewhere and read there.

A province has too much for a whole copy each night. Its server writes a base backup and keeps every change
since; whether that is a backup shows when a server runs on it. Such a database, aside from the bureau's own,
is read here, and only then kiosks hear that they may forget what it holds.

A standby that follows is no backup: what somebody deletes is gone there, too. So a word is written into the
bureau's database first, which a copy made before cannot know.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, select

from kiosk.actions.faults import Refused
from kiosk.bureau.backups import Manifest, may_forget, streams_of
from kiosk.bureau.databases import Database, connect_to, is_of_this_program, opened
from kiosk.bureau.init import meta_value
from kiosk.bureau.invariants import broken
from kiosk.bureau.postgres import checked_url, shown
from kiosk.bureau.progress import Progress, Step, told, untold
from kiosk.bureau.rows import put
from kiosk.bureau.tables import event, kiosk, meta, stream
from kiosk.domain.sentences import Sentence
from kiosk.messages.events import chain_hash
from kiosk.statements import Row

_WORD = "copy_word"
_FOR_NUL = "\N{SYMBOL FOR NULL}"
"""Stands for what the server keeps in no text, so such an entry has another hash; it is a dead letter."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A copy that counts: when somebody was last heard in it, and what only kiosks know beyond it."""

    heard_until: datetime
    entries: int
    beyond: Mapping[str, int]


def count_copy(data_dir: Path, database: str, tell: Progress = untold) -> Counted:
    """Read the copy at a URL, and let kiosks forget what it holds.

    Raises Refused where it is the bureau's own database or follows it, is of another life or another program,
    knows of no kiosk that spoke, or breaks a rule; StorageFault where it cannot be read.
    """
    place = checked_url(database)
    with opened(data_dir) as ours:
        if not ours.is_shared:
            raise Refused(Sentence("bureau.copy.in_a_file"))
        word = secrets.token_hex(16)
        with ours.writing() as connection:
            put(connection, meta, {"key": _WORD}, {"value": word})
            generation, upto = meta_value(connection, "generation"), _backed_up(connection)
        copy = connect_to(place)
        try:
            found, until = _read(copy, shown(place), generation, upto, tell)
            with copy.reading() as connection:  # last of all: what follows has heard of it by now
                if word in connection.scalars(select(meta.c.value).where(meta.c.key == _WORD)):
                    raise Refused(Sentence("bureau.copy.follows", {"database": shown(place)}))
        finally:
            copy.close()
        with ours.reading() as connection:
            present = streams_of(connection)
    may_forget(data_dir, Manifest(generation=generation, made_at=until, files={}, streams=found))
    later = {name: acked - found.get(name, 0) for name, acked in sorted(present.items())}
    return Counted(until, sum(found.values()), {name: count for name, count in later.items() if count > 0})


def _read(
    copy: Database, place: str, generation: str, upto: Mapping[str, int], tell: Progress
) -> tuple[dict[str, int], datetime]:
    """Return how far each stream is in a copy, and when somebody was heard last. Raises Refused."""
    with copy.reading() as connection:
        is_ours = is_of_this_program(connection)
        if is_ours is False:
            raise Refused(Sentence("bureau.copy.other_program", {"database": place}))
        if is_ours is None or meta_value(connection, "generation") != generation:
            raise Refused(Sentence("bureau.copy.other_life", {"database": place}))
        heard = connection.execute(select(func.max(kiosk.c.seen_at))).scalar_one()
        if heard is None:
            raise Refused(Sentence("bureau.copy.nobody", {"database": place}))
        tell(Step.CHECK, 0, None)
        wrong = next(broken(connection), None) or next(_spoilt(connection, upto, tell), None)
        if wrong is not None:
            raise Refused(Sentence("bureau.backup.damaged", {"folder": place, "detail": wrong}))
        return streams_of(connection), heard


def _spoilt(connection: Connection, upto: Mapping[str, int], tell: Progress) -> Iterator[str]:
    """Yield what of the entries that kiosks may forget now is not what its hash says."""
    heads = connection.execute(select(stream.c.id, stream.c.acked)).all()
    for head in told(heads, tell, Step.HASH, len(heads)):
        rows = connection.execute(
            select(event).where(event.c.stream == head.id, event.c.seq > upto.get(head.id, 0))
        )
        yield from (f"{head.id}: entry {row.seq} is spoilt" for row in rows if not _is_sound(row))


def _is_sound(row: Row) -> bool:
    said = chain_hash(row.stream, row.seq, row.type, row.v, row.prev_hash, row.body)
    return said == row.hash or _FOR_NUL in row.type + row.body


def _backed_up(connection: Connection) -> dict[str, int]:
    """Return how far each stream is in a backup that counted before."""
    return {row.id: row.backup_upto for row in connection.execute(select(stream.c.id, stream.c.backup_upto))}
