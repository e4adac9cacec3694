"""A hall for tests: a real encrypted store filled with the sample morning, and a clock that a test moves."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.actions.hall import Hall
from kiosk.actions.ports import KioskIdentity, Staff
from kiosk.app.agreed_time import AgreedTime
from kiosk.app.signing import SlipKey
from kiosk.codes import load_trades, spoken_names
from kiosk.domain.clock import HALL_ZONE
from kiosk.domain.ids import JobId, StaffId, TripId, places_of, seats_of
from kiosk.domain.trades import Trades
from kiosk.messages.feed import FeedRow
from kiosk.messages.sync import Ranges
from kiosk.messages.wire import Wire
from kiosk.sample.loader import SampleHall, sample_rows
from kiosk.sample.people import SamplePerson, sample_people
from kiosk.storage.opening import OpenedStore, open_store
from tests import answers

MORNING = datetime(2026, 9, 18, 5, 10, tzinfo=HALL_ZONE)
CITY_KEY = bytes(range(32))
CLERK = Staff(StaffId("s1"), "测试己", "attendant", "", is_active=True)
"""Who is at the desk of every sample kiosk; nobody knows a PIN of hers."""


@dataclass(slots=True)
class MovableClock:
    """A clock that stands still until a test moves it."""

    instant: datetime = MORNING
    seconds: float = 1000.0

    def now(self) -> datetime:
        """Return the wall clock's instant."""
        return self.instant

    def monotonic(self) -> float:
        """Return the monotonic second."""
        return self.seconds

    def pass_time(self, seconds: float) -> None:
        """Let time pass on both clocks."""
        self.instant += timedelta(seconds=seconds)
        self.seconds += seconds


@dataclass(slots=True)
class SampleKiosk:
    """One kiosk of the sample hall with its store open."""

    hall: Hall
    opened: OpenedStore
    clock: MovableClock
    sample: SampleHall
    people: dict[str, SamplePerson] = field(default_factory=dict)

    def job(self, key: str) -> JobId:
        """Return the id of a sample job, which must exist."""
        return JobId(next(job.id for job in self.sample.jobs if job.id == key))


def identity(letter: str = "A", number: int = 1, profile: str = "worker") -> KioskIdentity:
    """Return who the test kiosk is."""
    return KioskIdentity(
        kiosk=f"kiosk-{letter}",
        kiosk_no=number,
        letter=letter,
        station="NZ",
        station_name="汽车南站零工驿站",
        profile=profile,
        key_id="0a1b2c",
        city_key=CITY_KEY,
        scopes=("city", "hall:NZ"),
    )


def open_sample_kiosk(
    data_dir: Path,
    clock: MovableClock | None = None,
    *,
    is_new: bool = True,
    has_rights: bool = True,
    is_made_anew: bool = False,
    first_id: int = 1,
    profile: str = "worker",
) -> SampleKiosk:
    """Return a kiosk whose board is the sample morning and which holds all rights over it, or none.

    One that is not new is opened again as it was left; `first_id` is then above those it gave out. New ones
    are copies of one, made once a process, with its stream and its keys: two that meet are made anew.
    """
    clock = clock or MovableClock()
    if is_new and not is_made_anew:
        made = _made(clock.now(), has_rights=has_rights)
        shutil.copytree(made.name, data_dir, dirs_exist_ok=True)
        is_new = False
    trades = _trades()
    opened = open_store(data_dir, clock, trade_names=spoken_names(trades))
    sample = _sample(clock.now())
    counter = itertools.count(first_id)
    hall = Hall(
        store=opened.store,
        clock=clock,
        identity=identity(profile=profile),
        agreed_now=AgreedTime(clock).now,
        fresh_id=lambda: f"id-{next(counter):06d}",
        signer=SlipKey(Ed25519PrivateKey.from_private_bytes(bytes(32)), 0x0A1B2C),
        picture_of=lambda job: trades.by_key[job.trade].pictogram,
    )
    if is_new:
        _publish(opened, sample)
        employ(hall, CLERK)
    if is_new and has_rights:
        _grant_all(opened, sample)
    people = {person.key: person for person in _people(sample.day)}
    return SampleKiosk(hall, opened, clock, sample, people)


def take_back(kiosk: SampleKiosk, key: str) -> None:
    """Let the bureau take a number of law back; only the feed may: kiosks keep what they read of those."""
    ids = [f"{item.key}@{item.effective_from}" for item in kiosk.sample.parameters if item.key == key]
    rows = [FeedRow(topic="parameter", id=row_id, pos=9999, is_deleted=True) for row_id in ids]
    answers.tell(kiosk.opened, rows, 9999, feed_gen="g")


@cache
def _made(instant: datetime, *, has_rights: bool) -> tempfile.TemporaryDirectory[str]:
    """Return the folder of a kiosk before anybody came, closed: making it takes longer than most tests.

    All are kept until the process ends: a folder that is forgotten warns, in the test of somebody else.
    """
    kept = tempfile.TemporaryDirectory(prefix="fresh-hall-")
    clock = MovableClock(instant)
    open_sample_kiosk(Path(kept.name), clock, has_rights=has_rights, is_made_anew=True).opened.close()
    return kept


@cache
def _trades() -> Trades:
    return load_trades()


@lru_cache(maxsize=4)
def _sample(instant: datetime) -> SampleHall:
    return sample_rows(instant)


@lru_cache(maxsize=4)
def _people(day: date) -> tuple[SamplePerson, ...]:
    return tuple(sample_people(day))


def employ(hall: Hall, *staff: Staff) -> None:
    """Put people on the hall's list."""
    with hall.store.writing() as records:
        for member in staff:
            records.desk.add_staff(member)


def _publish(opened: OpenedStore, sample: SampleHall) -> None:
    rows: list[FeedRow] = []

    def add(topic: str, row_id: str, body: Wire) -> None:
        rows.append(FeedRow(topic=topic, id=row_id, pos=len(rows) + 1, body=body.model_dump_json()))

    for parameter in sample.parameters:
        add("parameter", f"{parameter.key}@{parameter.effective_from}", parameter)
    for course in sample.courses:
        add("course", course.hazard_class, course)
    for employer in sample.employers:
        add("employer", employer.id, employer)
    for trip in sample.trips:
        add("trip", trip.id, trip)
    for job in sample.jobs:
        add("job", job.id, job)
    answers.tell(opened, rows, len(rows), feed_gen="g", is_snapshot=True)


def _grant_all(opened: OpenedStore, sample: SampleHall) -> None:
    granted: dict[str, Ranges] = {places_of(JobId(job.id)): [(1, job.headcount)] for job in sample.jobs}
    granted |= {seats_of(TripId(trip.id)): [(1, trip.seats)] for trip in sample.trips}
    answers.grant(opened, granted)
