"""What a projection stands on: the open transaction, where the entry came from, and what it may say back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from kiosk.bureau.feeds import CITY, Changes, hall_scope
from kiosk.bureau.problems import NotApplicable
from kiosk.bureau.rows import put
from kiosk.bureau.tables import capsule_due, notice, worker, worker_alias


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
    hash_of: Callable[[str], str]
    is_replay: bool

    @property
    def scopes(self) -> tuple[str, str]:
        """The feeds that the entry's kiosk reads."""
        return (CITY, hall_scope(self.source.station))

    @property
    def key(self) -> dict[str, object]:
        """The key of rows that stand for the entry itself."""
        return {"stream": self.source.stream, "seq": self.source.seq}

    def person(self, worker_id: str) -> str:
        """Return the one id of a person whom several kiosks may have registered. Raises NotApplicable."""
        known = self.connection.execute(
            select(worker_alias.c.worker).where(worker_alias.c.alias == worker_id)
        ).scalar_one_or_none()
        if known is None:
            raise NotApplicable("bureau.refused.unknown_worker")
        return str(known)

    def seen(self, person: str) -> None:
        """Note that a person was in a hall, and that what other kiosks know of him is out of date."""
        self.connection.execute(
            update(worker).where(worker.c.id == person).values(last_seen=self.source.received_at)
        )
        if not self.is_replay:
            mark_due(self.connection, person)

    def tell(self, reason: str) -> None:
        """Put an entry into the kiosk's tray although it was applied: a person there must know. A key."""
        put(self.connection, notice, self.key, {"reason": reason})


def mark_due(connection: Connection, person: str) -> None:
    """Ask for a person's capsule to be sealed again; asking while it is being sealed asks once more."""
    again = connection.execute(
        update(capsule_due).where(capsule_due.c.worker == person).values(mark=capsule_due.c.mark + 1)
    )
    if again.rowcount == 0:
        put(connection, capsule_due, {"worker": person}, {"mark": 1})
