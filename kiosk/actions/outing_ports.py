"""What is kept of coaches on their way: who went out, who answered when, what befell them, who is back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.domain.ids import JobId, SlipNumber, TripId, WorkerId
from kiosk.domain.incidents import Incident
from kiosk.domain.returns import ReturnMark
from kiosk.domain.segments import HandOver
from kiosk.domain.trips import Trip


@dataclass(frozen=True, slots=True)
class Outing:
    """A coach that somebody came into here; `closed_at` is when everybody was counted last, None before."""

    trip: Trip
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Passenger:
    """Somebody who went out. Whoever took the seat at another kiosk, or was forgotten, is a slip and no more.

    `phone` is empty where nobody gave one, or its use is restricted.
    """

    slip: SlipNumber
    boarded_at: datetime
    worker: WorkerId | None = None
    name: str = ""
    number_tail: str = ""
    queue_number: str = ""
    phone: str = ""
    job: JobId | None = None
    title: str = ""


class Outings(Protocol):
    """The outings that one transaction sees."""

    def of(self, trip: TripId) -> Outing | None:
        """Return the outing of a trip; None while nobody came aboard here."""
        ...

    def unsettled(self) -> Sequence[Outing]:
        """Return the outings from which not everybody is back, the oldest day first."""
        ...

    def passengers(self, trip: TripId) -> Sequence[Passenger]:
        """Return who came aboard here, in that order."""
        ...

    def marks(self, trip: TripId) -> Mapping[SlipNumber, ReturnMark]:
        """Return what was said last of each passenger of whom anything was said."""
        ...

    def mark(self, trip: TripId, said: Sequence[ReturnMark]) -> None:
        """Keep what is said now; somebody who is out is one of whom nothing was said."""
        ...

    def close(self, trip: TripId, at: datetime) -> None:
        """Keep that everybody was counted."""
        ...

    def settle(self, trip: TripId, *, is_settled: bool) -> None:
        """Keep whether everybody is back, so that nobody need look at the outing again."""
        ...

    def hand_overs(self, trip: TripId) -> Sequence[HandOver]:
        """Return the hand-overs of a trip by their time."""
        ...

    def hand_over(self, told: HandOver) -> None:
        """Keep a hand-over."""
        ...

    def incidents(self, trip: TripId) -> Sequence[Incident]:
        """Return what befell people of a trip, the newest first."""
        ...

    def open_incidents(self) -> Sequence[Incident]:
        """Return every incident that nobody has closed, the oldest first."""
        ...

    def keep_incident(self, told: Incident) -> None:
        """Keep an incident, new or told anew."""
        ...
