"""The port `BureauBook` over rows: what the rules of sync ask of the database, in one transaction."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from kiosk.bureau import ingesting, quotas, restoring
from kiosk.bureau.applying import Applying
from kiosk.bureau.databases import be_alone
from kiosk.bureau.feeds import Changes, read_positions
from kiosk.bureau.ingesting import Place
from kiosk.bureau.init import foresee_meta, meta_value
from kiosk.bureau.met import Met
from kiosk.bureau.portable import among, listed
from kiosk.bureau.postgres import is_beside
from kiosk.bureau.projections.ground import Source
from kiosk.bureau.readings import Reader
from kiosk.bureau.registries import NO_MACHINE, Registry
from kiosk.bureau.restore_tables import lost_range, machine_hello
from kiosk.bureau.rows import add, change, put
from kiosk.bureau.same_person import ids_of_all
from kiosk.bureau.speakers import Speaker, foresee_speaker
from kiosk.bureau.tables import stream, worker
from kiosk.domain.ids import QuotaId, StreamId
from kiosk.domain.quotas import NumberSet
from kiosk.messages.events import Event, PlaceTaken, RightsReturned
from kiosk.messages.sync import SyncRequest
from kiosk.protocol.bureau_side import LIVE, SUPERSEDED
from kiosk.protocol.ports import StreamRecord
from kiosk.protocol.profiles import may_say
from kiosk.protocol.quotas import QuotaState
from kiosk.statements import Statement

FORK = "bureau.refused.fork"
NOT_THIS_PROFILE = "bureau.refused.not_this_profile"
_STREAM = Statement(select(stream).where(stream.c.id == bindparam("id")).with_for_update(key_share=True))
_LOCK_PEOPLE = Statement(
    select(worker.c.id)
    .where(among(worker.c.id, listed("names")))
    .order_by(worker.c.id)
    .with_for_update(key_share=True)
)
_HELLO = Statement(
    select(machine_hello.c.hello).where(
        machine_hello.c.kiosk == bindparam("kiosk"), machine_hello.c.machine == bindparam("machine")
    )
)


@dataclass(frozen=True, slots=True)
class SqlBook:
    """One round of one speaker. What it says to the halls waits in `changes` for its positions."""

    connection: Connection
    registry: Registry
    speaker: Speaker
    reader: Reader
    now: datetime
    request: SyncRequest
    changes: Changes = field(default_factory=Changes)
    met: Met = field(default_factory=Met)

    def generation(self) -> str:
        """Return the life of the bureau's database."""
        return meta_value(self.connection, "generation")

    def begin_generation(self, after: str) -> None:
        """Begin a new life, because somebody put an older database back and told nobody."""
        be_alone(self.connection)
        restoring.begin_generation(self.connection, self.registry, after, self.changes)

    def is_quarantined(self) -> bool:
        """Return whether somebody is still awaited after a restore."""
        return restoring.is_quarantined(self.connection)

    def await_machine(self, kiosk: str, machine: str) -> None:
        """Note a machine in the registry, before anything can be granted to its new stream."""
        be_alone(self.connection)
        self.registry.note_machine(kiosk, machine, self.request.stream)

    def note_report(self, kiosk: str, machine: str) -> None:
        """Note that a machine has told everything since the restore."""
        be_alone(self.connection)  # of two who report at the same moment neither would see the other
        for name in {machine, NO_MACHINE}:
            restoring.note_report(self.connection, kiosk, name)
        restoring.end_quarantine_if_over(self.connection, self.registry)

    def stream(self, name: str) -> StreamRecord | None:
        """Return a stream, None for one never heard of; nobody else moves its watermark from now on."""
        row = _STREAM.first(self.connection, {"id": name})
        if row is None:
            return None
        return StreamRecord(
            row.id, row.kiosk, row.machine, row.state, row.acked, row.head_hash, row.boot, row.boottime_ms
        )

    def open_stream(self, record: StreamRecord) -> None:
        """Keep a new stream."""
        be_alone(self.connection)
        restoring.open_stream(self.connection, record, self.now)

    def supersede(self, kiosk: str, but: str) -> None:
        """End the live streams of a kiosk but one."""
        be_alone(self.connection)
        self.connection.execute(
            update(stream)
            .where(stream.c.kiosk == kiosk, stream.c.state == LIVE, stream.c.id != but)
            .values(state=SUPERSEDED)
        )

    def set_state(self, stream_id: str, state: str) -> None:
        """Set a stream's state."""
        be_alone(self.connection)
        change(self.connection, stream, {"id": stream_id}, {"state": state})

    def advance(self, record: StreamRecord) -> None:
        """Keep a new watermark; clock and cursors only of a request newer than the last one heard."""
        values: dict[str, object] = {"acked": record.acked, "head_hash": record.head_hash}
        clock = self.request.clock
        if (record.boot, record.boottime_ms) == (clock.boot, clock.boottime_ms):
            read = read_positions(self.connection, self.request.cursors)
            values |= {"boot": clock.boot, "boottime_ms": clock.boottime_ms, "cursors": json.dumps(read)}
        change(self.connection, stream, {"id": record.id}, values)

    def hello_of(self, kiosk: str, machine: str, *, makes_new: bool) -> str:
        """Return what a new stream of this machine must repeat; there is always one, so none is guessed."""
        key = {"kiosk": kiosk, "machine": machine}
        kept = _HELLO.scalar(self.connection, key)
        if kept is not None and not makes_new:
            return str(kept)
        fresh = secrets.token_hex(16)
        put(self.connection, machine_hello, key, {"hello": fresh})
        return fresh

    def hashes(self, stream_id: str, first: int, last: int) -> Mapping[int, str]:
        """Return our hashes of entries first..last, by seq."""
        return ingesting.known_hashes(self.connection, stream_id, first, last)

    def take_in(self, record: StreamRecord, events: Iterable[Event]) -> None:
        """Append entries to the log and apply them; whatever is wrong with one stops no other."""
        speaker, entries = self.speaker, list(events)
        self.reader.keys.tell(self.request.keys)
        if not entries:
            return
        self._meet(entries)
        ingesting.keep(self.connection, Place(record.id, speaker.station), entries, self.now)
        said = [entry for entry in entries if may_say(speaker.profile, entry.type)]
        sources = [
            Source(record.id, entry.seq, speaker.kiosk, speaker.station, ingesting.said_at(entry), self.now)
            for entry in said
        ]
        applying = Applying(self.connection, self.reader, self.changes, self.met)
        reasons = applying.all(list(zip(sources, said, strict=True)))
        self.met.note_seen(self.connection)
        refused: dict[int, str | None] = {entry.seq: NOT_THIS_PROFILE for entry in entries}
        refused |= {entry.seq: reason for entry, reason in zip(said, reasons, strict=True)}
        for entry in entries:
            reason = refused[entry.seq]
            if reason is not None:
                ingesting.bury(self.connection, record.id, entry, reason, self.now)

    def _meet(self, entries: Iterable[Event]) -> None:
        """Find out whom entries name, and let nobody else write of them: the log's order is theirs.

        Whoever has several registrations is one person, and all of them are locked.
        """
        self.met.ask(self.connection, _named(entries))
        if is_beside(self.connection):
            everybody = ids_of_all(self.connection, self.met.meant.values())
            _LOCK_PEOPLE.all(self.connection, {"names": json.dumps(everybody)})

    def keep_aside(self, stream_id: str, events: Iterable[Event]) -> None:
        """Keep the entries of a forked stream for a person."""
        for entry in events:
            ingesting.bury(self.connection, stream_id, entry, FORK, self.now)

    def note_loss(self, stream_id: str, first: int, last: int, head_hash: str) -> None:
        """Note entries that nobody has any more."""
        facts = {"first": first, "last": last, "head_hash": head_hash, "noted_at": self.now}
        add(self.connection, lost_range, {"stream": stream_id, **facts})

    def granted_of(self, stream_id: str, names: Iterable[str]) -> Mapping[str, NumberSet]:
        """Return everything ever granted to a stream of these quotas, by quota."""
        return quotas.granted_of(self.connection, stream_id, names)

    def quota(self, name: str) -> QuotaState | None:
        """Return who holds which numbers, None for a quota nobody ever heard of."""
        return quotas.load(self.connection, QuotaId(name))

    def save_claim(self, name: str, stream_id: str, state: QuotaState) -> None:
        """Keep a quota in which a stream claimed numbers that the bureau had forgotten."""
        be_alone(self.connection)
        quotas.save_claim(self.connection, name, StreamId(stream_id), state, self.now)


