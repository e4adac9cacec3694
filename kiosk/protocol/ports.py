"""What the rules of sync ask of those who keep things: the kiosk's database, and the bureau's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.domain.quotas import NumberSet
from kiosk.messages.events import Event
from kiosk.messages.feed import Cursor, FeedPage
from kiosk.messages.sealing import WorkerKey
from kiosk.messages.sync import OldStream, Recall, Refusal, RightView, Want
from kiosk.protocol.quotas import QuotaState
from kiosk.protocol.watermarks import Told


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
    floor: int = 0
    older: tuple[OldStream, ...] | None = None
    hello: str = ""
    machine: str = ""
    keys: tuple[WorkerKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Since:
    """The life in which something was said: an answer to another stream or of another generation is void."""

    stream: str
    generation: str


class SyncBook(Protocol):
    """The sync process's side of the kiosk's database; every method is one short transaction or several.

    A method with `since` does nothing when the database lives another life by now: of another generation,
    or without that stream, present or old.
    """

    def outgoing(self, limit: int) -> Outgoing:
        """Return what to say now, with at most `limit` entries."""
        ...

    def generation(self) -> str:
        """Return the bureau's generation as it is known here."""
        ...

    def adopt_generation(self, generation: str) -> None:
        """Store a newer generation durably; but for the first one, everything kept is offered again."""
        ...

    def note_hello(self, since: Since, hello: str, *, asks_older: bool) -> None:
        """Remember what the next request must repeat, and whether it must tell of older streams."""
        ...

    def note_revoked(self, now: datetime) -> None:
        """Remember that this machine is no kiosk any more, and forget people once everything is told."""
        ...

    def missing(self, since: Since, granted: Mapping[str, NumberSet]) -> Mapping[str, NumberSet]:
        """Return what of a grant is not known here yet; nothing for a stream that is not the present one."""
        ...

    def remember_granted(self, since: Since, granted: Mapping[str, NumberSet]) -> None:
        """Keep granted numbers in the marker, outside the database."""
        ...

    def store_granted(self, since: Since, granted: Mapping[str, NumberSet]) -> None:
        """Add granted numbers to the database, where they can be spent from now on."""
        ...

    def return_surplus(self, since: Since, recalls: Iterable[Recall]) -> bool:
        """Give back free numbers that the bureau asks for, in one transaction; return whether any went."""
        ...

    def acknowledge(
        self, since: Since, told: Told, acked: int, need_from: int | None = None, prune_ok: int = 0
    ) -> None:
        """Move the watermark, or begin a new stream where the bureau knows more than was ever written.

        An answer that `watermarks.is_answer_to` does not let pass changes nothing: it is told again.
        """
        ...

    def refuse(self, since: Since, refusals: Iterable[Refusal], at: datetime) -> None:
        """Put refused entries into the tray that only a person empties."""
        ...

    def begin_stream(self, since: Since) -> None:
        """Begin a new stream where this one can never go on."""
        ...

    def apply_page(self, page: FeedPage, leads_on: Callable[[Cursor | None], bool]) -> None:
        """Apply at most 500 rows a few at a time, the cursor with the last: a torn page is told again.

        Nothing happens where it does not lead on from how far its scope is read when no other process can
        read on: another one may have, since the page was asked for.
        """
        ...

    def set_open_places(self, open_places: Mapping[str, int]) -> None:
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


@dataclass(frozen=True, slots=True)
class StreamRecord:
    """What the bureau knows of a stream: its watermark, and the clock of the newest request heard."""

    id: str
    kiosk: str
    machine: str
    state: str
    acked: int
    head_hash: str
    boot: str
    boottime_ms: int


class BureauBook(Protocol):
    """The bureau's side of one round, inside one transaction."""

    def generation(self) -> str:
        """Return the life of the bureau's database."""
        ...

    def begin_generation(self, after: str) -> None:
        """Begin a new life after `after` and quarantine: grants rest until every kiosk has reported."""
        ...

    def is_quarantined(self) -> bool:
        """Return whether somebody is still awaited after a restore."""
        ...

    def await_machine(self, kiosk: str, machine: str) -> None:
        """Note, outside of every backup, a machine that is awaited after a restore."""
        ...

    def note_report(self, kiosk: str, machine: str) -> None:
        """Note that a machine has fully reported to this generation; the last one ends the quarantine."""
        ...

    def stream(self, name: str) -> StreamRecord | None:
        """Return a stream, None for one never heard of."""
        ...

    def open_stream(self, record: StreamRecord) -> None:
        """Keep a new stream."""
        ...

    def supersede(self, kiosk: str, but: str) -> None:
        """End the live streams of a kiosk but one: they get no rights any more."""
        ...

    def set_state(self, stream: str, state: str) -> None:
        """Set a stream's state."""
        ...

    def advance(self, record: StreamRecord) -> None:
        """Keep a stream's new watermark and clock."""
        ...

    def hello_of(self, kiosk: str, machine: str, *, makes_new: bool) -> str:
        """Return what a new stream of this machine must repeat; `makes_new` makes all earlier ones void."""
        ...

    def hashes(self, stream: str, first: int, last: int) -> Mapping[int, str]:
        """Return our hashes of entries first..last, by seq."""
        ...

    def take_in(self, record: StreamRecord, events: Iterable[Event]) -> None:
        """Append entries to the log and apply them; one that cannot be applied is kept as a dead letter."""
        ...

    def keep_aside(self, stream: str, events: Iterable[Event]) -> None:
        """Keep the entries of a forked stream for a person."""
        ...

    def note_loss(self, stream: str, first: int, last: int, head_hash: str) -> None:
        """Note entries that nobody has any more: pruned at the kiosk, and not in the restored backup."""
        ...

    def granted_of(self, stream: str, quotas: Iterable[str]) -> Mapping[str, NumberSet]:
        """Return everything ever granted to a stream of these quotas, by quota."""
        ...

    def quota(self, name: str) -> QuotaState | None:
        """Return who holds which numbers, None for a quota nobody ever heard of."""
        ...

    def save_claim(self, name: str, stream: str, state: QuotaState) -> None:
        """Keep a quota in which a stream claimed numbers that the bureau had forgotten."""
        ...
