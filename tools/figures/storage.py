"""The figures of storage: search, commits, the marker, and takes alone and while another process pulls."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.actions.board_ports import BoardQuery
from kiosk.actions.check_in import check_in
from kiosk.actions.hall import Hall
from kiosk.actions.recognise import Recognition, recognise
from kiosk.actions.take_place import take_place
from kiosk.app.building import OpenHall
from kiosk.domain.cards import IdentityCard
from kiosk.domain.ids import JobId
from kiosk.sample.loader import sample_rows
from kiosk.storage.marker import Marker
from kiosk.storage.opening import DATABASE_FILE
from kiosk.storage.store import SqlStore
from kiosk.system_clock import SystemClock
from tools.figures.bare import BareDatabase, Written, fsync_ms, noted_writes, small_file
from tools.figures.folders import copied
from tools.figures.halls import everybody, free_job, furnish, open_bench_hall
from tools.figures.pulling import pulling
from tools.figures.rows import Measured

SEARCHED_JOBS = 100_000
JOBS = 10_000
COMMITS = 60
WARM = 5
MARKS = 60
TAKES = 200
TAKE_EVERY_S = 0.02
"""Nobody takes places as fast as a loop can: between two takes the pull goes on."""
PAGE_ROWS = 64
SEARCHES = ("z", "pg", "zpg", "by", "dg", "bjy", "摘", "摘苹果", "下果子", "泥瓦工", "banyun", "baojie")
"""Initials, names and aliases as people key them, from one letter on."""
ROUNDS = 5
_MEMORY = Path("/dev/shm")  # noqa: S108 (it is memory that is wanted, in a folder of our own)


class AsideMarker(Marker):
    """A marker that knows how long it took, so that this can be taken off the sample it is part of."""

    def __init__(self, folder: Path) -> None:
        """Name the files as a marker does."""
        super().__init__(folder)
        self.spent_ms = 0.0

    def raise_head(
        self, stream: str, head: int, head_hash: str, counters: Mapping[str, int], boot: str | None = None
    ) -> None:
        """Follow a commit, by the clock."""
        began = time.perf_counter()
        super().raise_head(stream, head, head_hash, counters, boot)
        self.spent_ms += (time.perf_counter() - began) * 1000


@dataclass(frozen=True, slots=True)
class Beside:
    """A hall, and the bare database that does after it what it wrote."""

    hall: Hall
    marker: AsideMarker
    bare: BareDatabase
    written: Written


def measure(work: Path) -> Iterator[Measured]:
    """Yield every figure of the group; `work` is an empty folder."""
    hall = work / "hall"
    furnish(hall, jobs=JOBS, people=2 * TAKES)
    yield from commits(hall, work)
    yield marker(hall, work)
    yield from takes(hall, work)
    yield search(work)


def commits(furnished: Path, work: Path) -> Iterator[Measured]:
    """Check people in and let them take places, each beside a bare commit of the same rows."""
    ours, theirs = copied(furnished, work / "ours"), copied(furnished, work / "theirs")
    people = everybody(COMMITS + WARM)
    with _opened(ours) as opened, _aside_marker(ours) as aside:
        hall = replace(opened.hall, store=SqlStore(opened.opened.database, aside, SystemClock(), "bench"))
        bare = BareDatabase(theirs, DATABASE_FILE)
        job = free_job(opened, sample_rows(SystemClock().now()))
        try:
            with noted_writes(opened.opened.database) as written:
                beside = Beside(hall, aside, bare, written)
                yield _beside_bare("storage.commit_check_in", beside, people, check_in)
                yield _beside_bare("storage.commit_take", beside, people, _taking(job))
        finally:
            bare.close()


def marker(furnished: Path, work: Path) -> Measured:
    """Raise the marker as each commit does, in turn with flushing a small file."""
    folder = copied(furnished, work / "marked")
    kept = Marker(folder)
    mark = kept.read()
    assert mark is not None, "a furnished kiosk has a marker"
    ours, theirs = [], []
    with small_file(work / "small") as handle:
        for head in range(mark.head + 1, mark.head + 1 + MARKS):
            ours.append(_timed_ms(lambda head=head: kept.raise_head(mark.stream, head, mark.head_hash, {})))  # type: ignore[misc]
            theirs.append(fsync_ms(handle))
    return Measured("storage.marker", tuple(ours), tuple(theirs))


def takes(furnished: Path, work: Path) -> Iterator[Measured]:
    """Take places, first with nobody else at the database, then beside a pull that never ends."""
    folder = copied(furnished, work / "pulled")
    people = everybody(2 * TAKES)
    with _opened(folder) as opened:
        job = free_job(opened, sample_rows(SystemClock().now()))
        quiet = _takes(opened.hall, people[:TAKES], job)
        with pulling(folder, JOBS):
            busy = _takes(opened.hall, people[TAKES:], job)
    with small_file(work / "flushed") as handle:
        flushed = tuple(fsync_ms(handle) + fsync_ms(handle) for _ in range(TAKES))
    yield Measured("storage.take", quiet, flushed)
    yield Measured("storage.take_while_pulling", busy, quiet)


def search(work: Path, name: str = "storage.search") -> Measured:
    """Search as a tap does: how many jobs, and the first page of them."""
    folder = work / "searched"
    furnish(folder, jobs=SEARCHED_JOBS, people=0)
    ours, theirs = [], []
    with _opened(folder) as opened:
        bare = BareDatabase(folder, DATABASE_FILE)
        try:
            for text in SEARCHES * ROUNDS:
                began = time.perf_counter()
                found = _found(opened.hall, text)
                ours.append((time.perf_counter() - began) * 1000)
                if found:
                    theirs.append(bare.read_ms(found))
        finally:
            bare.close()
    return Measured(name, tuple(ours), tuple(theirs))


def _beside_bare(
    name: str, beside: Beside, people: Sequence[IdentityCard], act: Callable[[Hall, Recognition], object]
) -> Measured:
    ours, theirs = [], []
    for card in people:
        met = recognise(beside.hall, card)
        beside.written.clear()
        beside.marker.spent_ms = 0.0
        took_ms = _timed_ms(lambda met=met: act(beside.hall, met))  # type: ignore[misc]
        ours.append(took_ms - beside.marker.spent_ms)
        theirs.append(beside.bare.commit_ms(beside.written))
    # The first few fill caches of statements and pages on both sides.
    return Measured(name, tuple(ours[WARM:]), tuple(theirs[WARM:]))


def _takes(hall: Hall, people: Sequence[IdentityCard], job: JobId) -> tuple[float, ...]:
    take = _taking(job)
    times_ms = []
    for card in people:
        met = recognise(hall, card)
        times_ms.append(_timed_ms(lambda met=met: take(hall, met)))  # type: ignore[misc]
        time.sleep(TAKE_EVERY_S)
    return tuple(times_ms)


def _taking(job: JobId) -> Callable[[Hall, Recognition], object]:
    """Return the act of taking a place of a job, in the version that is on the board."""

    def take(hall: Hall, met: Recognition) -> object:
        return take_place(hall, met, job, 1)

    return take


def _found(hall: Hall, text: str) -> list[str]:
    query = BoardQuery(text=text)
    with hall.store.reading() as records:
        count = records.board.count(query, hall.now())
        lines = records.board.page(query, hall.now(), 0, PAGE_ROWS) if count else []
    return [line.job.id for line in lines]


def _timed_ms(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


@contextmanager
def _opened(folder: Path) -> Iterator[OpenHall]:
    opened = open_bench_hall(folder)
    try:
        yield opened
    finally:
        opened.close()


@contextmanager
def _aside_marker(folder: Path) -> Iterator[AsideMarker]:
    """Give a copy of a folder's marker in memory, so that its flush never meets that of a commit."""
    with tempfile.TemporaryDirectory(dir=_MEMORY) as memory:
        for name in ("marker", "marker-rights.json"):
            shutil.copy(folder / name, memory)
        yield AsideMarker(Path(memory))
