"""What a projection stands on: the open transaction, where the entry came from, and what it may say back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, bindparam, select, update

from kiosk.bureau.feeds import CITY, Changes, hall_scope
from kiosk.bureau.problems import NotApplicable
from kiosk.bureau.readings import CLOSED, Reader
from kiosk.bureau.rows import add, change, put
from kiosk.bureau.same_person import ids_of
from kiosk.bureau.tables import capsule_due, notice, worker, worker_alias
from kiosk.messages.events import EventBody
from kiosk.statements import Statement

_PERSON = Statement(select(worker_alias.c.worker).where(worker_alias.c.alias == bindparam("alias")))
_MARK = Statement(
    update(capsule_due).where(capsule_due.c.worker == bindparam("person")).values(mark=capsule_due.c.mark + 1)
)
_Body = TypeVar("_Body", bound=EventBody)


@dataclass(frozen=True, slots=True)
class Source:
    """Where an entry came from. `at` is the kiosk's clock, for people only; `received_at` is ours."""

    stream: str
    seq: int
    kiosk: str
    station: str
    at: datetime
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Ground:
    """One entry's transaction. In a replay the log is read again: nothing is decided or said anew."""

    connection: Connection
    source: Source
    changes: Changes
    reader: Reader
    is_replay: bool

    @property
    def scopes(self) -> tuple[str, str]:
        """The feeds that the entry's kiosk reads."""
        return (CITY, hall_scope(self.source.station))

    @property
    def key(self) -> dict[str, object]:
        """The key of rows that stand for the entry itself."""
        return {"stream": self.source.stream, "seq": self.source.seq}

    def opened(self, body: _Body) -> _Body | None:
        """Return a body with its personal fields, None while nobody has its key; its kiosk is told so then.

        Raises ValueError where they make no sense; an entry that was applied before is only closed then.
        """
        try:
            found = self.reader.opened(self.source.stream, self.source.seq, body)
        except ValueError:
            if not self.is_replay:
                raise
            return None
        if found is None and not self.is_replay and not self.reader.is_erased(body):
            self.tell(CLOSED)
        return found

    def person(self, worker_id: str) -> str:
        """Return the one id of a person whom several kiosks may have registered. Raises NotApplicable."""
        known = _PERSON.scalar(self.connection, {"alias": worker_id})
        if known is None:
            raise NotApplicable("bureau.refused.unknown_worker")
        return str(known)

    def seen(self, person: str) -> None:
        """Note that a person was in a hall, and that what other kiosks know of him is out of date.

        All entries of a round come at one moment, so it is noted with the first of them.
        """
        if (person, self.source.received_at) in self.changes.seen:
            return
        self.changes.seen.add((person, self.source.received_at))
        change(self.connection, worker, {"id": person}, {"last_seen": self.source.received_at})
        if not self.is_replay:
            mark_due(self.connection, person)

    def tell(self, reason: str) -> None:
        """Put an entry into the kiosk's tray although it was applied: a person there must know. A key."""
        put(self.connection, notice, self.key, {"reason": reason})


def mark_due(connection: Connection, person: str) -> None:
    """Ask for a person's capsule to be sealed again; asking while it is being sealed asks once more.

    Whoever has several registrations has a capsule for each of their numbers, and all tell the same.
    """
    for each in ids_of(connection, person):
        if _MARK.run(connection, {"person": each}) == 0:
            add(connection, capsule_due, {"worker": each, "mark": 1})
