"""Many sessions of a bureau at once, on PostgreSQL: kiosks that spend, return and ask, a server that fails.

A storm ends quiet: then every kiosk has told everything, and what the bureau has must be whole.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from sqlalchemy import select

from kiosk.actions.faults import StorageFault
from kiosk.bureau.capsule_contents import shown_of
from kiosk.bureau.feeds import page_of
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import meta_value
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import Office
from kiosk.bureau.postgres import kept_url
from kiosk.bureau.publishing import publish
from kiosk.bureau.tables import feed_row, worker
from kiosk.domain.quotas import NumberSet
from kiosk.messages.capsules import number_hash, unseal
from kiosk.messages.events import RightsReturned
from kiosk.messages.feed import CapsuleBody, Cursor
from kiosk.messages.sync import Want
from tests.unit.bureau.rehearsal import (
    Hears,
    Machine,
    checked_in,
    employer,
    job,
    new_machine,
    number_of,
    pulse,
    registered,
    taken,
)

JOBS = ("j1", "j2", "j3")
PATIENCE_S = 60.0
_SCOPES = ("city", "hall:NZ", "hall:XB")
_PEOPLE = 6
_RETURNS = 0.2
_PLACES = 60
_KILL = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'bureau writer'
ORDER BY random() LIMIT 1
"""


