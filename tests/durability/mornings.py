"""A morning at a kiosk, recorded: people come in, take places and get slips while sync pulls and asks.

After every commit the recording holds which state of the whole database it made, and behind every action that
returned, that it was told. So each cut has a floor, the last state that was told, and a ceiling, the last one
that was being committed: what is found afterwards must be one of the states between them, whole.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, event, select
from sqlalchemy.dialects import sqlite

from kiosk.actions.check_in import register_and_check_in
from kiosk.actions.hall import Hall
from kiosk.actions.print_slip import begin_printing, record_printed
from kiosk.actions.recognise import Recognition, recognise
from kiosk.actions.take_place import TakenPlace, take_place
from kiosk.actions.take_together import TakenTogether, take_together
from kiosk.app.signing import SlipKey
from kiosk.codes import load_trades, spoken_names
from kiosk.domain.ids import JobId, TripId, places_of, seats_of
from kiosk.messages.feed import FeedRow, JobBody
from kiosk.messages.wire import Wire
from kiosk.sample.loader import SampleHall, sample_rows
from kiosk.storage.database import Database
from kiosk.storage.machines import Machine
from kiosk.storage.metadata import METADATA
from kiosk.storage.opening import OpenedStore, join_store, open_store
from kiosk.storage.search_terms import TradeNames
from tests import answers
from tests.durability.faults import Faults
from tests.durability.platters import Committing, Told
from tests.durability.recorded_calls import watching_calls
from tests.durability.recorded_database import watching_database
from tests.durability.recorded_files import Recording
from tests.halls import MORNING, MovableClock, identity
from tools.figures.people import person_card

MACHINE = Machine("one machine", "one boot")
AFTERWARDS = Machine("one machine", "the boot after the cut")
DATABASE_FOLDER, MARKER_FOLDER = "data", "marker"
JOBS = ("j01-0918", "j17-0918", "j37-0918")
"""Each has places for many, and asks nobody for papers."""
_FIRST_GRANT = 2
_CHECKPOINT_PAGES = 40
"""A morning of this length never comes to the real 32 and 64 MB."""
_PAGE_ROWS = 24
_WHOLE_TABLES = tuple(
    str(select(table).order_by(*table.primary_key).compile(dialect=sqlite.dialect()))
    for table in METADATA.sorted_tables
)


@dataclass(frozen=True, slots=True)
class State:
    """What the database holds at a commit: all of it in one number, and what must not be lost of it."""

    digest: str
    head: int
    spent: frozenset[tuple[str, int]]


@dataclass(slots=True)
class Morning:
    """A recording, and all states the database went through in it."""

    recording: Recording
    faults: Faults = field(default_factory=Faults)
    states: list[State] = field(default_factory=list)

    def committing(self, connection: Connection) -> None:
        """Note the state that is about to be committed."""
        self.states.append(state_of(connection))
        self.recording.operations.append(Committing(len(self.states) - 1))

    def told(self) -> None:
        """Note that whoever acts was told: all that was committed so far is kept."""
        self.recording.operations.append(Told(len(self.states) - 1))


@dataclass(slots=True)
class Kiosk:
    """Both processes' sides of one kiosk, held by one program."""

    hall: Hall
    screen: OpenedStore
    sync: OpenedStore
    sample: SampleHall
    clock: MovableClock
    morning: Morning | None = None

    def told(self) -> None:
        """Pass on what was told, where somebody records it."""
        if self.morning is not None:
            self.morning.told()


def state_of(connection: Connection) -> State:
    """Return what a database holds, as one connection sees it."""
    driver: Any = connection.connection.driver_connection
    digest = hashlib.sha256()
    for statement in _WHOLE_TABLES:
        digest.update(repr(driver.execute(statement).fetchall()).encode())
    [(head,)] = driver.execute("SELECT coalesce(max(head), 0) FROM current_stream").fetchall()
    spent = driver.execute("SELECT quota, number FROM spent_number").fetchall()
    return State(digest.hexdigest(), head, frozenset(spent))


def opened(root: Path, clock: MovableClock | None = None, machine: Machine = MACHINE) -> OpenedStore:
    """Open the screen process's store in the two folders below a root."""
    return open_store(
        root / DATABASE_FOLDER,
        clock or MovableClock(),
        trade_names=_trade_names(),
        marker_dir=root / MARKER_FOLDER,
        machine=machine,
    )


@cache
def _trade_names() -> TradeNames:
    return spoken_names(load_trades())


@contextmanager
def a_kiosk(
    root: Path, morning: Morning | None = None, *, first_id: int = 1, checkpoint_pages: int | None = None
) -> Iterator[Kiosk]:
    """Open both sides of a kiosk and close them behind the block; its states go into a morning."""
    clock = MovableClock()
    screen = opened(root, clock)
    sync = join_store(
        root / DATABASE_FOLDER,
        clock,
        trade_names=_trade_names(),
        marker_dir=root / MARKER_FOLDER,
        machine=MACHINE,
    )
    ids, trades = itertools.count(first_id), load_trades()
    hall = Hall(
        store=screen.store,
        clock=clock,
        identity=identity(),
        agreed_now=clock.now,
        fresh_id=lambda: f"id-{next(ids):06d}",
        signer=SlipKey(Ed25519PrivateKey.from_private_bytes(bytes(32)), 0x0A1B2C),
        picture_of=lambda job: trades.by_key[job.trade].pictogram,
    )
    try:
        if morning is not None:
            _follow(morning, screen.database, sync.database)
            _fold_at(checkpoint_pages or _CHECKPOINT_PAGES, screen.database, sync.database)
        yield Kiosk(hall, screen, sync, sample_rows(MORNING), clock, morning)
    finally:
        sync.close()
        screen.close()


