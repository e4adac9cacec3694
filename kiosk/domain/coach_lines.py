"""The lines of the ledgers of safety, coaches, vehicles and drivers: see `kiosk.domain.service_ledgers`.

Times are the hall's own without zone; what nobody told is empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

Moment = datetime | str
"""A time, or empty."""


@dataclass(frozen=True, slots=True)
class SafetyLine:
    """What was done for the safety of one who was sent to work, on each of its three stretches (分段).

    Hazards and protective things are words of the advertisement. `reminded` is what became of the slip, which
    says to him what can hurt him and who answers for him where. `aboard` is `yes`, `no` where his coach left
    without him, empty where none has left with or without him. Who answers is who saw the coach off, who took
    people over, and who received them.
    """

    slip: str
    at: datetime
    name: str
    number: str
    employer: str
    title: str
    hazards: tuple[str, ...]
    ppe: tuple[str, ...]
    education: str
    reminded: str
    trip: str
    aboard: str
    hall: str
    carrier: str
    carried_at: Moment
    receiver: str
    received_at: Moment
    incidents: tuple[str, ...]
    home: str


@dataclass(frozen=True, slots=True)
class TripLine:
    """One coach that left. `inspection` says how the checks of its crew stand; riders are counted.

    `manifest` is the code that stands on the three papers of its frozen list.
    """

    label: str
    plate: str
    seats: int | str
    driver: str
    destination: str
    employers: tuple[str, ...]
    listed: int
    boarded: int
    departed_at: datetime
    arrived_at: Moment
    inspection: str
    back: int
    stayed: int
    missing: int
    actor: str
    manifest: str


@dataclass(frozen=True, slots=True)
class FleetLine:
    """The papers of one vehicle, or of one driver, as they were seen once; of the other one it is empty."""

    at: datetime
    what: str
    plate: str
    kind: str
    seats: int | str
    owner: str
    permit_no: str
    permit_to: str
    inspection_to: str
    insurance_to: str
    name: str
    age: int | str
    licence_class: str
    licence_to: str
    qualification_no: str
    qualification_to: str
    standing: str
    actor: str
