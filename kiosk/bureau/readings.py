"""Reading personal fields: sealed in the log, opened for a moment with the keys that are still there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.event import listen

from kiosk.bureau.databases import Database
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.kept_beside import keys_of
from kiosk.bureau.key_stores import KeyStore
from kiosk.bureau.tables import dead_letter, event, notice
from kiosk.messages.capsules import number_hash
from kiosk.messages.events import EVENT_TYPES, EventBody
from kiosk.messages.events import Event as Entry
from kiosk.messages.personal import Kind
from kiosk.messages.sealing import opened, worker_in
from kiosk.statements import Statement

_Body = TypeVar("_Body", bound=EventBody)
_UNREAD = "unread:"
CLOSED = "bureau.notice.closed"
"""Told of an entry that came without a key that opens it: its kiosk has no other, so it is kept as it is."""
_ENTRY = Statement(
    select(event).where(
        event.c.stream == bindparam("stream"),
        event.c.seq == bindparam("seq"),
        event.c.type == bindparam("type"),
    )
)
_IS_TOLD = (
    select(notice.c.seq)
    .where(notice.c.stream == event.c.stream, notice.c.seq == event.c.seq, notice.c.reason == CLOSED)
    .exists()
)
_IS_DEAD = (
    select(dead_letter.c.id)
    .where(
        dead_letter.c.stream == event.c.stream,
        dead_letter.c.seq == event.c.seq,
        dead_letter.c.hash == event.c.hash,
    )
    .exists()
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who may read personal fields: the holder of the city key and of the workers' keys."""

    city_key: bytes = field(repr=False)
    keys: KeyStore

    def hash_of(self, number: str) -> str:
        """Return what stands for a person's number in the database."""
        return number_hash(self.city_key, number)

    def person_of(self, worker_id: str) -> str:
        """Return whom an id meant when his fields were erased; of everybody else it is his own.

        What the numbers told, that two ids are one person, nobody can read any more.
        """
        return self.keys.person_of(worker_id) or worker_id

    def opened(self, stream: str, seq: int, body: _Body, *, is_shown: bool = False) -> _Body | None:
        """Return a body with its personal fields, None when no key of its worker opens it.

        `is_shown`: nor when somebody asked to erase them since. Raises ValueError where they make no sense.
        """
        if body.sealing is None or not body.sealed_text:
            return body
        asked = body.sealed_worker, body.sealing.kind
        found = self.keys.secrets(*asked, is_shown=True) if is_shown else self.keys.at_hand(*asked)
        return opened(body, found, stream, seq)

    def is_erased(self, body: EventBody) -> bool:
        """Return whether somebody asked to erase what a body says of its worker."""
        return (
            body.sealing is not None
            and self.keys.erasure_of(body.sealed_worker, body.sealing.kind) is not None
        )

    def is_forgotten(self, person: str) -> bool:
        """Return whether somebody asked to erase who a person is, who did not come again since."""
        erasure = self.keys.erasure_of(person, Kind.STATUTORY)
        return erasure is not None and not self.keys.is_given_anew(erasure)

    def ask(
        self, connection: Connection, kind: type[_Body], stream: str, seq: int
    ) -> Callable[[], _Body | None]:
        """Ask for an entry of the log with its personal fields; None is one that may not be shown, too."""
        asked = _ENTRY.ask(connection, {"stream": stream, "seq": seq, "type": kind.type}) if stream else None

        def entry() -> _Body | None:
            for row in asked.all() if asked else ():
                body = Entry.model_validate(row, from_attributes=True).parsed()
                try:
                    return self.opened(stream, seq, body, is_shown=True) if isinstance(body, kind) else None
                except ValueError:
                    return None
            return None

        return entry

    def entry(self, connection: Connection, kind: type[_Body], stream: str, seq: int) -> _Body | None:
        """Return such an entry at once."""
        return self.ask(connection, kind, stream, seq)()


def unreadable(connection: Connection, keys: KeyStore) -> int:
    """Return how many entries nobody can read any more although nobody erased what they say.

    What came closed was told to its kiosk then, and what is a dead letter waits for a person: of neither
    we ever had the key.
    """
    types = [name for name, body in EVENT_TYPES.items() if body.sealing is not None]
    rows = connection.execute(select(event).where(event.c.type.in_(types), ~_IS_TOLD, ~_IS_DEAD))
    return sum(_is_closed(row.stream, Entry.model_validate(row, from_attributes=True), keys) for row in rows)


def _is_closed(stream: str, entry: Entry, keys: KeyStore) -> bool:
    """Return whether no key opens what nobody erased; a key that opens it to nonsense is one, too."""
    needed, body = worker_in(entry), entry.parsed()
    if needed is None or body is None or keys.erasure_of(*needed) is not None:
        return False
    try:
        return opened(body, keys.secrets(*needed), stream, entry.seq) is None
    except ValueError:
        return False


def forget_closed(connection: Connection, keys: KeyStore, stream: str) -> None:
    """Take back what was told of a stream's closed entries as far as somebody asked to erase them."""
    told = select(event).where(event.c.stream == stream, _IS_TOLD)
    for row in connection.execute(told).all():
        needed = worker_in(Entry.model_validate(row, from_attributes=True))
        if needed is not None and keys.erasure_of(*needed) is not None:
            connection.execute(delete(notice).where(notice.c.stream == stream, notice.c.seq == row.seq))


def unread(person: str) -> str:
    """Return what stands in the place of a number's hash while nobody can read the number."""
    return _UNREAD + person


def is_unread(found: str) -> bool:
    """Return whether this is no hash of a number."""
    return found.startswith(_UNREAD)


def kept_with(database: Database, folder: BureauFolder) -> KeyStore:
    """Return the key store of a bureau, which writes what it was told just before a transaction commits."""
    keys = keys_of(folder)
    listen(database.writer, "commit", lambda _: keys.keep_told())
    listen(database.writer, "rollback", lambda _: keys.forget_told())
    return keys
