"""A simulated kiosk: one store, one process at the screen and one that speaks, and the real rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.messages.events import (
    DoorClosed,
    EventBody,
    PlaceGivenBack,
    PlaceTaken,
    SlipBoarded,
    SlipScannedIn,
    SlipStateChanged,
    Spent,
)
from kiosk.messages.sync import ClockView, SyncReply, SyncRequest
from kiosk.protocol import carrying, doors, holdings, kiosk_side, lives, marks
from kiosk.protocol.holdings import Holding
from kiosk.protocol.marks import OlderStream
from tests.simulation.books import SimBook
from tests.simulation.disks import EPOCH, TRIP, Db, Disk, Paper, Surroundings, Taken, granted_in
from tests.simulation.stores import SimStore


class SimKiosk:
    """One machine that speaks as kiosk `name`; its clone has the same name and another `machine`."""

    def __init__(self, name: str, machine: str, world: Surroundings, disk: Disk) -> None:
        self.name = name
        self.machine = machine
        self.disk = disk
        self._world = world
        self._boot_no = 0
        self._boottime_ms = 0
        self.power_up()

    def power_up(self) -> None:
        """Forget everything that was not on the disk."""
        self._boot_no += 1
        self._boottime_ms = 0
        self._store = SimStore(self.machine, self._world, self.disk, f"{self.machine}/{self._boot_no}")
        self._book = SimBook(self._store)

    @property
    def db(self) -> Db:
        """The database as it was committed last."""
        return self._store.db

    # --- the screen process ------------------------------------------------------------------

    def start(self) -> None:
        """Settle the stream, and print again what was committed and may never have come out."""
        mark, db = self._store.files.read(), self.disk.db
        at = mark.head if mark else 0
        life = None if db is None else lives.Life(db.stream, db.fingerprint, db.mark.head, db.hash_at(at))
        if lives.disagreement(life, mark, self.machine) is not None:
            with self._store.writing() as draft:
                self._store.begin_life(draft)
        else:
            assert db is not None
            older = tuple(
                OlderStream(name, orphan.mark.head, orphan.granted) for name, orphan in db.orphans.items()
            )
            marks.mend_granted(self._store.files, db.stream, granted_in(db), older)
            marks.raise_head(self._store.files, db.stream, db.mark.head, db.head_hash, {}, self._store.boot)
        for taken in self.db.taken.values():
            # A copy put back may hold a take that no marker followed, whose number another one has by now.
            if taken.stream == self.db.stream:
                self._world.printed(taken.paper)

    def take(self, worker: str, quotas: tuple[str, ...]) -> None:
        """Spend one number of every quota, and print the slip after the commit and its marker."""
        with self._store.followed_writing() as draft:
            held = {name: draft.db.holdings.get(name, Holding()) for name in quotas}
            if not all(len(item.free) for item in held.values()):
                return
            if any(t.paper.worker == worker and not t.is_given_back for t in draft.db.taken.values()):
                return
            numbers = {name: next(iter(item.free)) for name, item in held.items()}
            paper = Paper(self._world.unique("slip"), worker, tuple(numbers.items()))
            spent = {name: holdings.spend(held[name], number) for name, number in numbers.items()}
            draft.append(_place_taken(paper))
            draft.db = replace(
                draft.db,
                holdings={**draft.db.holdings, **spent},
                taken={**draft.db.taken, paper.slip: Taken(paper, draft.db.stream)},
            )
        self._world.printed(paper)

    def give_back(self, slip: str) -> None:
        """Give a place back; its paper is out, so its numbers stay spent."""
        with self._store.followed_writing() as draft:
            taken = draft.db.taken.get(slip)
            if taken is None or taken.is_given_back or taken.stream != draft.db.stream:
                return
            draft.append(_given_back(taken.paper))
            draft.db = replace(draft.db, taken={**draft.db.taken, slip: replace(taken, is_given_back=True)})

    def reprint(self, slip: str) -> None:
        """Print one more paper of a slip whose place is still held."""
        with self._store.followed_writing() as draft:
            taken = draft.db.taken.get(slip)
            if taken is None or taken.is_given_back or taken.stream != draft.db.stream:
                return
            draft.append(_printed_again(slip))
        self._world.copied(slip)

    def scan_in(self, slip: str) -> None:
        """Scan and keep the paper of a slip."""
        with self._store.followed_writing() as draft:
            draft.append(SlipScannedIn.model_construct(slip=slip, actor=""))

    def come_aboard(self, slip: str) -> bool:
        """Let a slip into the coach, or not."""
        with self._store.followed_writing() as draft:
            book, entry = doors.come_aboard(draft.db.door, slip)
            if entry is doors.Entry.WELCOME:
                draft.append(SlipBoarded.model_construct(trip=TRIP, slip=slip))
                draft.db = replace(draft.db, door=book)
        return entry is doors.Entry.WELCOME

    def close_door(self) -> None:
        """Let nobody in any more; what this stream said then is final."""
        with self._store.followed_writing() as draft:
            book = draft.db.door
            if not book.is_closed:
                draft.append(DoorClosed.model_construct(trip=TRIP, boarded=sorted(book.aboard)))
                draft.db = replace(draft.db, door=replace(book, is_closed=True), closed_by=draft.db.stream)

    # --- the sync process ----------------------------------------------------------------------

    def said(self, limit: int, skipped: int = 0) -> SyncRequest:
        """Return what this kiosk says now; one that does not wait for answers skips what is under way."""
        self._boottime_ms += 1
        clock = ClockView.model_construct(wall=EPOCH, boot=self._store.boot, boottime_ms=self._boottime_ms)
        return kiosk_side.request_of(self._book.outgoing(limit, skipped), self.name, clock)

    def hear(self, said: SyncRequest, reply: SyncReply) -> None:
        """Carry out an answer."""
        kiosk_side.take_in(self._book, said, reply, EPOCH, self._world.pause)

    # --- the courier ---------------------------------------------------------------------------

    def written(self, most: int) -> list[SyncRequest]:
        """Return what this kiosk puts on a stick: an old stream's rounds if it has any, then its own."""
        self._boottime_ms += 1
        clock = ClockView.model_construct(wall=EPOCH, boot=self._store.boot, boottime_ms=self._boottime_ms)
        views = sorted((self._book.outgoing(500) for _ in range(2)), key=lambda view: not view.is_old)
        told = views if views[0].is_old else views[:1]
        return [item for view in told for item in carrying.requests_of(view, self.name, clock, most)]

    def read_stick(self, answers: Sequence[tuple[SyncRequest, SyncReply]]) -> None:
        """Carry out what a stick answers, however late, but for pages that lead back or leave a hole."""
        for said, reply in answers:
            pages = carrying.news(reply.pages, said.cursors, self._book.cursors())
            self.hear(said, reply.model_copy(update={"pages": pages}))


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
