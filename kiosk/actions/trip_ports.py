"""What is kept of coaches at the desk: vehicles and drivers, crews, passengers, checks and departures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kiosk.domain.departures import Check, Tick
from kiosk.domain.drivers import Crewed, Driver
from kiosk.domain.ids import JobId, PlacementId, SlipNumber, TripId, WorkerId
from kiosk.domain.manifests import Manifest
from kiosk.domain.trips import Trip
from kiosk.domain.vehicles import Vehicle


@dataclass(frozen=True, slots=True)
class Passenger:
    """Who has a seat of a formed trip. The slip is that of the placement."""

    trip: TripId
    seat: int
    placement: PlacementId
    worker: WorkerId
    slip: SlipNumber


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody with a firm place and no coach, who might go with one that is formed.

    Name and tail are empty where he was forgotten, the queue number for whoever has none of that day.
    """

    placement: PlacementId
    worker: WorkerId
    slip: SlipNumber
    job: JobId
    title: str
    name: str
    number_tail: str
    queue_number: str


@dataclass(frozen=True, slots=True)
class Departed:
    """A coach that left, as its manifest was frozen; `printed` counts how often its papers were asked for."""

    manifest: Manifest
    digest: str
    printed: int

    @property
    def head_count(self) -> int:
        """Return how many people are in the coach, the crew not among them."""
        return len(self.manifest.aboard)


class Fleet(Protocol):
    """Vehicles and drivers known here."""

    def vehicles(self) -> Sequence[Vehicle]:
        """Return every vehicle by its plate."""
        ...

    def vehicle(self, plate: str) -> Vehicle | None: ...
    def keep_vehicle(self, vehicle: Vehicle) -> None:
        """Keep what was recorded here, in the place of what was known of that plate."""
        ...

    def drivers(self) -> Sequence[Driver]:
        """Return every driver by his name."""
        ...

    def driver(self, worker: WorkerId) -> Driver | None: ...
    def keep_driver(self, driver: Driver) -> None:
        """Keep what was recorded here, in the place of what was known of that person."""
        ...


class Trips(Protocol):
    """The coaches of one transaction, as far as a desk changes them; `Board.trip` reads one."""

    def add(self, trip: Trip) -> None:
        """Keep a trip that was formed here; this device is its door."""
        ...

    def crew(self, trip: TripId, plate: str, driver: WorkerId, seats: int) -> None:
        """Let a trip go with this vehicle and driver, and with no other any more."""
        ...

    def crewed(self, first: date, last: date) -> Sequence[Crewed]:
        """Return the trips of some days that are not cancelled, each with its crew."""
        ...

    def passengers(self, trip: TripId) -> Sequence[Passenger]:
        """Return who has a seat of a formed trip, by seat."""
        ...

    def ride_of(self, placement: PlacementId) -> Passenger | None:
        """Return the seat that a placement has in a formed trip."""
        ...

    def give_seat(self, trip: TripId, seat: int, placement: PlacementId) -> None:
        """Give a free seat; raises IntegrityFault for a taken one, or for whoever has a seat already."""
        ...

    def take_seat_back(self, placement: PlacementId) -> None:
        """Let a placement have no seat of a formed trip."""
        ...

    def waiting(self, day: date) -> Sequence[Waiting]:
        """Return who has a firm place of this kiosk that begins on a day, and no coach, in fair order."""
        ...

    def ticks(self, trip: TripId) -> Mapping[Check, Tick]:
        """Return what people said of a trip's checks last."""
        ...

    def keep_tick(self, trip: TripId, tick: Tick) -> None: ...
    def departed(self, trip: TripId) -> Departed | None:
        """Return the departure of a coach that this device saw off."""
        ...

    def depart(self, manifest: Manifest, at: datetime) -> None:
        """Keep that a coach left, with its manifest; it sells and boards nothing any more."""
        ...

    def count_print(self, trip: TripId) -> int:
        """Count one printing of a departure's papers; return how often they were printed before."""
        ...
