"""A simulated kiosk: one disk in memory, one process at the screen and one that speaks, and the real rules.

Everything durable is a value that a commit replaces, so a crash, an old copy put back and a cloned disk are
assignments. Wherever a real kiosk could be killed or overtaken, `pause` is called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Protocol

from kiosk.domain.quotas import NumberRange, NumberSet
from kiosk.messages.events import (
    FIRST_HASH,
    BlockAcknowledged,
    Event,
    EventBody,
    PlaceGivenBack,
    PlaceTaken,
    RightsReturned,
    SlipBoarded,
    SlipScannedIn,
    SlipStateChanged,
    Spent,
    chain_hash,
)
from kiosk.messages.feed import FeedPage
from kiosk.messages.sync import ClockView, OldStream, Recall, Refusal, RightView, SyncReply, SyncRequest
from kiosk.protocol import doors, holdings, kiosk_side, lives, marks, watermarks
from kiosk.protocol.doors import DoorBook
from kiosk.protocol.holdings import Holding
from kiosk.protocol.marks import GrantedMark, Mark, OlderStream
from kiosk.protocol.ports import Outgoing, Since
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

    def committed(self, kiosk: SimKiosk, entry: Event, body: EventBody, stream: str) -> None:
        """Remember what a kiosk committed."""
        ...

    def followed(self, mark: Mark) -> None:
        """See a marker follow a commit."""
        ...

    def printed(self, kiosk: SimKiosk, paper: Paper) -> None:
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
    told_blocks: frozenset[tuple[str, str]] = frozenset()
    tray: frozenset[tuple[str, int]] = frozenset()

    def hash_at(self, seq: int) -> str | None:
        """Return the hash of an entry that is still kept."""
        at = seq - self.mark.floor - 1
        if at == -1:
            return self.hash_at_floor
        return self.entries[at].hash if 0 <= at < len(self.entries) else None


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


class SimKiosk:
    """One machine that speaks as kiosk `name`; its clone has the same name and another `machine`."""

    def __init__(self, name: str, machine: str, world: Surroundings, disk: Disk) -> None:
        self.name = name
        self.machine = machine
        self.world = world
        self.disk = disk
        self.boot_no = 0
        self.boottime_ms = 0
        self._is_writing = False
        self.files = SimFiles(disk, world)
        self._is_turn_of_old = False

    @property
    def db(self) -> Db:
        """The database as it was committed last."""
        assert self.disk.db is not None
        return self.disk.db

    def power_up(self) -> None:
        """Forget everything that was not on the disk."""
        self.boot_no += 1
        self.boottime_ms = 0
        self._is_writing = False
        self.files = SimFiles(self.disk, self.world)

    # --- the screen process ------------------------------------------------------------------

    def start(self) -> None:
        """Settle the stream, and print again what was committed and may never have come out."""
        mark, db = self.files.read(), self.disk.db
        at = mark.head if mark else 0
        life = None if db is None else lives.Life(db.stream, db.fingerprint, db.mark.head, db.hash_at(at))
        if lives.disagreement(life, mark, self.machine) is not None:
            with self.writing() as draft:
                self._begin_life(draft)
        else:
            assert db is not None
            boot = f"{self.machine}/{self.boot_no}"
            older = tuple(
                OlderStream(name, orphan.mark.head, orphan.granted) for name, orphan in db.orphans.items()
            )
            marks.mend_granted(self.files, db.stream, _granted(db), older)
            marks.raise_head(self.files, db.stream, db.mark.head, db.head_hash, {}, boot)
        for taken in self.db.taken.values():
            # A copy put back may hold a take that no marker followed, whose number another one has by now.
            if taken.stream == self.db.stream:
                self.world.printed(self, taken.paper)

    def take(self, worker: str, quotas: tuple[str, ...]) -> None:
        """Spend one number of every quota, and print the slip after the commit and its marker."""
        with kiosk_side.followed_by_marker(self.writing(), self._raise_head) as draft:
            held = {name: draft.db.holdings.get(name, Holding()) for name in quotas}
            if not all(len(item.free) for item in held.values()):
                return
            if any(t.paper.worker == worker and not t.is_given_back for t in draft.db.taken.values()):
                return
            numbers = {name: next(iter(item.free)) for name, item in held.items()}
            paper = Paper(self.world.unique("slip"), worker, tuple(numbers.items()))
            spent = {name: holdings.spend(held[name], number) for name, number in numbers.items()}
            draft.append(_place_taken(paper))
            draft.db = replace(
                draft.db,
                holdings={**draft.db.holdings, **spent},
                taken={**draft.db.taken, paper.slip: Taken(paper, draft.db.stream)},
            )
        self.world.printed(self, paper)

    def give_back(self, slip: str) -> None:
        """Give a place back; its paper is out, so its numbers stay spent."""
        with kiosk_side.followed_by_marker(self.writing(), self._raise_head) as draft:
            taken = draft.db.taken.get(slip)
            if taken is None or taken.is_given_back or taken.stream != draft.db.stream:
                return
            draft.append(_given_back(taken.paper))
            draft.db = replace(draft.db, taken={**draft.db.taken, slip: replace(taken, is_given_back=True)})

    def reprint(self, slip: str) -> None:
        """Print one more paper of a slip whose place is still held."""
        with kiosk_side.followed_by_marker(self.writing(), self._raise_head) as draft:
            taken = draft.db.taken.get(slip)
            if taken is None or taken.is_given_back or taken.stream != draft.db.stream:
                return
            draft.append(_printed_again(slip))
        self.world.copied(slip)

    def scan_in(self, slip: str) -> None:
        """Scan and keep the paper of a slip."""
        with kiosk_side.followed_by_marker(self.writing(), self._raise_head) as draft:
            draft.append(SlipScannedIn.model_construct(slip=slip, actor=""))

    def come_aboard(self, slip: str) -> bool:
        """Let a slip into the coach, or not."""
        with kiosk_side.followed_by_marker(self.writing(), self._raise_head) as draft:
            book, entry = doors.come_aboard(draft.db.door, slip)
            if entry is doors.Entry.WELCOME:
                draft.append(SlipBoarded.model_construct(trip=TRIP, slip=slip))
                draft.db = replace(draft.db, door=book)
        return entry is doors.Entry.WELCOME

    # --- the sync process: the port `SyncBook` --------------------------------------------------

    def said(self, limit: int, skipped: int = 0) -> SyncRequest:
        """Return what this kiosk says now; one that does not wait for answers skips what is under way."""
        self.boottime_ms += 1
        boot = f"{self.machine}/{self.boot_no}"
        clock = ClockView.model_construct(wall=EPOCH, boot=boot, boottime_ms=self.boottime_ms)
        return kiosk_side.request_of(self.outgoing(limit, skipped), self.name, clock)

    def hear(self, said: SyncRequest, reply: SyncReply) -> None:
        """Carry out an answer."""
        kiosk_side.take_in(self, said, reply, EPOCH, self.world.pause)

    def outgoing(self, limit: int, skipped: int = 0) -> Outgoing:
        db = self.db
        unfinished = [name for name, orphan in db.orphans.items() if orphan.mark.acked < orphan.mark.head]
        self._is_turn_of_old = not self._is_turn_of_old
        if unfinished and self._is_turn_of_old:
            orphan = db.orphans[unfinished[0]]
            return self._outgoing(db, unfinished[0], orphan, (0, limit), is_old=True)
        current = Orphan(db.entries, db.mark, db.hash_at_floor, {})
        return self._outgoing(db, db.stream, current, (skipped, limit), is_old=False)

    def _outgoing(
        self, db: Db, stream: str, told: Orphan, window: tuple[int, int], *, is_old: bool
    ) -> Outgoing:
        mark, (skipped, limit) = told.mark, window
        at = min(mark.acked - mark.floor + skipped, len(told.entries))
        before = told.entries[at - 1].hash if at else told.hash_at_floor
        rights = _views(told.granted) if is_old else tuple(_view(*item) for item in db.holdings.items())
        return Outgoing(
            stream=stream,
            generation=db.generation,
            head=mark.head,
            first=mark.floor + at + 1,
            prev_hash=before,
            events=told.entries[at : at + limit],
            rights=rights,
            wants=(),
            cursors=(),
            backlog=mark.head - mark.acked,
            refused_open=0,
            is_old=is_old,
            floor=mark.floor,
            older=self._older(db) if db.asks_older and not is_old else None,
            hello="" if is_old else db.hello,
            machine=self.machine,
        )

    def _older(self, db: Db) -> tuple[OldStream, ...]:
        known = {name: dict(orphan.granted) for name, orphan in db.orphans.items()}
        for item in self.disk.granted.older if self.disk.granted else ():
            known[item.stream] = marks.merged_rights(known.get(item.stream, {}), item.granted)
        return tuple(OldStream(stream=name, rights=list(_views(granted))) for name, granted in known.items())

    def generation(self) -> str:
        return self.db.generation

    def adopt_generation(self, generation: str) -> None:
        with self.writing() as draft:
            db = draft.db
            if db.generation == "":
                draft.db = replace(db, generation=generation)
                return
            orphans = {
                name: replace(orphan, mark=watermarks.in_new_generation(orphan.mark))
                for name, orphan in db.orphans.items()
            }
            mark = watermarks.in_new_generation(db.mark)
            draft.db = replace(db, generation=generation, mark=mark, orphans=orphans, asks_older=True)

    def note_hello(self, since: Since, hello: str, *, asks_older: bool) -> None:
        with self._writing_in(since) as draft:
            if draft is not None and since.stream == draft.db.stream:
                draft.db = replace(draft.db, hello=hello, asks_older=asks_older)

    def missing(self, since: Since, granted: Mapping[str, NumberSet]) -> Mapping[str, NumberSet]:
        db = self.db
        if since != Since(db.stream, db.generation):
            return {}
        return {
            name: numbers
            for name, numbers in granted.items()
            if len(numbers - db.holdings.get(name, Holding()).granted)
        }

    def remember_granted(self, since: Since, granted: Mapping[str, NumberSet]) -> None:
        marks.raise_granted(self.files, since.stream, granted)

    def store_granted(self, since: Since, granted: Mapping[str, NumberSet]) -> None:
        with self._writing_in(since) as draft:
            if draft is None or since.stream != draft.db.stream:
                return
            told = {
                name: holdings.told(draft.db.holdings.get(name, Holding()), numbers)
                for name, numbers in granted.items()
            }
            draft.db = replace(draft.db, holdings={**draft.db.holdings, **told})

    def return_surplus(self, since: Since, recalls: Iterable[Recall]) -> bool:
        has_returned = False
        with kiosk_side.followed_by_marker(self.writing(), self._raise_head) as draft:
            if Since(draft.db.stream, draft.db.generation) != since:
                return False
            for recall in recalls:
                holding = draft.db.holdings.get(recall.quota, Holding())
                numbers = holdings.surplus(holding, recall.keep)
                if not len(numbers):
                    continue
                ranges = [(item.first, item.last) for item in numbers.ranges]
                draft.append(RightsReturned.model_construct(quota=recall.quota, ranges=ranges))
                returned = {recall.quota: holdings.give_back(holding, numbers)}
                draft.db = replace(draft.db, holdings={**draft.db.holdings, **returned})
                has_returned = True
        return has_returned

    def acknowledge(
        self, since: Since, acked: int, need_from: int | None, prune_ok: int = 0, *, told: int | None = None
    ) -> None:
        with self._writing_in(since) as draft:
            if draft is None:
                return
            db = draft.db
            if since.stream == db.stream and lives.bureau_knows_more(acked, db.mark.head):
                self._begin_life(draft)
                return
            if since.stream == db.stream:
                draft.db = _pruned(replace(db, mark=watermarks.heard(db.mark, acked, need_from, prune_ok)))
            else:
                orphan = db.orphans[since.stream]
                known = watermarks.compared(orphan.mark, acked, told)
                mark = watermarks.heard(orphan.mark, known, need_from, prune_ok)
                draft.db = replace(db, orphans={**db.orphans, since.stream: replace(orphan, mark=mark)})

    def refuse(self, since: Since, refusals: Iterable[Refusal], at: datetime) -> None:
        told = frozenset((since.stream, item.seq) for item in refusals)
        with self._writing_in(since) as draft:
            if draft is not None and told:
                draft.db = replace(draft.db, tray=draft.db.tray | told)

    def begin_stream(self, since: Since) -> None:
        with self._writing_in(since) as draft:
            if draft is not None and since.stream == draft.db.stream:
                self._begin_life(draft)

    def apply_page(self, page: FeedPage) -> None:
        """Keep the blocks that a page tells to the door, and acknowledge them in the same transaction.

        The row of the trip names the stream that holds the door, and who is aboard already.
        """
        with kiosk_side.followed_by_marker(self.writing(), self._raise_head) as draft:
            db = draft.db
            named = next((row.body.split(" ") for row in page.rows if row.topic == "trip"), [""])
            if named[0] != db.stream:
                return
            if db.door.is_closed:
                db = replace(db, door=DoorBook(TRIP, aboard=frozenset(named[1:])))
            blocks = [row.id for row in page.rows if row.topic == "block"]
            slips = [slip for slip in blocks if (page.feed_gen, slip) not in db.told_blocks]
            draft.db = db
            if not slips:
                return
            book, aboard = doors.keep_out(db.door, slips)
            told = db.told_blocks | {(page.feed_gen, slip) for slip in slips}
            draft.db = replace(db, door=book, told_blocks=told)
            draft.append(BlockAcknowledged.model_construct(trip=TRIP, slips=slips, aboard=sorted(aboard)))

    def set_open_places(self, open_places: Mapping[str, int]) -> None:
        """Show nothing."""

    def note_attempt(
        self,
        at: datetime,
        *,
        success: bool,
        problem: str,
        next_try_at: datetime,
        server_time: datetime | None,
    ) -> None:
        """Show nothing."""

    # --- both ------------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[Draft]:
        """Run one transaction; the two processes take turns."""
        while self._is_writing:
            self.world.pause()
        self._is_writing = True
        try:
            draft = Draft(self.disk.db)  # type: ignore[arg-type]  # none before the first start
            self.world.pause()
            yield draft
            self.world.pause()
            self.disk.db = draft.db
            for entry, body in draft.appended:
                self.world.committed(self, entry, body, draft.db.stream)
        finally:
            self._is_writing = False
        self.world.pause()

    @contextmanager
    def _writing_in(self, since: Since) -> Iterator[Draft | None]:
        """Run a transaction when the database still lives the life in which something was said."""
        with self.writing() as draft:
            db = draft.db
            is_known = since.stream == db.stream or since.stream in db.orphans
            yield draft if is_known and since.generation == db.generation else None

    def _raise_head(self, stream: str, head: int, head_hash: str, counters: Mapping[str, int]) -> None:
        marks.raise_head(self.files, stream, head, head_hash, counters)

    def _begin_life(self, draft: Draft) -> None:
        stream, db = self.world.unique("stream"), draft.db
        ended = None
        if db is not None:
            ended = OlderStream(db.stream, db.mark.head, _granted(db))

        def store() -> None:
            self.world.pause()
            draft.db = _next_life(db, stream, self.machine)

        boot = f"{self.machine}/{self.boot_no}"
        kiosk_side.begin_life(self.files, stream, boot, self.machine, ended, store)


def _next_life(db: Db | None, stream: str, machine: str) -> Db:
    if db is None:
        return Db(stream, machine, "", Watermark(0))
    mark = watermarks.in_new_generation(db.mark)
    ended = Orphan(db.entries, mark, db.hash_at_floor, _granted(db))
    return Db(
        stream,
        machine,
        db.generation,
        Watermark(0),
        orphans={**db.orphans, db.stream: ended},
        taken=db.taken,
        asks_older=db.asks_older,
        tray=db.tray,
    )


def _granted(db: Db) -> dict[str, NumberSet]:
    return {name: holding.granted for name, holding in db.holdings.items()}


def _pruned(db: Db) -> Db:
    """Return the database without the entries that a verified backup of the bureau holds."""
    mark = watermarks.pruned(db.mark, watermarks.prunable(db.mark))
    gone = mark.floor - db.mark.floor
    if gone <= 0:
        return replace(db, mark=mark)
    return replace(db, mark=mark, hash_at_floor=db.entries[gone - 1].hash, entries=db.entries[gone:])


def _place_taken(paper: Paper) -> EventBody:
    return PlaceTaken.model_construct(
        placement=paper.slip,
        worker=paper.worker,
        job="",
        job_version=1,
        trip=None,
        kind="dispatch",
        slip=paper.slip,
        spent=[Spent.model_construct(quota=name, number=number) for name, number in paper.spent],
        starts=EPOCH,
        ends=EPOCH,
        title="",
        promise="",
    )


def _printed_again(slip: str) -> EventBody:
    return SlipStateChanged.model_construct(
        slip=slip, placement=slip, copy_no=1, state="printed", evidence="", reason="", actor=""
    )


def _given_back(paper: Paper) -> EventBody:
    spent = [Spent.model_construct(quota=name, number=number) for name, number in paper.spent]
    return PlaceGivenBack.model_construct(placement=paper.slip, slip=paper.slip, spent=spent, reason="")


def _view(name: str, holding: Holding) -> RightView:
    ranges = [(item.first, item.last) for item in holding.granted.ranges]
    returned = [(item.first, item.last) for item in holding.returned.ranges]
    return RightView.model_construct(quota=name, granted=ranges, returned=returned, spent=len(holding.spent))


def _views(granted: Mapping[str, NumberSet]) -> tuple[RightView, ...]:
    return tuple(_view(name, Holding(numbers)) for name, numbers in granted.items())


def numbers_of(ranges: Iterable[tuple[int, int]]) -> NumberSet:
    """Return the numbers of told ranges."""
    return NumberSet.of(NumberRange(first, last) for first, last in ranges)


Activity = Callable[[], object]
