"""What the desk's first page reads of a day, each of it in one statement, however many people there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kiosk.domain.ids import JobId, SlipNumber, TripId, WorkerId
from kiosk.domain.slips import SlipState
from kiosk.domain.trips import Trip


@dataclass(frozen=True, slots=True)
class CoachOfDay:
    """A coach with its seats: `open_seats` over all kiosks, as the bureau told last; None before it has.

    `missing` took a seat here and were not let in by this device; that says something only where
    `is_door_here`, because people come in at one door alone.
    """

    trip: Trip
    open_seats: int | None
    is_door_here: bool
    missing: int

    @property
    def taken(self) -> int | None:
        """Return how many of its seats are taken over all kiosks; None where that is not known."""
        return None if self.open_seats is None else max(self.trip.seats - self.open_seats, 0)


@dataclass(frozen=True, slots=True)
class DayCounts:
    """How far people came on one day at this kiosk; None where nobody has said anything of it here.

    `checked_in` are people: who came under two registrations came once. `placed` took a place that they still
    have; of those `taught` have a safety class in force and `printed` their slip. `aboard` is known where
    this device holds the door of a coach of the day, `arrived` once it was said of anybody that he is at
    work, `back` once somebody has come back, and `paid`, who said on that day that all the money came, once
    somebody has answered.
    """

    checked_in: int
    placed: int
    taught: int
    printed: int
    aboard: int | None
    arrived: int | None
    back: int | None
    paid: int | None


@dataclass(frozen=True, slots=True)
class PersonOfDay:
    """Somebody who has a seat of a coach, with slip and job.

    Name and tail are empty unless this device keeps him; `queue_number` is empty for whoever has none of the
    day he took the place on. `slip_state` is None, and `title` empty, where another kiosk sold the seat.
    """

    worker: WorkerId
    name: str
    number_tail: str
    queue_number: str
    slip: SlipNumber
    slip_state: SlipState | None
    job: JobId
    title: str
    trip: TripId
    is_aboard: bool


@dataclass(frozen=True, slots=True)
class OpenSlip:
    """A slip that waits for the desk, and whose it is; name and tail are empty where he was forgotten."""

    number: SlipNumber
    state: SlipState
    changed_at: datetime
    name: str
    number_tail: str


class Days(Protocol):
    """The day as one transaction sees it."""

    def counts(self, day: date) -> DayCounts:
        """Return how far people came on a day."""
        ...

    def coaches(self, day: date) -> Sequence[CoachOfDay]:
        """Return the coaches of a day by departure."""
        ...

    def people(self, trips: Sequence[TripId]) -> Sequence[PersonOfDay]:
        """Return who has a seat of these trips: who took it here, in order, then whom the bureau told of."""
        ...

    def open_slips(self) -> Sequence[OpenSlip]:
        """Return the slips that are uncertain or were never sent, the longest unchanged first."""
        ...

    def queue_numbers(self, workers: Sequence[WorkerId], day: date) -> Mapping[WorkerId, str]:
        """Return the number of the day of those among these people who have one."""
        ...
