"""The departure check (出站检查, 六不出站) as a gate: what can be computed is computed, and never ticked.

| check | how it is known |
| --- | --- |
| seats | computed: no more people than seats, each on a seat of his own (TRIP-01) |
| safety | a named person inspected the vehicle and says so (TRIP-03) |
| driver | computed: licence, qualification, age, no other coach meanwhile, no passenger (TRIP-04) |
| papers | computed: operation certificate, inspection, insurance, no goods vehicle (TRIP-02, 03, 08) |
| form | a named person signs the departure form |
| belts | a named person saw every belt fastened |

A tick is of one crew: another vehicle or driver must be looked at again. Nothing here can be overridden.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kiosk.domain.drivers import Crewed, Driver, clash_remarks, driver_remarks
from kiosk.domain.ids import StaffId, WorkerId
from kiosk.domain.parameters import Parameters
from kiosk.domain.road_papers import Remark, is_stopped
from kiosk.domain.sentences import Sentence
from kiosk.domain.vehicles import Vehicle, vehicle_remarks


class Check(StrEnum):
    """The six reasons for which a coach does not leave, in the order of the form."""

    SEATS = "seats"
    SAFETY = "safety"
    DRIVER = "driver"
    PAPERS = "papers"
    FORM = "form"
    BELTS = "belts"


TICKED = (Check.SAFETY, Check.FORM, Check.BELTS)
"""What only a person can say."""


@dataclass(frozen=True, slots=True)
class Tick:
    """What a named person said of one check of one crew."""

    check: Check
    is_good: bool
    actor: StaffId
    at: datetime
    plate: str
    driver: WorkerId


class Result(StrEnum):
    """How one check stands."""

    PASSED = "passed"
    FAILED = "failed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Checked:
    """One check: how it stands, and why; `tick` is what a person said, where one was asked."""

    check: Check
    result: Result
    remarks: tuple[Remark, ...] = ()
    tick: Tick | None = None


@dataclass(frozen=True, slots=True)
class DepartureCase:
    """All that the check looks at. `crewed` is the trip with its crew, `others` the other trips of its days.

    `seats` are those of the trip, `taken` the seat of everybody on the list, `riders` who they are.
    `strangers` counts who is aboard and not on the list: somebody gave his place back and stayed in his seat.
    """

    crewed: Crewed
    vehicle: Vehicle | None
    driver: Driver | None
    others: Sequence[Crewed]
    seats: int
    taken: Sequence[int]
    riders: frozenset[WorkerId]
    strangers: int
    ticks: Mapping[Check, Tick]


def departure_checks(case: DepartureCase, day: date, parameters: Parameters) -> tuple[Checked, ...]:
    """Return the six checks in their order. Raises MissingParameter."""
    computed = {
        Check.SEATS: tuple(_seat_remarks(case)),
        Check.DRIVER: tuple(_driver_remarks(case, day, parameters)),
        Check.PAPERS: tuple(_paper_remarks(case, day, parameters)),
    }
    unnamed = {Check.DRIVER: case.driver is None, Check.PAPERS: case.vehicle is None}
    return tuple(
        _computed(check, computed[check], is_unnamed=unnamed.get(check, False))
        if check in computed
        else _ticked(check, case)
        for check in Check
    )


def may_depart(checks: Sequence[Checked]) -> bool:
    """Return whether every one of the six is passed."""
    return len(checks) == len(Check) and all(each.result is Result.PASSED for each in checks)


def is_driven_by_passenger(driver: WorkerId | None, riders: frozenset[WorkerId]) -> bool:
    """Return whether whoever drives is on the list of those who ride."""
    return driver is not None and driver in riders


def _seat_remarks(case: DepartureCase) -> Iterator[Remark]:
    """Compare with the vehicle that goes, not with the one that was planned."""
    seats = case.seats if case.vehicle is None else min(case.seats, case.vehicle.passenger_seats)
    people = len(case.taken) + case.strangers
    if people > seats or max(case.taken, default=0) > seats:
        yield Remark(Sentence("trips.check.seats.over", {"people": people, "seats": seats}), is_stop=True)
    if len(set(case.taken)) < len(case.taken):
        yield Remark(Sentence("trips.check.seats.twice"), is_stop=True)
    if case.strangers:
        yield Remark(Sentence("trips.check.seats.strangers", {"count": case.strangers}), is_stop=False)


def _driver_remarks(case: DepartureCase, day: date, parameters: Parameters) -> Iterator[Remark]:
    if case.driver is None:
        yield Remark(Sentence("trips.check.no_driver"), is_stop=True)
        return
    if is_driven_by_passenger(case.driver.worker, case.riders):
        yield Remark(Sentence("trips.driver.is_passenger"), is_stop=True)
    yield from driver_remarks(case.driver, case.vehicle, day, parameters)
    yield from (remark for remark in clash_remarks(case.crewed, case.others))


def _paper_remarks(case: DepartureCase, day: date, parameters: Parameters) -> Iterator[Remark]:
    if case.vehicle is None:
        yield Remark(Sentence("trips.check.no_vehicle"), is_stop=True)
        return
    yield from vehicle_remarks(case.vehicle, day, parameters)


def _computed(check: Check, remarks: tuple[Remark, ...], *, is_unnamed: bool) -> Checked:
    if is_unnamed:
        return Checked(check, Result.OPEN, remarks)
    return Checked(check, Result.FAILED if is_stopped(remarks) else Result.PASSED, remarks)


def _ticked(check: Check, case: DepartureCase) -> Checked:
    tick = case.ticks.get(check)
    if tick is None or not _is_of_crew(tick, case.crewed):
        return Checked(check, Result.OPEN)
    if not tick.is_good:
        failed = Remark(Sentence(f"trips.check.{check.value}.bad"), is_stop=True)
        return Checked(check, Result.FAILED, (failed,), tick)
    return Checked(check, Result.PASSED, tick=tick)


def _is_of_crew(tick: Tick, crewed: Crewed) -> bool:
    return tick.plate == crewed.plate and tick.driver == crewed.driver
