"""One hall for a week: two kiosks for workers, a desk that is the door of coaches, and the bureau.

Stores, bureau and actions are the real ones; the line between them is a call, and time is a hand's. Of each
journal every entry is written down beside it as soon as it is there, so that whatever happens to the machines
it is known what was said.
"""

from __future__ import annotations

import itertools
import random
import secrets
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import bindparam, select

from kiosk.actions.board_ports import JobOnBoard
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Staff
from kiosk.app.agreed_time import AgreedTime, HeardTime, keep_heard, take_over_heard
from kiosk.app.signing import SlipKey
from kiosk.bureau.backups import back_up, copy_private
from kiosk.bureau.enrol import Profile
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import init_bureau
from kiosk.bureau.offices import Office, office
from kiosk.bureau.publishing import Published
from kiosk.bureau.restores import restore
from kiosk.codes import load_trades, spoken_names
from kiosk.domain.clock import HALL_ZONE
from kiosk.domain.ids import MergeId, StaffId
from kiosk.domain.trades import Trades
from kiosk.messages.events import EVENT_TYPES, EventBody
from kiosk.messages.feed import JobBody, TripBody
from kiosk.messages.signing import sign_request
from kiosk.protocol.kiosk_side import Verdict, request_of, take_in
from kiosk.statements import Statement
from kiosk.storage.known_streams import present_stream
from kiosk.storage.opening import OpenedStore, open_store
from kiosk.storage.tables import journal
from kiosk.sync.rounds import clock_view
from tests.halls import CLERK, MovableClock, identity
from tests.unit.bureau.rehearsal import Machine, new_machine

STATION = "NZ"
MONDAY = datetime(2026, 9, 14, 4, 50, tzinfo=HALL_ZONE)
MANAGER = Staff(StaffId("s2"), "测试壬", "manager", "", is_active=True)
STAFF = (CLERK, MANAGER)
_MOST_ROUNDS = 60
_ANSWERS_LOST = 0.04
_NEWS = Statement(select(journal).where(journal.c.seq > bindparam("after")).order_by(journal.c.seq))


@dataclass(frozen=True, slots=True)
class Said:
    """One entry as its kiosk wrote it, in the order in which it was written down here."""

    stream: str
    seq: int
    type: str
    at: datetime
    hash: str
    body: EventBody
    post: str


@dataclass(slots=True)
class DeviceClock:
    """The clock of one machine: its hands may be set, and its seconds begin anew when it starts."""

    world: MovableClock
    hands_off: timedelta = timedelta(0)
    began_s: float = 0.0

    def now(self) -> datetime:
        """Return what the hands show."""
        return self.world.now() + self.hands_off

    def monotonic(self) -> float:
        """Return the seconds since the machine started."""
        return self.world.monotonic() - self.began_s


@dataclass(slots=True)
class Post:
    """One device of the hall."""

    name: str
    number: int
    profile: Profile
    folder: Path
    machine: Machine
    clock: DeviceClock
    opened: OpenedStore = field(init=False)
    hall: Hall = field(init=False)
    agreed: AgreedTime = field(init=False)
    boots: int = 0
    made: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    written: dict[str, int] = field(default_factory=dict)
    is_dark: bool = False

    def start(self) -> None:
        """Open the store as a machine does that was switched on, its seconds at nought."""
        self.boots += 1
        self.clock.began_s = self.clock.world.monotonic()
        trades = _trades()
        self.opened = open_store(self.folder, self.clock, trade_names=spoken_names(trades))
        self.agreed = AgreedTime(self.clock)
        take_over_heard(self.agreed, self.opened.store, self.boot)
        own = identity(self.name, self.number, self.profile)
        self.hall = Hall(
            store=self.opened.store,
            clock=self.clock,
            identity=replace(own, kiosk=self.machine.reply.kiosk),
            agreed_now=self.agreed.now,
            fresh_id=lambda: f"{self.name}-{next(self.made):06d}",
            signer=SlipKey(Ed25519PrivateKey.from_private_bytes(bytes(32)), 0x0A1B2C),
            picture_of=lambda job: trades.by_key[job.trade].pictogram,
            missed=self._look,
            lacking=self._lack,
        )

    def stop(self) -> None:
        """Close the store."""
        self.opened.close()

    def _look(self, line: JobOnBoard) -> None:
        self.opened.sync_book.looks.look(line.quotas)

    def _lack(self, numbers: object) -> None:
        assert isinstance(numbers, dict)
        for of, people in numbers.items():
            self.opened.sync_book.looks.gather(of, people)

    @property
    def boot(self) -> str:
        """Return the name of this run of the machine."""
        return f"boot-{self.boots}"

    def cut(self) -> None:
        """Cut the power: what the disk has this moment, log and all, is what the next start finds."""
        left = self.folder.with_name(f"{self.folder.name}-left")
        shutil.copytree(self.folder, left)
        self.opened.close()
        shutil.rmtree(self.folder)
        left.rename(self.folder)
        self.start()

    def news(self) -> Iterator[Said]:
        """Yield what was written into the journal since this was asked last."""
        with self.opened.database.reading() as connection:
            stream = str(present_stream(connection).id)
            after = self.written.get(stream, 0)
            rows = _NEWS.all(connection, {"after": after})
        for row in rows:
            body = EVENT_TYPES[row.type].model_validate_json(row.body)
            self.written[stream] = row.seq
            yield Said(stream, row.seq, row.type, row.at, row.hash, body, self.name)


