"""What sync asks of storage: the journal's next entries, and places to put what comes down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.messages.events import Event
from kiosk.messages.feed import Cursor, FeedRow
from kiosk.messages.sync import Refusal, RightGrant, RightView, Want


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One consistent view of what is to be said: unacknowledged entries in order, rights, cursors."""

    stream: str
    generation: str
    head: int
    first: int
    prev_hash: str
    events: tuple[Event, ...]
    rights: tuple[RightView, ...]
    wants: tuple[Want, ...]
    cursors: tuple[Cursor, ...]
    backlog: int
    refused_open: int
    is_old: bool = False


class SyncBook(Protocol):
    """The sync process's side of the kiosk's database; every method is one short transaction or several."""

    def outgoing(self, limit: int) -> Outgoing:
        """Return what to say now, with at most `limit` entries."""
        ...

    def adopt_generation(self, generation: str) -> None:
        """Store the bureau's generation durably; on a new one acked falls back to the prune floor."""
        ...

    def acknowledge(self, stream: str, acked: int, need_from: int | None, prune_ok: int = 0) -> None:
        """Raise acked to `acked` (never lower it), unless the bureau asks again from `need_from`.

        Entries up to `prune_ok` are in the bureau's verified backup, so personal data in them may be blanked.
        """
        ...

    def grant(self, stream: str, rights: list[RightGrant]) -> None:
        """Merge granted ranges (union), the marker file first, then the database."""
        ...

    def refuse(self, refusals: list[Refusal], at: datetime) -> None:
        """Put refused entries into the tray that only a person empties."""
        ...

    def apply_rows(self, scope: str, rows: list[FeedRow], cursor: Cursor, *, is_snapshot: bool) -> None:
        """Apply at most 500 rows a few at a time, the cursor with the last: a torn page is told again."""
        ...

    def set_open_places(self, open_places: dict[str, int]) -> None:
        """Remember what the bureau believes is open (quota → numbers), for showing only."""
        ...

    def note_attempt(
        self,
        at: datetime,
        *,
        success: bool,
        problem: str,
        next_try_at: datetime,
        server_time: datetime | None,
    ) -> None:
        """Remember how the last round went, for the desk."""
        ...
