"""A coach trip as far as a slip, a seat and the desk need it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from kiosk.domain.clock import instant_of
from kiosk.domain.ids import QuotaId, StationCode, TripId, WorkerId, seats_of

LEAVES_SOON = timedelta(minutes=30)
"""So long before its time people are called to a coach."""
CALL_SHOWN = timedelta(minutes=10)
"""So long a call stands on the screens of the hall, unless its coach leaves or all of them come before."""


class TripState(StrEnum):
    """Where a trip stands; only a planned one sells seats."""

    PLANNED = "planned"
    DEPARTED = "departed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Trip:
    """A coach from a hall to work and back. `seats` is the approved number less the crew (TRIP-01).

    `driver` is None before anybody was named. One that `is_formed` has passengers that a desk chose and no
    quota; the seats of any other are sold.
    `door_at` names the kiosk that lets people in, empty where none does.
    """

    id: TripId
    station: StationCode
    label: str
    day: date
    departs_at: time
    bay: str
    destination: str
    returns_at: time | None
    seats: int
    plate: str
    phone: str
    state: TripState = TripState.PLANNED
    door_at: str = ""
    driver: WorkerId | None = None
    is_formed: bool = False

    @property
    def quota(self) -> QuotaId:
        """Return the quota that counts this trip's passenger seats."""
        return seats_of(self.id)


def small_number(label: str) -> int:
    """Return the number in a label such as K12 or 3, 0 where it has none that fits the byte of a code."""
    digits = "".join(sign for sign in label if sign.isdecimal())
    return int(digits) if digits and int(digits) < 256 else 0


class Stand(StrEnum):
    """How a coach stands now, as far as a kiosk knows: who says that it left is the bureau, not the clock."""

    CANCELLED = "cancelled"
    DEPARTED = "departed"
    DUE = "due"
    """Its time has come, and nobody has said that it left."""
    SOON = "soon"
    FULL = "full"
    EARLY = "early"


def stand_of(trip: Trip, open_seats: int | None, now: datetime) -> Stand:
    """Return how a coach stands; with `open_seats` unknown it is never called full."""
    if trip.state is not TripState.PLANNED:
        return Stand(trip.state.value)
    departs = instant_of(trip.day, trip.departs_at)
    if departs <= now:
        return Stand.DUE
    if departs - now <= LEAVES_SOON:
        return Stand.SOON
    return Stand.FULL if open_seats == 0 else Stand.EARLY
