"""Days of a whole city in one process, to see what a round of sync costs while everything grows.

The bureau's office and every kiosk's store are the real ones, and so are the actions of people; only the line
between them is a call. What a round costs is counted, not timed: steps of the databases' machines, and bytes.
"""

from __future__ import annotations

import itertools
import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from kiosk.actions.answer_pay import answer_pay, due_questions
from kiosk.actions.faults import Refused
from kiosk.actions.find_jobs import fitting_jobs
from kiosk.actions.hall import Hall
from kiosk.actions.recognise import recognise
from kiosk.actions.take_place import take_place
from kiosk.bureau.endings import forget_what_is_over
from kiosk.bureau.feeds import CITY, page_of
from kiosk.bureau.init import init_bureau
from kiosk.bureau.offices import Office, office
from kiosk.bureau.publishing import publish
from kiosk.codes import load_dictionaries
from kiosk.domain.cards import IdentityCard
from kiosk.domain.paydays import PayAnswer
from kiosk.messages.packing import Packing
from kiosk.protocol.feed_places import end_of
from kiosk.protocol.kiosk_side import Verdict, request_of, take_in
from kiosk.sample.loader import sample_rows
from kiosk.storage.opening import OpenedStore
from kiosk.sync.rounds import clock_view
from kiosk.sync.wordings import Wording
from tests.halls import MORNING, MovableClock, identity, open_sample_kiosk
from tests.journeys.town import come_in
from tests.unit.bureau.rehearsal import Machine, new_machine
from tools.figures.people import citizen_card

MORNING_ROUND, VISIT_ROUND, IDLE_ROUND = "the morning's work comes", "somebody was there", "nothing is new"
_STEPS_A_CALL = 20
_IDLE_ROUNDS = 3
_ONE_LIFE = 899
"""So many people are born on one day, at most."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one round cost: steps at the bureau and at the kiosk, bytes up and down, rights that were told."""

    bureau_steps: int
    kiosk_steps: int
    bytes_up: int
    bytes_down: int
    rights_told: int


@dataclass(slots=True)
class Steps:
    """Counts the steps of a database's machine."""

    count: int = 0

    def tick(self) -> int:
        self.count += _STEPS_A_CALL
        return 0

    def watch(self, engine: Engine) -> None:
        """Count on every connection that is lent from now on."""

        @event.listens_for(engine, "checkout")
        def lent(connection: Any, _record: object, _proxy: object) -> None:  # noqa: ANN401 - the driver's own
            connection.set_progress_handler(self.tick, _STEPS_A_CALL)


@dataclass(slots=True)
class Post:
    """One kiosk of the city."""

    hall: Hall
    opened: OpenedStore
    machine: Machine
    wording: Wording
    steps: Steps


