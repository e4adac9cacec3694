"""Over any weeks, whoever follows the feed and whoever begins today know the same: all that is not over."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.bureau.endings import forget_what_is_over
from kiosk.bureau.feeds import CITY, page_of
from kiosk.bureau.offices import Office, office
from kiosk.bureau.publishing import publish
from kiosk.domain.paydays import ASKED_FOR
from kiosk.messages.events import PayAnswered
from kiosk.messages.feed import Cursor, JobBody
from kiosk.messages.sync import Want
from tests.unit.bureau.rehearsal import (
    DAWN,
    TODAY,
    HandClock,
    Machine,
    employer,
    job,
    new_machine,
    number_of,
    pulse,
    registered,
    taken,
    trip,
)

DAY = timedelta(days=1)
LONGEST = 62 * DAY
KIOSKS = 3
EXAMPLES = int(os.environ.get("KIOSK_EXAMPLES", "12"))


@dataclass(slots=True)
class Place:
    """A place that somebody took, as its own kiosk knows it."""

    name: str
    worker: str
    ends: datetime
    is_told: bool = False
    is_answered: bool = False

    def is_open(self, now: datetime) -> bool:
        asked_until = self.ends + timedelta(hours=2) + ASKED_FOR
        return not self.is_answered and now < max(self.ends + DAY, asked_until)


@dataclass(slots=True)
class Work:
    """A job and what became of it; `is_held` from when its kiosk asked for it until that spoke afterwards."""

    body: JobBody
    kiosk: int
    places: list[Place] = field(default_factory=list)
    is_held: bool = False

    def is_open(self, day: int, now: datetime) -> bool:
        """Return whether anything keeps it, by the words of the page and not by the tables."""
        last = (self.body.shift.last_day - TODAY).days
        if last >= day or self.body.valid_until > now:
            return True
        if (day - last) * DAY > LONGEST:
            return False
        return self.is_held or any(place.is_told and place.is_open(now) for place in self.places)


@dataclass(slots=True)
class Reader:
    """Somebody who reads the city page by page and keeps what he is told."""

    rows: dict[tuple[str, str], str] = field(default_factory=dict)
    at: Cursor | None = None
    has_more: bool = True

    def read(self, bureau: Office, limit: int) -> int:
        """Read one page; return how many rows it had."""
        with bureau.database.reading() as connection:
            page = page_of(connection, CITY, self.at, limit)
        if page.is_snapshot:
            self.rows.clear()
        for row in page.rows:
            if row.is_deleted:
                self.rows.pop((row.topic, row.id), None)
            else:
                self.rows[row.topic, row.id] = row.body
        self.at = Cursor(scope=CITY, feed_gen=page.feed_gen, pos=page.pos)
        self.has_more = page.has_more
        return len(page.rows)

    def finish(self, bureau: Office, limit: int) -> int:
        count = self.read(bureau, limit)
        while self.has_more:
            count += self.read(bureau, limit)
        return count


class Weeks:
    """A city over weeks: kiosks that are often dark, one reader who always follows, others who begin."""

    def __init__(self, bureau: Office, clock: HandClock, machines: Sequence[Machine]) -> None:
        self.bureau, self.clock, self.machines = bureau, clock, machines
        self.works: dict[str, Work] = {}
        self.follower, self.beginner = Reader(), Reader()
        self.day = self.count = 0

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def publish(self, lasts: int, kiosk: int, *, by_coach: bool) -> Work:
        """Publish a job that is worked from today on for so many days more, perhaps with its own coach."""
        self.count += 1
        name = f"j{self.count}"
        shift = job().shift.model_copy(
            update={"first_day": TODAY + self.day * DAY, "last_day": TODAY + (self.day + lasts) * DAY}
        )
        coach = trip().model_copy(update={"id": f"t{self.count}", "day": TODAY + self.day * DAY})
        facts = {
            "shift": shift,
            "valid_until": DAWN + self.day * DAY + timedelta(hours=12),
            "trip": coach.id if by_coach else None,
        }
        body = job(name).model_copy(update=facts)
        publish(self.bureau.database, CITY, [employer(), *([coach] if by_coach else []), body])
        self.works[name] = Work(body, kiosk)
        return self.works[name]

    def hold(self, work: Work) -> None:
        """Let the job's kiosk ask for numbers of it, and hear of them."""
        self.tell(work.kiosk)
        pulse(self.bureau, self.machines[work.kiosk], [Want(quota=f"places:{work.body.id}", count=2)])
        work.is_held = True

    def take(self, work: Work) -> None:
        """Let somebody take a place, which is told with the kiosk's next round."""
        name, machine = work.body.id, self.machines[work.kiosk]
        worker, place = f"w-{name}", f"p-{name}"
        number = next(iter(machine.granted[f"places:{name}"].ranges)).first
        body = taken(worker, place, number, name, 24.0 * self.day).model_copy(update={"due_h": 2})
        machine.do(registered(worker, number_of(self.count)))
        machine.do(body)
        work.places.append(Place(place, worker, body.ends))

    def answer(self) -> None:
        """Let somebody who was asked say that he was paid."""
        for work in self.works.values():
            for place in work.places:
                if place.is_told and not place.is_answered and place.ends < self.now:
                    said = PayAnswered(placement=place.name, worker=place.worker, answer="full")
                    self.machines[work.kiosk].do(said)
                    place.is_answered = True
                    self.tell(work.kiosk)
                    return

    def tell(self, kiosk: int) -> None:
        """Let a kiosk speak; what closed before is in no dark hand from then on."""
        pulse(self.bureau, self.machines[kiosk])
        for work in (work for work in self.works.values() if work.kiosk == kiosk):
            work.is_held = work.is_held and work.body.valid_until >= self.now
            for place in work.places:
                place.is_told = True

    def night(self, days: int) -> None:
        """Let days pass, and the daily work be done after each."""
        for _ in range(days):
            self.day += 1
            self.clock.forward(DAY)
            forget_what_is_over(self.bureau.database, self.now)

    def open_jobs(self) -> set[str]:
        return {name for name, work in self.works.items() if work.is_open(self.day, self.now)}


