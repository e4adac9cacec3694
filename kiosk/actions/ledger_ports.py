"""The port of the books that a hall's desk keeps for its ledgers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

ALL = -1
"""So many lines: every one."""


@dataclass(frozen=True, slots=True)
class BookedPerson:
    """Who a line is about, as far as it may be shown; all empty where it was erased or restricted."""

    name: str = ""
    number: str = ""
    sex: str = ""
    birth_date: date | None = None
    region: str = ""
    phone: str = ""
    trades: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BookedSeeker:
    """A registration; `placements` counts the places that were not given back."""

    person: BookedPerson
    at: datetime
    method: str
    kiosk: str
    certificates: tuple[str, ...]
    placements: int


@dataclass(frozen=True, slots=True)
class BookedVisit:
    """A visit."""

    person: BookedPerson
    at: datetime
    queue_number: str
    method: str
    kiosk: str


@dataclass(frozen=True, slots=True)
class BookedPlacement:
    """A place that was taken. `paper` is what became of its slip, empty before the printer said anything."""

    person: BookedPerson
    slip: str
    taken_at: datetime
    kind: str
    title: str
    trip: str
    starts: datetime
    ends: datetime
    employer: str
    pay_fen: int | None
    pay_unit: str
    paper: str
    is_given_back: bool
    pay_answer: str


@dataclass(frozen=True, slots=True)
class BookedClass:
    """A safety class."""

    person: BookedPerson
    record: str
    at: datetime
    hazard_class: str
    course_version: int
    mode: str
    score_percent: int | None
    spent_min: int
    actor: str
    valid_until: date
    is_signed: bool


@dataclass(frozen=True, slots=True)
class BookedPrint:
    """What became known of a slip's paper; `copy_no` is 0 for the first print."""

    at: datetime
    slip: str
    copy_no: int
    state: str
    reason: str
    actor: str
    kiosk: str


class Books(Protocol):
    """The books of one transaction. Periods are of hall days, both ends included; `most` lines are read."""

    def catch_up(self, kiosk: str) -> None:
        """Write what this desk said itself and has not heard back yet."""
        ...

    def counts(self, first: date, last: date) -> Mapping[str, int]:
        """Return how many lines each ledger has in a period, by its name."""
        ...

    def seekers(self, first: date, last: date, most: int = ALL) -> Iterator[BookedSeeker]: ...
    def visits(self, first: date, last: date, most: int = ALL) -> Iterator[BookedVisit]: ...
    def placements(self, first: date, last: date, most: int = ALL) -> Iterator[BookedPlacement]: ...
    def classes(self, first: date, last: date, most: int = ALL) -> Iterator[BookedClass]: ...
    def prints(self, first: date, last: date, most: int = ALL) -> Iterator[BookedPrint]: ...
