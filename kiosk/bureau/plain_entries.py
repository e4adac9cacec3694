"""Entries of programs from before sealing: their personal fields lie in clear, and are blanked by hand.

The hash of such an entry stays what it was, so its chain holds; it is the one thing that no longer follows
from the words. Backups made before keep the words until they are deleted.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select, update

from kiosk.bureau.tables import dead_letter, event
from kiosk.messages.events import EVENT_TYPES
from kiosk.messages.events import Event as Entry
from kiosk.messages.personal import Kind

_IN_CLEAR = 1


def blank_plain(connection: Connection, of: str, kind: Kind) -> int:
    """Blank the fields of one kind in every entry of a worker that lies in clear; return how many."""
    return _blank_log(connection, of, kind) + _blank_dead(connection, of, kind)


def _blank_log(connection: Connection, of: str, kind: Kind) -> int:
    rows = connection.execute(
        select(event).where(
            event.c.type.in_(_types(kind)), event.c.v == _IN_CLEAR, event.c.body.contains(of, autoescape=True)
        )
    )
    count = 0
    for row in rows.all():
        body = _blanked(Entry.model_validate(row, from_attributes=True), of)
        if body is not None:
            connection.execute(update(event).where(event.c.pos == row.pos).values(body=body))
            count += 1
    return count


def _blank_dead(connection: Connection, of: str, kind: Kind) -> int:
    rows = connection.execute(select(dead_letter).where(dead_letter.c.raw.contains(of, autoescape=True)))
    count = 0
    for row in rows.all():
        entry = Entry.model_validate_json(row.raw)
        body = _blanked(entry, of) if entry.type in _types(kind) and entry.v == _IN_CLEAR else None
        if body is not None:
            raw = entry.model_copy(update={"body": body}).model_dump_json()
            connection.execute(update(dead_letter).where(dead_letter.c.id == row.id).values(raw=raw))
            count += 1
    return count


def _types(kind: Kind) -> Iterable[str]:
    return [name for name, body in EVENT_TYPES.items() if body.sealing and body.sealing.kind is kind]


def _blanked(entry: Entry, of: str) -> str | None:
    """Return the entry's text without its personal fields, None where it is another worker's."""
    try:
        body = entry.parsed()
    except ValueError:
        return None
    if body is None or body.sealing is None or body.sealed_worker != of:
        return None
    return body.model_copy(update=body.blanks()).model_dump_json(exclude=set(body.sealing.fields))