@dataclass(slots=True)
class Week:
    """The hall, everybody who is in it, and all that was said."""

    seed: int
    folder: Path
    home: Path
    clock: MovableClock
    dice: random.Random
    desk_of_bureau: ExitStack
    bureau: Office
    posts: list[Post]
    people: int
    said: list[Said] = field(default_factory=list)
    jobs: dict[str, JobBody] = field(default_factory=dict)
    trips: dict[str, TripBody] = field(default_factory=dict)
    published: list[Published] = field(default_factory=list)
    twofold: set[int] = field(default_factory=set)
    merges: list[MergeId] = field(default_factory=list)
    tray: dict[tuple[str, int], str] = field(default_factory=dict)
    tally: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def kiosks(self) -> list[Post]:
        """Return the two kiosks to which workers come."""
        return self.posts[:2]

    @property
    def desk(self) -> Post:
        """Return the device at the counter, door of the coaches."""
        return self.posts[2]

    def until(self, hour: int, minute: int = 0) -> None:
        """Let time pass to an hour of the hall's day."""
        now = self.clock.now().astimezone(HALL_ZONE)
        then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        self.clock.pass_time(max((then - now).total_seconds(), 0))

    def listen(self) -> None:
        """Write down what every journal says by now."""
        for post in self.posts:
            self.said += post.news()

    def look_into_trays(self) -> None:
        """Write down what the bureau refused, by the stream that its device writes."""
        for post in self.posts:
            stream = str(post.opened.health().stream)
            with post.hall.store.reading() as records:
                for item in records.desk.refused():
                    self.tray[stream, item.seq] = item.reason

    def speak(self, times: int = 1) -> None:
        """Let every device that is not dark do rounds until it has nothing more to say.

        Twice is so that each hears what the others told, and that what people are known by is sealed.
        """
        for turn in range(times):
            for post in self.posts:
                if not post.is_dark:
                    self._speak(post)
            if turn:
                self.bureau.seal_due()
        self.listen()
        self.look_into_trays()

    def _speak(self, post: Post) -> None:
        verdict = Verdict(is_valid=True, speaks_again=True)
        for _ in range(_MOST_ROUNDS):
            if not verdict.speaks_again:
                return
            self.clock.pass_time(1)
            book = post.opened.sync_book
            said = request_of(book.outgoing(500), post.machine.reply.kiosk, clock_view(post.clock, post.boot))
            body = said.model_dump_json().encode()
            signed = sign_request(post.machine.key, "POST", "/sync", said.kiosk, secrets.token_hex(16), body)
            reply = self.bureau.sync({name.lower(): value for name, value in signed.items()}, body)
            if self.dice.random() < _ANSWERS_LOST:
                self.tally["an answer is lost"] += 1
                continue
            verdict = take_in(book, said, reply, post.clock.now(), lambda: None)
            told_at = post.clock.monotonic()
            post.agreed.hear(reply.server_time, told_at)
            heard = HeardTime(boot=post.boot, server_time=reply.server_time, at_monotonic_s=told_at)
            keep_heard(post.opened.store, heard)
        raise AssertionError(f"{post.name} never comes to an end")

    def back_up(self) -> None:
        """Let the bureau make its backup."""
        back_up(self.home, self.folder / "backups", self.clock.now())

    def restore(self) -> None:
        """Put the bureau's last backup back on another machine."""
        again = Path(tempfile.mkdtemp(dir=self.folder))
        copy_private(BureauFolder(self.home).registry, BureauFolder(again).registry)
        restore(again, self.folder / "backups", self.clock.now())
        self.home = again
        self.bureau = self.desk_of_bureau.enter_context(office(again, self.clock))


@dataclass(frozen=True, slots=True)
class Sunday:
    """The folder of a hall in which nothing has happened, and whose its devices are; copied for each week."""

    folder: Path
    machines: tuple[Machine, ...]


_POSTS: tuple[tuple[str, Profile], ...] = (("A", "worker"), ("B", "worker"), ("C", "desk"))


def sunday(folder: Path) -> Sunday:
    """Set a hall up: a bureau, and three devices that it enrolled."""
    clock = MovableClock(MONDAY - timedelta(hours=9))
    init_bureau(folder / "bureau", "示例局")
    with office(folder / "bureau", clock) as bureau:
        machines = tuple(
            new_machine(bureau, folder / "bureau", STATION, number, profile)
            for number, (_, profile) in enumerate(_POSTS, 1)
        )
    for name, _ in _POSTS:
        open_store(folder / name, clock, trade_names=spoken_names(_trades())).close()
    return Sunday(folder, machines)


@cache
def _trades() -> Trades:
    return load_trades()


@contextmanager
def a_week(before: Sunday, folder: Path, seed: int, people: int) -> Iterator[Week]:
    """Open a copy of the hall for so many invented people, on Monday before the doors open."""
    shutil.copytree(before.folder, folder, dirs_exist_ok=True)
    clock = MovableClock(MONDAY)
    with ExitStack() as stack:
        bureau = stack.enter_context(office(folder / "bureau", clock))
        posts = []
        for number, ((name, profile), machine) in enumerate(zip(_POSTS, before.machines, strict=True), 1):
            post = Post(name, number, profile, folder / name, machine, DeviceClock(clock))
            post.start()
            stack.callback(post.stop)
            posts.append(post)
        yield Week(seed, folder, folder / "bureau", clock, random.Random(seed), stack, bureau, posts, people)