def foresee(connection: Connection, kiosk: str, request: SyncRequest) -> None:
    """Ask in one journey what nearly every round asks one by one; locks are taken in their order."""
    foresee_speaker(connection, kiosk)
    quotas.foresee_lock(connection, numbers_in(request))
    foresee_meta(connection, "generation")
    _STREAM.foresee(connection, {"id": request.stream})
    if request.rights:
        quotas.foresee_granted(connection, request.stream, [view.quota for view in request.rights])
    last = request.first + len(request.events) - 1
    ingesting.foresee_hashes(connection, request.stream, request.first - 1, last)


def numbers_in(request: SyncRequest) -> set[str]:
    """Return the quotas whose numbers a round may move: those it asks for, spends of and gives back."""
    named = {want.quota for want in request.wants}
    for entry in request.events:
        if entry.type not in {PlaceTaken.type, RightsReturned.type}:
            continue
        try:
            body = entry.parsed()
        except ValueError:
            continue  # it will be found malformed when it is applied
        if isinstance(body, PlaceTaken):
            named |= {item.quota for item in body.spent}
        elif isinstance(body, RightsReturned):
            named.add(body.quota)
    return named


def _named(entries: Iterable[Event]) -> set[str]:
    """Return the registrations that entries name."""
    named: set[str] = set()
    for entry in entries:
        try:
            body = entry.parsed()
        except ValueError:
            continue
        if body is not None:
            named.add(body.sealed_worker)
    return named
