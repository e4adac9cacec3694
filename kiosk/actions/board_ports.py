"""The board as a hall looks at it: what is asked of it, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kiosk.domain.families import Family
from kiosk.domain.ids import (
    EmployerId,
    JobId,
    QuotaId,
    StationCode,
    TripId,
)
from kiosk.domain.jobs import Employer, Job
from kiosk.domain.trips import Trip


@dataclass(frozen=True, slots=True)
class Stop:
    """A place of work on the line that begins at one station."""

    station: StationCode
    town: str


@dataclass(frozen=True, slots=True)
class StopCount:
    """A stop with its jobs: how many, how many with a coach, and the fewest minutes from its station."""

    stop: Stop
    minutes: int
    jobs: int
    with_coach: int


Weighable = tuple[JobId, str, int, date]
"""What ranking reads of a job: its id, its written traits, its minutes from its station, its first day."""


@dataclass(frozen=True, slots=True)
class BoardQuery:
    """What a person looks for on the board; every filter narrows, `text` is pinyin initials or a word.

    `takeable_here` leaves only jobs that this kiosk holds a free place, and a seat, for; `stop` is the one
    place on the line to go to. `order` is `pay` or `start`; `fit` is for `rank_jobs`, as it takes a person.
    `is_full` turns to the jobs of which every place is taken; those stand by their start.
    """

    family: Family | None = None
    trades: tuple[str, ...] = ()
    same_day_pay_only: bool = False
    with_coach_only: bool = False
    takeable_here: bool = False
    starting_on: date | None = None
    stop: Stop | None = None
    text: str = ""
    order: str = "pay"
    is_full: bool = False


@dataclass(frozen=True, slots=True)
class JobOnBoard:
    """One line of the board: `open_here` can be taken at this kiosk now, `open_places` in the whole city."""

    job: Job
    trip: Trip | None
    open_here: int
    open_places: int

    @property
    def quotas(self) -> tuple[QuotaId, ...]:
        """Return what a place takes a number of: the job's places, and where a coach goes its seats."""
        return (self.job.quota, self.trip.quota) if self.trip else (self.job.quota,)


@dataclass(frozen=True, slots=True)
class FamilyCount:
    """How many places one family of work still has, for the tiles of the home screen."""

    family: Family
    open_places: int
    jobs: int


class Board(Protocol):
    """Jobs and trips as the bureau published them."""

    def job(self, job: JobId) -> Job | None: ...
    def jobs(self, jobs: Sequence[JobId]) -> Mapping[JobId, Job]:
        """Return those of these jobs that are known here, as they were last published."""
        ...

    def employer(self, employer: EmployerId) -> Employer | None: ...
    def trip(self, trip: TripId) -> Trip | None: ...
    def line(self, job: JobId, now: datetime) -> JobOnBoard | None: ...
    def published(self, job: JobId, now: datetime) -> JobOnBoard | None:
        """Return one job that is published and still ahead, also where every place of it is taken."""
        ...

    def count(self, query: BoardQuery, now: datetime) -> int: ...
    def page(self, query: BoardQuery, now: datetime, offset: int, limit: int) -> Sequence[JobOnBoard]: ...
    def soonest_of(self, trades: Sequence[str], now: datetime) -> Mapping[str, JobId]:
        """Return of each trade the job on the board that begins first; a trade without one is left out."""
        ...

    def lines(self, jobs: Sequence[JobId], now: datetime) -> Sequence[JobOnBoard]: ...
    def weighables(self, query: BoardQuery, now: datetime) -> Sequence[Weighable]: ...
    def stops(self, query: BoardQuery, now: datetime) -> Sequence[StopCount]: ...
    def days(self, query: BoardQuery, now: datetime) -> Sequence[tuple[date, int]]: ...
    def families(self, now: datetime) -> Sequence[FamilyCount]: ...
    def trades(self, family: Family, now: datetime) -> Sequence[tuple[str, int]]: ...
    def trips_of(self, day: date) -> Sequence[Trip]: ...
    def employers(self) -> Sequence[Employer]: ...
    def withdraw(self, job: JobId) -> bool:
        """Take a job off this kiosk's board; False when it is not published here."""
        ...
