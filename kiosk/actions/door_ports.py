"""What is kept at the door of a coach: who goes with it, who is aboard, who stays out, and whose it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from kiosk.domain.ids import JobId, PlacementId, SlipNumber, TripId, WorkerId
from kiosk.domain.workers import EducationState
from kiosk.protocol.doors import DoorBook


class Holding(StrEnum):
    """Whose a trip's door is, as this device knows it."""

    ELSEWHERE = "elsewhere"
    OPEN = "open"
    CLOSED = "closed"
    """It is this device's, which lets nobody in any more."""


@dataclass(frozen=True, slots=True)
class Boarded:
    """Into which coach a slip came, and when."""

    trip: TripId
    at: datetime


@dataclass(frozen=True, slots=True)
class Rider:
    """Somebody who has a seat of a coach, whichever kiosk sold it.

    Name and tail are empty unless this device keeps the person; `queue_number` is empty for whoever has none.
    `education` is what the bureau last told of the class of his job, None where it told nothing.
    `came_before` says that he is aboard already, let in by the device that was the door before this one.
    """

    slip: SlipNumber
    trip: TripId
    seat: int
    placement: PlacementId
    worker: WorkerId
    job: JobId
    queue_number: str
    name: str
    number_tail: str
    education: EducationState | None
    came_before: bool = False


class Doors(Protocol):
    """The doors that one transaction sees."""

    def book(self, of: TripId, slip: SlipNumber) -> DoorBook:
        """Return what a trip's door knows of one slip; one that is not open at this device is closed here."""
        ...

    def holding(self, of: TripId) -> Holding:
        """Return whether this device is the door of a trip, and whether it has closed it."""
        ...

    def aboard(self, of: TripId) -> Mapping[SlipNumber, datetime]:
        """Return which slips this device let into a trip's coach, and when, the first one first."""
        ...

    def came_aboard(self, slip: SlipNumber) -> Boarded | None:
        """Return into which coach this device let a slip, and when."""
        ...

    def come_aboard(self, of: TripId, slip: SlipNumber, at: datetime) -> None:
        """Remember that a slip is in the coach."""
        ...

    def close(self, of: TripId, at: datetime) -> None:
        """Remember that this device lets nobody into a trip's coach any more."""
        ...


class Riders(Protocol):
    """Who goes with which coach: places taken here, and what the bureau told of those of other kiosks.

    Of a place taken here this kiosk knows first what became of it, so that is what counts. Whoever must stay
    out of the coach is no rider of it.
    """

    def of(self, trip: TripId) -> Sequence[Rider]:
        """Return who has a seat of a trip, by seat."""
        ...

    def by_slip(self, slip: SlipNumber) -> Rider | None:
        """Return whose seat a slip is for; None for one that is void, without a coach, or not told here."""
        ...

    def seats_of(self, worker: WorkerId) -> Sequence[Rider]:
        """Return the seats that somebody has, by slip."""
        ...

    def is_given_back(self, slip: SlipNumber) -> bool:
        """Return whether this device knows that the place of a slip is nobody's any more."""
        ...

    def call(self, trip: TripId, slips: Sequence[SlipNumber], at: datetime) -> None:
        """Keep that this door called these people."""
        ...

    def calls(self, trip: TripId) -> Mapping[SlipNumber, datetime]:
        """Return who of a trip was called, and when last, here or as the bureau told."""
        ...

    def calling(self, since: datetime) -> Sequence[TripId]:
        """Return the trips of which somebody was called since."""
        ...
