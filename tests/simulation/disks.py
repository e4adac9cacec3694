"""What a simulated kiosk keeps: values of one moment, and the disk that holds the newest of them.

Everything durable is a value that a commit replaces, so a crash, an old copy put back and a cloned disk are
assignments. Wherever a real kiosk could be killed or overtaken, `pause` is called.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Protocol

from kiosk.domain.quotas import NumberSet
from kiosk.messages.events import FIRST_HASH, Event, EventBody, chain_hash
from kiosk.protocol import watermarks
from kiosk.protocol.doors import DoorBook
from kiosk.protocol.holdings import Holding
from kiosk.protocol.marks import GrantedMark, Mark
from kiosk.protocol.watermarks import Watermark

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""Every clock of the simulation stands still: no rule may read one."""
TRIP = "t1"


class Crash(BaseException):
    """The power is cut. Not an Exception, so that no tidy-up can mistake it for something to handle."""


class Surroundings(Protocol):
    """What a kiosk asks of the world around it."""

    def pause(self) -> None:
        """Let others go on; raises Crash when this is the moment of a power cut."""
        ...

    def unique(self, kind: str) -> str:
        """Return a name nobody has."""
        ...

    def committed(self, disk: Disk, machine: str, entry: Event, body: EventBody) -> None:
        """Remember what was committed on a disk, in its present stream."""
        ...

    def followed(self, mark: Mark) -> None:
        """See a marker follow a commit."""
        ...

    def printed(self, paper: Paper) -> None:
        """See a slip's paper come out."""
        ...

    def copied(self, slip: str) -> None:
        """See one more paper of a slip come out."""
        ...


@dataclass(frozen=True, slots=True)
class Paper:
    """What a slip says; the same slip printed again says the same."""

    slip: str
    worker: str
    spent: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """A place taken here."""

    paper: Paper
    stream: str
    is_given_back: bool = False


@dataclass(frozen=True, slots=True)
class Orphan:
    """A stream that ended here; what it was given stays known."""

    entries: tuple[Event, ...]
    mark: Watermark
    hash_at_floor: str
    granted: Mapping[str, NumberSet]

    def hash_at(self, seq: int) -> str | None:
        """Return the hash of an entry that is still kept."""
        return _hash_at(self.entries, self.mark.floor, self.hash_at_floor, seq)


@dataclass(frozen=True, slots=True)
class Read:
    """How far the feed was read, and which rows of it are known."""

    feed_gen: str
    pos: int
    rows: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Db:
    """The database of one moment. `entries` are those above the floor of `mark`."""

    stream: str
    fingerprint: str
    generation: str
    mark: Watermark
    head_hash: str = FIRST_HASH
    hash_at_floor: str = FIRST_HASH
    entries: tuple[Event, ...] = ()
    holdings: Mapping[str, Holding] = field(default_factory=dict)
    orphans: Mapping[str, Orphan] = field(default_factory=dict)
    taken: Mapping[str, Taken] = field(default_factory=dict)
    hello: str = ""
    asks_older: bool = False
    door: DoorBook = field(default_factory=lambda: DoorBook(TRIP, is_closed=True))
    closed_by: str = ""
    told_blocks: frozenset[tuple[str, str]] = frozenset()
    read: Read | None = None
    tray: frozenset[tuple[str, int]] = frozenset()

    def hash_at(self, seq: int) -> str | None:
        """Return the hash of an entry that is still kept."""
        return _hash_at(self.entries, self.mark.floor, self.hash_at_floor, seq)


@dataclass(slots=True)
class Draft:
    """One transaction; what it appended is told to the world after the commit."""

    db: Db
    appended: list[tuple[Event, EventBody]] = field(default_factory=list)

    def append(self, body: EventBody) -> Event:
        """Append one entry to the journal."""
        db = self.db
        seq, text = db.mark.head + 1, body.model_dump_json()
        new_hash = chain_hash(db.stream, seq, body.type, body.v, db.head_hash, text)
        entry = Event(
            seq=seq,
            type=body.type,
            v=body.v,
            at=EPOCH,
            boot="",
            boottime_ms=0,
            prev_hash=db.head_hash,
            hash=new_hash,
            body=text,
        )
        mark = replace(db.mark, head=seq)
        self.db = replace(db, entries=(*db.entries, entry), mark=mark, head_hash=new_hash)
        self.appended.append((entry, body))
        return entry

    def committed_head(self) -> tuple[str, int, str, Mapping[str, int]] | None:
        """Return what the marker must follow."""
        if not self.appended:
            return None
        return self.db.stream, self.db.mark.head, self.db.head_hash, {}


@dataclass(slots=True)
class Disk:
    """All that survives a power cut: the database, and the marker outside it."""

    db: Db | None = None
    mark: Mark | None = None
    granted: GrantedMark | None = None


class SimFiles:
    """The marker's files; `MarkFiles` for one disk."""

    def __init__(self, disk: Disk, world: Surroundings) -> None:
        self._disk = disk
        self._world = world
        self._is_locked = False

    @contextmanager
    def locked(self) -> Iterator[None]:
        while self._is_locked:
            self._world.pause()
        self._is_locked = True
        try:
            yield
        finally:
            self._is_locked = False

    def read(self) -> Mark | None:
        self._world.pause()
        return self._disk.mark

    def write(self, mark: Mark) -> None:
        self._world.pause()
        self._disk.mark = mark
        self._world.followed(mark)
        self._world.pause()

    def read_granted(self) -> GrantedMark | None:
        self._world.pause()
        return self._disk.granted

    def write_granted(self, mark: GrantedMark) -> None:
        self._world.pause()
        self._disk.granted = mark
        self._world.pause()


def next_life(db: Db | None, stream: str, machine: str) -> Db:
    """Return the database of a new stream; all that is kept of the one before is told again."""
    if db is None:
        return Db(stream, machine, "", Watermark(0))
    mark = watermarks.in_new_generation(db.mark)
    ended = Orphan(db.entries, mark, db.hash_at_floor, granted_in(db))
    return Db(
        stream,
        machine,
        db.generation,
        Watermark(0),
        # The table of spent numbers knows no streams, so a new one finds what those before it spent.
        holdings={name: Holding(spent=held.spent) for name, held in db.holdings.items() if len(held.spent)},
        orphans={**db.orphans, db.stream: ended},
        taken=db.taken,
        asks_older=db.asks_older,
        read=db.read,
        tray=db.tray,
    )


def granted_in(db: Db) -> dict[str, NumberSet]:
    """Return everything the present stream was ever given."""
    return {name: holding.granted for name, holding in db.holdings.items() if len(holding.granted)}


def pruned(db: Db) -> Db:
    """Return the database without the entries that a verified backup of the bureau holds."""
    mark = watermarks.pruned(db.mark, watermarks.prunable(db.mark))
    gone = mark.floor - db.mark.floor
    if gone <= 0:
        return replace(db, mark=mark)
    return replace(db, mark=mark, hash_at_floor=db.entries[gone - 1].hash, entries=db.entries[gone:])


def entries_in(db: Db) -> set[tuple[str, int, str]]:
    """Return stream, seq and hash of every entry a database holds."""
    kept = {(db.stream, entry.seq, entry.hash) for entry in db.entries}
    for name, orphan in db.orphans.items():
        kept |= {(name, entry.seq, entry.hash) for entry in orphan.entries}
    return kept


def _hash_at(entries: tuple[Event, ...], floor: int, hash_at_floor: str, seq: int) -> str | None:
    at = seq - floor - 1
    if at == -1:
        return hash_at_floor
    return entries[at].hash if 0 <= at < len(entries) else None
