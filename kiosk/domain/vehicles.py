"""Vehicles that take people to work: what the licence says, and what keeps one in the station."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.domain.parameters import Parameters
from kiosk.domain.road_papers import Remark, RoadPaper, paper_remarks
from kiosk.domain.sentences import Sentence


class VehicleKind(StrEnum):
    """What a vehicle was approved as."""

    COACH = "coach"
    MINIBUS = "minibus"
    CAR = "car"
    GOODS = "goods"
    """A truck, van or tractor: nobody rides in it (TRIP-02, 道路交通安全法 50)."""


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle by its plate. `approved` is the number on its licence (核定载客), which counts the crew too.

    `permit_to` is the last day of the operation certificate (道路运输证), `inspection_to` that of the
    inspection, `insurance_to` that of the carrier's liability insurance; None where nobody saw the paper.
    `owner` is whose it is; one that is not active any more takes nobody.
    """

    plate: str
    kind: VehicleKind
    approved: int
    crew: int
    owner: str
    permit_no: str
    permit_to: date | None
    inspection_to: date | None
    insurance_to: date | None
    is_active: bool = True

    @property
    def passenger_seats(self) -> int:
        """Return the seats for passengers: the approved number less the crew (TRIP-01)."""
        return max(self.approved - self.crew, 0)

    @property
    def papers(self) -> tuple[RoadPaper, ...]:
        """Return the papers it must carry (道路运输条例 33, 35)."""
        return (
            RoadPaper("permit", self.permit_to),
            RoadPaper("inspection", self.inspection_to),
            RoadPaper("insurance", self.insurance_to),
        )


def vehicle_remarks(vehicle: Vehicle, day: date, parameters: Parameters) -> Iterator[Remark]:
    """Yield what speaks against a vehicle on a day, what stops it first. Raises MissingParameter."""
    if not vehicle.is_active:
        yield Remark(Sentence("trips.vehicle.withdrawn"), is_stop=True)
    if vehicle.kind is VehicleKind.GOODS:
        yield Remark(Sentence("trips.vehicle.goods"), is_stop=True)
    yield from paper_remarks(vehicle.papers, day, parameters)
