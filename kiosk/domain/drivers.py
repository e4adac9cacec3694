"""Drivers: which vehicles one may drive, until when and until which age, and never at two places at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from kiosk.domain.clock import instant_of
from kiosk.domain.identity import age_on
from kiosk.domain.ids import TripId, WorkerId
from kiosk.domain.parameters import Parameters
from kiosk.domain.road_papers import Remark, RoadPaper, paper_remarks
from kiosk.domain.sentences import Sentence
from kiosk.domain.vehicles import Vehicle

MOST_YEARS = "trip.driver_most_years"


class LicenceClass(StrEnum):
    """Classes of driving licence that let somebody drive people."""

    A1 = "A1"
    A2 = "A2"
    A3 = "A3"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"


_LARGE, _MEDIUM = 20, 10
_CLASSES_FROM = (
    (_LARGE, frozenset({LicenceClass.A1})),
    (_MEDIUM, frozenset({LicenceClass.A1, LicenceClass.A2, LicenceClass.B1})),
    (0, frozenset(LicenceClass)),
)
"""From how many approved seats on which classes drive: 机动车驾驶证申领和使用规定, annex 1."""


@dataclass(frozen=True, slots=True, repr=False)
class Driver:
    """Somebody who drives people to work. `worker` is the pseudonym that his card would have in this hall.

    The number of his card is not kept. `licence_to` and `qualification_to` are the last days of the licence
    and of the qualification for passengers (从业资格证), None where nobody saw the paper.
    `had_grave_accident` speaks of the last three years (道路运输条例 9).
    """

    worker: WorkerId
    name: str
    phone: str
    birth_date: date | None
    licence_class: LicenceClass
    licence_to: date | None
    qualification_no: str
    qualification_to: date | None
    had_grave_accident: bool = False
    is_active: bool = True

    def __repr__(self) -> str:
        """Show the id alone: a log line must never carry a person's name."""
        return f"Driver({self.worker})"


@dataclass(frozen=True, slots=True)
class Crewed:
    """When a trip takes its crew's time: from its departure to its way back, or to the end of its day."""

    trip: TripId
    label: str
    plate: str
    driver: WorkerId | None
    day: date
    departs_at: time
    returns_at: time | None

    @property
    def span(self) -> tuple[datetime, datetime]:
        """Return the first instant of the trip, and the first one after it."""
        begins = instant_of(self.day, self.departs_at)
        if self.returns_at is None:
            return begins, instant_of(self.day + timedelta(days=1), time())
        # A way back at an earlier time of day than the way out is on the day after; midnight is a time, too.
        is_next_day = self.returns_at <= self.departs_at
        return begins, instant_of(self.day + timedelta(days=is_next_day), self.returns_at)

    def overlaps(self, other: Crewed) -> bool:
        """Return whether both trips take any moment."""
        (begins, ends), (its_begin, its_end) = self.span, other.span
        return begins < its_end and its_begin < ends


def may_drive(licence: LicenceClass, approved: int) -> bool:
    """Return whether a class of licence is for a vehicle of that many approved seats."""
    return next(licence in classes for least, classes in _CLASSES_FROM if approved >= least)


def driver_remarks(
    driver: Driver, vehicle: Vehicle | None, day: date, parameters: Parameters
) -> Iterator[Remark]:
    """Yield what speaks against a driver, of this vehicle where there is one, on a day (TRIP-04).

    Raises MissingParameter.
    """
    most = parameters.whole(MOST_YEARS)
    if not driver.is_active:
        yield Remark(Sentence("trips.driver.withdrawn"), is_stop=True)
    if driver.had_grave_accident:
        yield Remark(Sentence("trips.driver.accident"), is_stop=True)
    if driver.birth_date is None:
        yield Remark(Sentence("trips.driver.no_birth"), is_stop=True)
    elif (age := age_on(driver.birth_date, day)) > most:
        yield Remark(Sentence("trips.driver.too_old", {"age": age, "most": most}), is_stop=True)
    if vehicle is not None and not may_drive(driver.licence_class, vehicle.approved):
        facts = {"licence": driver.licence_class.value, "seats": vehicle.approved}
        yield Remark(Sentence("trips.driver.wrong_class", facts), is_stop=True)
    papers = (
        RoadPaper("licence", driver.licence_to),
        RoadPaper("qualification", driver.qualification_to),
    )
    yield from paper_remarks(papers, day, parameters)


def clash_remarks(crew: Crewed, others: Iterable[Crewed]) -> Iterator[Remark]:
    """Yield which other trips need the same vehicle or the same driver while this one is under way."""
    for other in others:
        if other.trip == crew.trip or not crew.overlaps(other):
            continue
        if crew.plate and other.plate == crew.plate:
            yield Remark(Sentence("trips.crew.vehicle_taken", {"trip": other.label}), is_stop=True)
        if crew.driver is not None and other.driver == crew.driver:
            yield Remark(Sentence("trips.crew.driver_taken", {"trip": other.label}), is_stop=True)
