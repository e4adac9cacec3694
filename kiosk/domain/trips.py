"""A coach trip as far as a slip and a seat need it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from kiosk.domain.ids import QuotaId, StationCode, TripId, seats_of


class TripState(StrEnum):
    """Where a trip stands; only a planned one sells seats."""

    PLANNED = "planned"
    DEPARTED = "departed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Trip:
    """A coach from a hall to work and back. `seats` is the approved number less the crew (TRIP-01)."""

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

    @property
    def quota(self) -> QuotaId:
        """Return the quota that counts this trip's passenger seats."""
        return seats_of(self.id)