@dataclass(slots=True)
class Hand:
    """What one kiosk does in a storm: it spends lowest numbers first and returns what it does not need."""

    machine: Machine
    draw: random.Random
    name: str
    spent: dict[str, set[int]] = field(default_factory=dict)
    returned: dict[str, set[int]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    faults: int = 0

    def act(self) -> None:
        """Let somebody come whom every kiosk knows, and take a place if there is one; or return a number."""
        job = self.draw.choice(JOBS)
        quota, free = f"places:{job}", self._free(f"places:{job}")
        if free and self.draw.random() < _RETURNS:
            self.returned.setdefault(quota, set()).add(free[-1])
            self.machine.do(RightsReturned(quota=quota, ranges=[(free[-1], free[-1])]))
            return
        person = self.draw.randrange(_PEOPLE)
        worker = f"{self.name}-{person}"
        if worker not in self.known:
            self.known.add(worker)
            self.machine.do(registered(worker, number_of(100 + person)))
        name = f"{self.name}-{len(self.machine.journal)}"
        self.machine.do(checked_in(worker, name))
        if free:
            self.spent.setdefault(quota, set()).add(free[0])
            self.machine.do(taken(worker, name, free[0], job, hours=9 * len(self.machine.journal)))

    def speak(self, bureau: Hears) -> None:
        """Do a round; a server that fails is asked again with the next one."""
        wants = [
            Want(quota=f"places:{job}", count=self.draw.randint(1, 4)) for job in self.draw.sample(JOBS, 2)
        ]
        try:
            pulse(bureau, self.machine, wants)
        except StorageFault:
            self.faults += 1

    def _free(self, quota: str) -> list[int]:
        gone = self.spent.get(quota, set()) | self.returned.get(quota, set())
        held = self.machine.granted.get(quota, NumberSet())
        return [
            number
            for item in held.ranges
            for number in range(item.first, item.last + 1)
            if number not in gone
        ]


@dataclass(slots=True)
class Follower:
    """Somebody who reads a scope by small pages for as long as others write."""

    scope: str
    rows: dict[tuple[str, str], str] = field(default_factory=dict)
    cursor: Cursor | None = None

    def read(self, bureau: Office) -> bool:
        """Read a page and return whether there is more."""
        with bureau.database.reading() as connection:
            page = page_of(connection, self.scope, self.cursor, 2)
        if page.is_snapshot and (self.cursor is None or page.feed_gen != self.cursor.feed_gen):
            self.rows.clear()
        for row in page.rows:
            self.rows.pop((row.topic, row.id), None)
            if not row.is_deleted:
                self.rows[row.topic, row.id] = row.body
        self.cursor = Cursor(scope=self.scope, feed_gen=page.feed_gen, pos=page.pos)
        return page.has_more


@dataclass(frozen=True, slots=True)
class Storm:
    """Hands that write at once at several servers, beside readers, on a database that loses sessions."""

    bureaus: Sequence[Office]
    folder: Path
    hands: Sequence[Hand]
    followers: Sequence[Follower] = field(default_factory=lambda: [Follower(scope) for scope in _SCOPES])
    is_over: threading.Event = field(default_factory=threading.Event)

    def rage(self, rounds: int, kills: int) -> None:
        """Let every hand do so many rounds, then one more each when it is quiet, and readers end."""
        beside = [_started(self._follow, follower) for follower in self.followers]
        beside += [_started(self._seal, bureau) for bureau in self.bureaus]
        beside += [_started(self._look, bureau) for bureau in self.bureaus]
        beside.append(_started(self._kill, kills))
        writers = [_started(self._play, hand, rounds) for hand in self.hands]
        for thread in writers:
            thread.join(PATIENCE_S)
            assert not thread.is_alive(), "a session waits for ever"
        self.is_over.set()
        for thread in beside:
            thread.join(PATIENCE_S)
        for hand in self.hands:
            hand.speak(self.bureaus[0])
        self.bureaus[0].seal_due()
        for follower in self.followers:
            while follower.read(self.bureaus[0]):
                pass

    def wrong(self) -> list[str]:
        """Return in words what is not whole behind a storm."""
        told = check_invariants(self.folder)
        for hand in self.hands:
            if hand.machine.acked != len(hand.machine.journal):
                told.append(f"{hand.name}: {hand.machine.acked} of {len(hand.machine.journal)} entries")
        for follower in self.followers:
            if follower.rows != self._present(follower.scope):
                told.append(f"{follower.scope}: a reader missed a change")
        with self.bureaus[0].database.reading() as connection:
            if not meta_value(connection, "generation").startswith("1-"):
                told.append("a database that only goes on was taken for an older one")
        return told + self._unknown()

    def _unknown(self) -> list[str]:
        """Return in words who is not known at the kiosks as he is by now."""
        bureau, told = self.bureaus[0], []
        numbers = {
            number_hash(bureau.city_key, number): number
            for number in map(number_of, range(100, 100 + _PEOPLE))
        }
        with bureau.database.reading() as connection:
            shown = shown_of(
                connection, bureau.reader, connection.scalars(select(worker.c.id)), bureau.clock.now()
            )
        sealed = self._present("city")
        for item in shown:
            body = sealed.get(("capsule", item.number_hash))
            text = "" if body is None else CapsuleBody.model_validate_json(body).sealed
            if not text or unseal(bureau.city_key, numbers[item.number_hash], text) != item.content:
                told.append(f"{item.worker}: the kiosks know him otherwise")
        return told

    def _present(self, scope: str) -> dict[tuple[str, str], str]:
        is_told = (feed_row.c.scope == scope) & feed_row.c.is_deleted.is_(False)
        with self.bureaus[0].database.reading() as connection:
            rows = connection.execute(select(feed_row.c.topic, feed_row.c.id, feed_row.c.body).where(is_told))
            return {(row.topic, row.id): row.body for row in rows}

    def _play(self, hand: Hand, rounds: int) -> None:
        for _ in range(rounds):
            hand.act()
            hand.speak(hand.draw.choice(self.bureaus))

    def _follow(self, follower: Follower) -> None:
        while not self.is_over.is_set():
            follower.read(random.choice(self.bureaus))

    def _seal(self, bureau: Office) -> None:
        while not self.is_over.is_set():
            with suppress(StorageFault):
                bureau.seal_due()

    def _look(self, bureau: Office) -> None:
        while not self.is_over.is_set():
            with suppress(StorageFault):
                bureau.reach.look()

    def _kill(self, kills: int) -> None:
        place = kept_url(BureauFolder(self.folder).database_url)
        with psycopg.connect(place, autocommit=True) as connection:
            for _ in range(kills):
                while connection.execute(_KILL.encode()).fetchone() is None and not self.is_over.is_set():
                    time.sleep(0.001)


def gathered(bureaus: Sequence[Office], folder: Path, seed: int, kiosks: int) -> Storm:
    """Return a storm of so many kiosks of two halls, each heard once, over three jobs."""
    draw, bureau = random.Random(seed), bureaus[0]
    publish(
        bureau.database, "city", [employer(), *(job(name, headcount=9, dawn_percent=20) for name in JOBS)]
    )
    hands = [
        Hand(
            new_machine(bureau, folder, ("NZ", "XB")[no % 2], no // 2 + 1),
            random.Random(draw.random()),
            f"k{no}",
        )
        for no in range(kiosks)
    ]
    for hand in hands:
        pulse(bureau, hand.machine)
    return Storm(bureaus, folder, hands)


def _started(act: Callable[..., None], *given: object) -> threading.Thread:
    thread = threading.Thread(target=act, args=given, daemon=True)
    thread.start()
    return thread
