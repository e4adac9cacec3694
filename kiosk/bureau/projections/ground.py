"""What a projection stands on: the open transaction, where the entry came from, and what it may say back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection

from kiosk.bureau.districts import scopes_at
from kiosk.bureau.feeds import Changes
from kiosk.bureau.met import Met
from kiosk.bureau.problems import NotApplicable
from kiosk.bureau.readings import CLOSED, Reader
from kiosk.bureau.rows import put
from kiosk.bureau.tables import notice
from kiosk.messages.events import EventBody

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
    met: Met
    reader: Reader
    is_replay: bool

    @property
    def scopes(self) -> tuple[str, ...]:
        """The scopes in which the entry's kiosk reads of work."""
        return scopes_at(self.connection, self.source.station)

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
        known = self.met.person(self.connection, worker_id)
        if known is None:
            raise NotApplicable("bureau.refused.unknown_worker")
        return known

    def seen(self, person: str) -> None:
        """Note that a person was in a hall, and that what other kiosks know of him is out of date."""
        self.met.seen[person, self.source.station] = self.source.received_at

    def tell(self, reason: str) -> None:
        """Put an entry into the kiosk's tray although it was applied: a person there must know. A key."""
        put(self.connection, notice, self.key, {"reason": reason})
