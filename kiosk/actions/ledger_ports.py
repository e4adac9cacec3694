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
    """A registration; `placements` counts the places that were not given back.

    `actor` is who keyed him in, empty for a card; `hardships` are kinds of `kiosk.domain.hardships`.
    """

    person: BookedPerson
    at: datetime
    method: str
    kiosk: str
    actor: str
    certificates: tuple[str, ...]
    hardships: tuple[str, ...]
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
    """A place that was taken. `paper` is what became of its slip, empty before the printer said anything.

    The employer said yes where it `is_agreed` at a table. `part_at` is when the employer's part came back;
    `outcome` and `why` stand on it. `came_at` is when somebody who went by himself arrived.
    """

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
    is_agreed: bool
    part_at: datetime | None
    outcome: str
    why: str
    came_at: datetime | None


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


@dataclass(frozen=True, slots=True)
class BookedIncident:
    """What befell people of a trip."""

    kind: str
    severity: str
    is_closed: bool


@dataclass(frozen=True, slots=True)
class BookedSafety:
    """What was done for the safety of somebody who was sent to work.

    `trip` is the label of the coach that left with him, or without him; empty where none has left. `sent_by`
    saw it off, `carrier` and `receiver` signed for people, masked as they were told; None and empty where
    nobody did. `whereabouts` is what was said of him on the way home.
    """

    person: BookedPerson
    slip: str
    taken_at: datetime
    employer: str
    title: str
    hazards: tuple[str, ...]
    ppe: tuple[str, ...]
    is_dangerous: bool
    education: str
    paper: str
    trip: str
    is_aboard: bool
    sent_by: str
    carrier: str
    carried_at: datetime | None
    receiver: str
    received_at: datetime | None
    came_at: datetime | None
    incidents: tuple[BookedIncident, ...]
    whereabouts: str


@dataclass(frozen=True, slots=True)
class BookedTrip:
    """A coach that left. `seats` is 0 where nobody told; of its three checks so many are good or bad.

    `employers` are those of whom somebody rode along. `back`, `stayed` and `missing` count riders.
    """

    label: str
    plate: str
    seats: int
    driver: str
    destination: str
    listed: int
    boarded: int
    departed_at: datetime
    arrived_at: datetime | None
    employers: tuple[str, ...]
    good: int
    bad: int
    back: int
    stayed: int
    missing: int
    digest: str
    actor: str


@dataclass(frozen=True, slots=True)
class BookedVehicle:
    """A vehicle as its papers were seen once."""

    at: datetime
    plate: str
    kind: str
    approved: int
    owner: str
    permit_no: str
    permit_to: date | None
    inspection_to: date | None
    insurance_to: date | None
    is_active: bool
    actor: str


@dataclass(frozen=True, slots=True)
class BookedDriver:
    """A driver as his papers were seen once; without who he is where it was erased or restricted."""

    at: datetime
    name: str
    birth_date: date | None
    licence_class: str
    licence_to: date | None
    qualification_no: str
    qualification_to: date | None
    is_active: bool
    actor: str


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
    def safety(self, first: date, last: date, most: int = ALL) -> Iterator[BookedSafety]: ...
    def trips(self, first: date, last: date, most: int = ALL) -> Iterator[BookedTrip]: ...
    def fleet(self, first: date, last: date, most: int = ALL) -> Iterator[BookedVehicle | BookedDriver]: ...
