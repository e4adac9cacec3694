"""A desk with vehicles and drivers, people with work and no coach, and a trip of theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from kiosk.actions.crew_trip import crew_trip
from kiosk.actions.depart_coach import say_check
from kiosk.actions.form_trip import Route, form_trip
from kiosk.actions.keep_fleet import DriverPapers, record_driver, record_vehicle
from kiosk.actions.take_place import take_place
from kiosk.domain.departures import TICKED
from kiosk.domain.drivers import LicenceClass
from kiosk.domain.ids import JobId, PlacementId, TripId, WorkerId
from kiosk.domain.placements import Placement
from kiosk.domain.vehicles import Vehicle, VehicleKind
from kiosk.messages.feed import FeedRow, TripBody
from tests import answers
from tests.halls import CLERK, SampleKiosk
from tests.unit.actions.lines import come
from tests.unit.actions.visits import version_of
from tools.figures.people import person_card

JOB = "j30-0918"
"""Work of many places without a coach, class or certificate."""
FAR = date(2027, 9, 1)
SMALL = Vehicle("示A·00006", VehicleKind.MINIBUS, 6, 1, "测试客运", "示运000001", FAR, FAR, FAR)
LARGE = replace(SMALL, plate="示A·00046", kind=VehicleKind.COACH, approved=46)
PAPERS = DriverPapers(
    "测试庚", "13900000001", LicenceClass.A1, FAR, "000000000001", FAR, had_grave_accident=False
)
DRIVER_CARD = 90
"""The invented person who drives."""


def fleet(kiosk: SampleKiosk, *vehicles: Vehicle) -> WorkerId:
    """Record vehicles and one driver, and return the driver."""
    for vehicle in vehicles or (SMALL, LARGE):
        record_vehicle(kiosk.hall, vehicle, CLERK)
    return record_driver(kiosk.hall, person_card(DRIVER_CARD).number, PAPERS, CLERK)


def placed(kiosk: SampleKiosk, first: int, count: int) -> list[Placement]:
    """Let invented people come and take a place without a coach each."""
    met = [come(kiosk, number) for number in range(first, first + count)]
    version = version_of(kiosk, JobId(JOB))
    return [take_place(kiosk.hall, who, JobId(JOB), version).placement for who in met]


def route(kiosk: SampleKiosk) -> Route:
    """Return where a formed trip goes this morning."""
    return Route(kiosk.hall.today(), time(7, 20), "6", "白杨镇", time(18, 0))


def formed(kiosk: SampleKiosk, people: list[PlacementId], vehicle: Vehicle = SMALL) -> TripId:
    """Form a trip of this morning."""
    return form_trip(kiosk.hall, route(kiosk), vehicle.plate, people, CLERK)


def ready(kiosk: SampleKiosk, of: TripId, driver: WorkerId, vehicle: Vehicle = SMALL) -> None:
    """Name the crew of a trip and tick all that a person can say."""
    crew_trip(kiosk.hall, of, vehicle.plate, driver, CLERK)
    for check in TICKED:
        say_check(kiosk.hall, of, check, CLERK, is_good=True)


def sold_trip(kiosk: SampleKiosk, *, is_door_here: bool = True) -> TripId:
    """Return a coach of the sample of which this device is the door, or another one."""
    body: TripBody = kiosk.sample.trips[0]
    door = kiosk.opened.health().stream if is_door_here else "another"
    told = body.model_copy(update={"door": door}).model_dump_json()
    answers.tell(kiosk.opened, [FeedRow(topic="trip", id=body.id, pos=6000, body=told)], 6000, feed_gen="g")
    return TripId(body.id)


def over(vehicle: Vehicle, kiosk: SampleKiosk) -> Vehicle:
    """Return a vehicle whose inspection ended yesterday."""
    return replace(vehicle, inspection_to=kiosk.hall.today() - timedelta(days=1))