@dataclass(slots=True)
class City:
    """The bureau, its kiosks, and what rounds cost, by day and kind.

    `unpaid` are those who have not said yet that they were paid, `snapshots` how many rows a kiosk would have
    read that was set up at the end of each day.
    """

    bureau: Office
    clock: MovableClock
    posts: list[Post]
    steps: Steps
    costs: dict[tuple[int, str], list[Cost]] = field(default_factory=lambda: defaultdict(list))
    people: Iterator[int] = field(default_factory=itertools.count)
    taken: int = 0
    unpaid: list[tuple[Post, IdentityCard]] = field(default_factory=list)
    snapshots: list[int] = field(default_factory=list)

    def play(self, day: int, visits: int) -> None:
        """Let one day pass: new work in the morning, people at every kiosk, rounds without news.

        Who worked the day before says first that he was paid.
        """
        self.clock.pass_time((MORNING + timedelta(days=day) - self.clock.now()).total_seconds())
        sample = sample_rows(self.clock.now())
        publish(
            self.bureau.database,
            CITY,
            [*sample.parameters, *sample.employers, *sample.trips, *sample.jobs],
        )
        self._ask_for_pay()
        for post in self.posts:
            self._speak(post, (day, MORNING_ROUND))
        forget_what_is_over(self.bureau.database, self.clock.now())
        for post in self.posts:
            self._speak(post, (day, MORNING_ROUND))
        for _ in range(visits):
            for post in self.posts:
                self._visit(post)
                self._speak(post, (day, VISIT_ROUND))
        for _ in range(_IDLE_ROUNDS):
            for post in self.posts:
                self._speak(post, (day, IDLE_ROUND))
        self.snapshots.append(self._first_reading())

    def _ask_for_pay(self) -> None:
        """Let everybody whose payday has come say at his kiosk that the money came."""
        waiting, self.unpaid = self.unpaid, []
        for post, card in waiting:
            met = recognise(post.hall, card)
            asked = due_questions(post.hall, met)
            for item in asked:
                answer_pay(post.hall, met, item.placement, PayAnswer.FULL)
            if not asked:
                self.unpaid.append((post, card))

    def _first_reading(self) -> int:
        """Return how many rows of the city somebody reads who begins now, page by page."""
        count, at = 0, None
        while at is None or at.has_more:
            with self.bureau.database.reading() as connection:
                at = page_of(connection, CITY, None if at is None else end_of(at))
            count += len(at.rows)
        return count

    def _visit(self, post: Post) -> None:
        number = next(self.people)
        born = date(1970, 1, 1) + timedelta(days=number // _ONE_LIFE)
        card = citizen_card(born, 1 + number % _ONE_LIFE)
        met = come_in(post.hall, card)
        for fitting in fitting_jobs(post.hall, met, 1):
            try:
                take_place(post.hall, met, fitting.line.job.id, fitting.line.job.version)
            except Refused:
                continue
            self.taken += 1
            self.unpaid.append((post, card))

    def _speak(self, post: Post, kind: tuple[int, str]) -> None:
        """Do rounds until there is nothing more to say."""
        self.clock.pass_time(2)
        verdict = Verdict(is_valid=True, speaks_again=True)
        while verdict.speaks_again:
            bureau_before, kiosk_before = self.steps.count, post.steps.count
            book = post.opened.sync_book
            clock = clock_view(self.clock, "boot-1")
            said = request_of(book.outgoing(500), post.machine.reply.kiosk, clock)
            media_type, body = post.wording.worded(said)
            headers = {"content-type": media_type}
            headers |= {name.lower(): value for name, value in post.machine.headers(body).items()}
            content, media_type = self.bureau.wires.answer(headers, body, self.bureau.sync(headers, body))
            reply = post.wording.heard(said, media_type, content)
            verdict = take_in(book, said, reply, self.clock.now(), lambda: None)
            spent = self.steps.count - bureau_before, post.steps.count - kiosk_before
            self.costs[kind].append(Cost(*spent, len(body), len(content), len(said.rights)))

    def medians(self, kind: str) -> Mapping[int, Cost]:
        """Return the median round of a kind by day."""
        return {
            day: Cost(
                *(round(statistics.median(getattr(cost, name) for cost in costs)) for name in Cost.__slots__)
            )
            for (day, told), costs in sorted(self.costs.items())
            if told == kind
        }


@contextmanager
def a_city(folder: Path, kiosks: int) -> Iterator[City]:
    """Open a bureau and so many kiosks that nobody has been at yet."""
    clock, steps = MovableClock(), Steps()
    init_bureau(folder / "bureau", "示例局")
    with ExitStack() as stack:
        bureau = stack.enter_context(office(folder / "bureau", clock))
        for engine in (bureau.database.writer, bureau.database.reader):
            steps.watch(engine)
        posts = []
        for number in range(1, kiosks + 1):
            machine = new_machine(bureau, folder / "bureau", no=1, station=f"H{number}")
            posts.append(_post(folder / f"kiosk-{number}", clock, machine, number))
            stack.callback(posts[-1].opened.close)
        yield City(bureau, clock, posts, steps)


def _post(folder: Path, clock: MovableClock, machine: Machine, number: int) -> Post:
    sample = open_sample_kiosk(folder, clock, is_new=False)
    hall = replace(
        sample.hall,
        identity=replace(identity("A", number), kiosk=machine.reply.kiosk),
        fresh_id=lambda: f"{number}-{sample.hall.fresh_id()}",  # the sample's alone are the same everywhere
    )
    wording, steps = Wording(Packing(load_dictionaries()), clock.monotonic), Steps()
    database = sample.opened.database
    steps.watch(database._reader)
    with database.writing() as connection:
        driver: Any = connection.connection.driver_connection
        driver.set_progress_handler(steps.tick, _STEPS_A_CALL)
    return Post(hall, sample.opened, machine, wording, steps)
