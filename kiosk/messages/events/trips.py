"""What becomes of coaches: vehicles and drivers seen, crews, trips that a desk forms, checks, departures."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import ClassVar, Literal

from pydantic import Field

from kiosk.messages.events.body import EventBody
from kiosk.messages.personal import Kind, Sealing
from kiosk.messages.wire import Wire


class VehicleRecorded(EventBody):
    """An attendant saw a vehicle's papers, or corrects what was recorded. None: that paper was not seen."""

    type: ClassVar[str] = "vehicle_recorded"
    plate: str = Field(max_length=16)
    kind: str
    approved: int = Field(ge=1, le=255)
    crew: int = Field(ge=1, le=9)
    owner: str
    permit_no: str
    permit_to: date | None
    inspection_to: date | None
    insurance_to: date | None
    is_active: bool = True
    actor: str


class DriverRecorded(EventBody):
    """An attendant saw a driver's papers, or corrects what was recorded.

    `worker` is the pseudonym his card has in this city; its number is nowhere in here.
    """

    type: ClassVar[str] = "driver_recorded"
    v: ClassVar[int] = 2
    sealing: ClassVar[Sealing | None] = Sealing(
        Kind.STATUTORY, (("name", ""), ("phone", ""), ("birth_date", None), ("qualification_no", ""))
    )
    worker: str
    name: str = ""
    phone: str = ""
    birth_date: date | None = None
    licence_class: str
    licence_to: date | None
    qualification_no: str = ""
    qualification_to: date | None
    had_grave_accident: bool = False
    is_active: bool = True
    actor: str
    sealed: str = ""


class TripFormed(EventBody):
    """A desk formed a trip out of people it had placed; only the device that says so is its door."""

    type: ClassVar[str] = "trip_formed"
    trip: str
    label: str
    day: date
    departs_at: time
    bay: str
    destination: str
    returns_at: time | None
    seats: int = Field(ge=1, le=255)
    plate: str
    phone: str
    actor: str


class SeatGiven(Wire):
    """One seat of a formed trip for one placement."""

    seat: int = Field(ge=1, le=255)
    placement: str
    slip: str


class PassengersChanged(EventBody):
    """Who rides with a formed trip: `left` give their seats up first, then `seated` get theirs.

    Somebody who goes in the place of another is in both lists of one entry, so that nobody is ever added.
    """

    type: ClassVar[str] = "passengers_changed"
    trip: str
    left: list[str] = Field(default_factory=list)
    seated: list[SeatGiven] = Field(default_factory=list)
    actor: str


class TripCrewed(EventBody):
    """A trip goes with this vehicle and driver, and with no other any more; `seats` are its seats now."""

    type: ClassVar[str] = "trip_crewed"
    trip: str
    plate: str
    driver: str
    seats: int = Field(ge=1, le=255)
    actor: str


class TripChecked(EventBody):
    """A named person said how one check of the departure stands, for this crew."""

    type: ClassVar[str] = "trip_checked"
    trip: str
    check: Literal["safety", "form", "belts"]
    is_good: bool
    plate: str
    driver: str
    actor: str


class TripDeparted(EventBody):
    """A coach left with everybody who is aboard. `digest` is the hash of its frozen manifest.

    `listed` counts its lines, `aboard` are the slips of those who were let in, by seat. `label`,
    `destination` and `seats` are the trip's as it left, for whoever writes a ledger when the trip itself is
    forgotten; empty and 0 in entries of kiosks that did not tell yet.
    """

    type: ClassVar[str] = "trip_departed"
    trip: str
    plate: str
    driver: str
    departed_at: datetime
    digest: str = Field(min_length=64, max_length=64)
    listed: int = Field(ge=0)
    aboard: list[str]
    actor: str
    label: str = ""
    destination: str = ""
    seats: int = Field(default=0, ge=0, le=255)