@contextmanager
def recorded(root: Path) -> Iterator[Morning]:
    """Record what happens below a root while the block runs."""
    morning = Morning(Recording(root))
    with (
        watching_database(morning.recording, morning.faults),
        watching_calls(morning.recording, morning.faults),
    ):
        yield morning


def furnish(root: Path) -> None:
    """Publish the sample hall to a new kiosk, and give it a few places and all seats."""
    with a_kiosk(root) as kiosk:
        sample = kiosk.sample
        rows = [(f"{item.key}@{item.effective_from}", "parameter", item) for item in sample.parameters]
        bodies: list[tuple[str, str, Wire]] = [*rows]
        bodies += [(item.id, "employer", item) for item in sample.employers]
        bodies += [(item.id, "trip", item) for item in sample.trips]
        bodies += [(item.id, "job", item) for item in sample.jobs]
        _tell(kiosk, bodies, from_pos=1, is_snapshot=True)
        grant(kiosk, {seats_of(TripId(trip.id)): (1, trip.seats) for trip in sample.trips})
        grant(kiosk, {places_of(JobId(job)): (1, _FIRST_GRANT) for job in JOBS})


def a_morning(root: Path, people: int) -> Morning:
    """Record how so many people come to a furnished kiosk, which is closed and opened again at noon."""
    with recorded(root) as morning:
        begin(morning, root)
        for first, last in ((1, people // 2), (people // 2 + 1, people)):
            with a_kiosk(root, morning, first_id=10 * first) as kiosk:
                for number in range(first, last + 1):
                    visit(kiosk, number)
                    between_visits(kiosk, number)
    return morning


def begin(morning: Morning, root: Path) -> None:
    """Note the state that a morning begins with."""
    kept = opened(root)
    with kept.database.reading() as connection:
        morning.states.append(state_of(connection))
    kept.close()
    morning.told()


def visit(kiosk: Kiosk, number: int) -> TakenPlace:
    """Let a person come in, take a place and leave with its slip, each step told before the next."""
    kiosk.clock.pass_time(60)
    met = come_in(kiosk, number)
    job = next(job for job in kiosk.sample.jobs if job.id == JOBS[number % len(JOBS)])
    taken = take_place(kiosk.hall, met, JobId(job.id), job.version)
    kiosk.told()
    begin_printing(kiosk.hall, taken.slip)
    kiosk.told()
    record_printed(kiosk.hall, taken.slip, "token")
    kiosk.told()
    return taken


def go_together(kiosk: Kiosk, team: Sequence[Recognition]) -> TakenTogether:
    """Let people who came in take places as a team."""
    job = next(job for job in kiosk.sample.jobs if job.id == JOBS[0])
    taken = take_together(kiosk.hall, team, JobId(job.id), job.version)
    kiosk.told()
    return taken


def come_in(kiosk: Kiosk, number: int) -> Recognition:
    """Let a person lay down a card for the first time and say yes."""
    card = person_card(number)
    register_and_check_in(kiosk.hall, recognise(kiosk.hall, card))
    kiosk.told()
    return recognise(kiosk.hall, card)


def between_visits(kiosk: Kiosk, number: int) -> None:
    """Let sync do what it does every now and then: ask, acknowledge, be granted numbers, pull a page."""
    answers.acknowledge(kiosk.sync, kiosk.sync.sync_book.outgoing(100).head)
    kiosk.told()
    if number % 3 == 0:
        granted = _FIRST_GRANT + number // 3
        grant(kiosk, {places_of(JobId(job)): (granted, granted) for job in JOBS})
    if number % 2 == 0:
        jobs = [changed(job, number) for job in kiosk.sample.jobs if job.id not in JOBS][:_PAGE_ROWS]
        _tell(kiosk, [(job.id, "job", job) for job in jobs], from_pos=1000 * number)
    kiosk.sync.sync_book.note_attempt(
        kiosk.clock.now(),
        success=True,
        problem="",
        next_try_at=kiosk.clock.now() + timedelta(seconds=60),
        server_time=kiosk.clock.now(),
    )
    kiosk.told()


def grant(kiosk: Kiosk, rights: dict[str, tuple[int, int]]) -> None:
    """Let the bureau grant ranges of numbers."""
    answers.grant(kiosk.sync, {quota: [granted] for quota, granted in rights.items()})
    kiosk.told()


def changed(job: JobBody, number: int) -> JobBody:
    """Return a job as the bureau publishes it anew: with a wording that no search has met."""
    return job.model_copy(update={"version": job.version + number, "title": f"{job.title}{number}"})


def _tell(
    kiosk: Kiosk, bodies: list[tuple[str, str, Wire]], *, from_pos: int, is_snapshot: bool = False
) -> None:
    rows = [
        FeedRow(topic=topic, id=row_id, pos=pos, body=body.model_dump_json())
        for pos, (row_id, topic, body) in enumerate(bodies, from_pos)
    ]
    answers.tell(kiosk.sync, rows, rows[-1].pos, feed_gen="g", is_snapshot=is_snapshot)
    kiosk.told()


def _follow(morning: Morning, *databases: Database) -> None:
    for database in databases:
        event.listen(database._writer, "commit", morning.committing)


def _fold_at(pages: int, *databases: Database) -> None:
    for database in databases:
        with database.outside_transactions() as connection:
            connection.exec_driver_sql(f"PRAGMA wal_autocheckpoint = {pages}")
