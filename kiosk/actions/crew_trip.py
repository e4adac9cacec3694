"""Give a trip its vehicle and driver, in the place of those it had: a crew is replaced and never added to."""

from __future__ import annotations

from dataclasses import replace

from kiosk.actions.departure_case import case_of, crewed_by, planned_trip
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records, Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.departures import DepartureCase, is_driven_by_passenger
from kiosk.domain.drivers import Driver, clash_remarks, driver_remarks
from kiosk.domain.duties import Act
from kiosk.domain.ids import TripId, WorkerId
from kiosk.domain.parameters import Parameters
from kiosk.domain.road_papers import Remark
from kiosk.domain.sentences import Sentence
from kiosk.domain.trips import Trip
from kiosk.domain.vehicles import Vehicle, vehicle_remarks
from kiosk.messages.events import TripCrewed


def crew_trip(hall: Hall, of: TripId, plate: str, driver: WorkerId, staff: Staff) -> None:
    """Let a trip go with this vehicle and driver. Raises Refused with the first thing that speaks against it.

    A trip of which places are sold keeps its seats, and no vehicle with fewer takes it; one that was formed
    here has the seats of its vehicle, and no fewer than its last passenger needs.
    """
    with hall.store.writing() as records:
        trip = planned_trip(hall, records, of)
        vehicle, who = records.fleet.vehicle(plate), records.fleet.driver(driver)
        if vehicle is None or who is None:
            raise Refused(Sentence("actions.crew.unknown"))
        _refuse_too_small(records, trip, vehicle)
        parameters = records.settings.parameters(trip.day)
        case = replace(
            case_of(records, trip),
            crewed=crewed_by(replace(trip, plate=plate, driver=driver)),
            vehicle=vehicle,
            driver=who,
        )
        stopped = next((item for item in crew_remarks(case, vehicle, who, parameters) if item.is_stop), None)
        if stopped is not None:
            raise Refused(stopped.sentence)
        seats = vehicle.passenger_seats if trip.is_formed else trip.seats
        records.trips.crew(of, plate, driver, seats)
        crewed = TripCrewed(trip=of, plate=plate, driver=driver, seats=seats, actor=staff.id)
        records.journal.append(crewed, hall.now())
        record_act(hall, records, staff, Act.CREW_TRIP, "trip", of, plate)


def crew_remarks(
    case: DepartureCase, vehicle: Vehicle, driver: Driver, parameters: Parameters
) -> list[Remark]:
    """Return what is to be said of a vehicle and a driver for one trip."""
    day = case.crewed.day
    remarks = [
        *vehicle_remarks(vehicle, day, parameters),
        *driver_remarks(driver, vehicle, day, parameters),
        *clash_remarks(case.crewed, case.others),
    ]
    if is_driven_by_passenger(driver.worker, case.riders):
        remarks.insert(0, Remark(Sentence("trips.driver.is_passenger"), is_stop=True))
    return remarks


def seats_needed(records: Records, trip: Trip) -> int:
    """Return how many passenger seats a vehicle must have for a trip."""
    if not trip.is_formed:
        return trip.seats
    return max((passenger.seat for passenger in records.trips.passengers(trip.id)), default=1)


def _refuse_too_small(records: Records, trip: Trip, vehicle: Vehicle) -> None:
    needed = seats_needed(records, trip)
    if vehicle.passenger_seats < needed:
        facts = {"seats": vehicle.passenger_seats, "needed": needed}
        raise Refused(Sentence("actions.crew.too_small", facts))