JOBS = ["by coach", "by oneself", "held", "taken", "taken and told"]
STEPS = st.one_of(
    st.tuples(st.sampled_from(JOBS), st.integers(0, 2), st.integers(0, KIOSKS - 1)),
    st.tuples(st.sampled_from(["answer", "follow", "begin", "begin anew"]), st.just(0), st.just(0)),
    st.tuples(st.just("tell"), st.just(0), st.integers(0, KIOSKS - 1)),
    st.tuples(st.just("night"), st.sampled_from([1, 1, 2, 8, 35, 64]), st.just(0)),
)


def play(weeks: Weeks, step: str, value: int, kiosk: int, limit: int) -> None:
    """Do one step."""
    if step in JOBS:
        work = weeks.publish(value, kiosk, by_coach=step == "by coach")
        if step in {"held", "taken", "taken and told"}:
            weeks.hold(work)
        if step in {"taken", "taken and told"}:
            weeks.take(work)
        if step == "taken and told":
            weeks.tell(kiosk)
    elif step == "night":
        weeks.night(value)
    elif step == "begin anew":
        weeks.beginner = Reader()
    elif step == "answer":
        weeks.answer()
    elif step == "tell":
        weeks.tell(kiosk)
    else:
        {"follow": weeks.follower, "begin": weeks.beginner}[step].read(weeks.bureau, limit)


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=30), limit=st.integers(1, 4))
def test_who_follows_and_who_begins_today_know_the_same_and_all_that_is_open(
    fresh_bureau: Path, steps: Sequence[tuple[str, int, int]], limit: int
) -> None:
    """Breaks when a question about pay, or a kiosk that was not heard of, keeps no job."""
    clock = HandClock()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(shutil.copytree(fresh_bureau, Path(folder) / "bureau"))
        with office(home, clock) as bureau:
            weeks = Weeks(bureau, clock, [new_machine(bureau, home, no=no + 1) for no in range(KIOSKS)])
            for step, value, kiosk in steps:
                play(weeks, step, value, kiosk, limit)
            check(weeks, limit)
            for kiosk in range(KIOSKS):
                weeks.tell(kiosk)
            check(weeks, limit)


def check(weeks: Weeks, limit: int) -> None:
    """Let two nights pass while somebody begins, and compare what everybody knows then."""
    midway, today = Reader(), Reader()
    while midway.has_more and len(midway.rows) < 8:
        midway.read(weeks.bureau, limit)
    weeks.night(2)
    count = today.finish(weeks.bureau, limit)
    for other in (weeks.follower, weeks.beginner, midway):
        other.finish(weeks.bureau, limit)
        assert other.rows == today.rows
    jobs = {row_id for topic, row_id in today.rows if topic == "job"}
    assert jobs == weeks.open_jobs()
    coaches = {row_id for topic, row_id in today.rows if topic == "trip"}
    assert coaches == {work.body.trip for name, work in weeks.works.items() if name in jobs} - {None}
    assert count == len(today.rows)  # nothing that is over is in what a new kiosk reads
