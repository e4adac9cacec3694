"""The sample's vehicles and drivers can take the sample's coaches, and none of them is anybody."""

from __future__ import annotations

from kiosk.domain.drivers import driver_remarks
from kiosk.domain.parameters import Parameter, in_force
from kiosk.domain.road_papers import is_stopped
from kiosk.domain.vehicles import vehicle_remarks
from kiosk.messages.fleet import driver_of, vehicle_of
from kiosk.sample.fleet import sample_drivers, sample_vehicles
from kiosk.sample.loader import sample_rows
from tests.halls import CITY_KEY, MORNING


def test_they_are_fit_for_the_coaches_whose_plates_they_bear() -> None:
    sample = sample_rows(MORNING)
    parameters = in_force([Parameter(**item.model_dump()) for item in sample.parameters], sample.day)
    vehicles = {item.plate: vehicle_of(item) for item in sample_vehicles(sample.day)}
    drivers = [driver_of(item) for item in sample_drivers(sample.day, CITY_KEY)]
    coaches = [trip for trip in sample.trips if trip.plate in vehicles]
    assert len(coaches) == len(vehicles) == len(drivers) == 2
    for trip, driver in zip(coaches, drivers, strict=True):
        vehicle = vehicles[trip.plate]
        assert vehicle.passenger_seats == trip.seats
        assert not is_stopped(vehicle_remarks(vehicle, sample.day, parameters))
        assert not is_stopped(driver_remarks(driver, vehicle, sample.day, parameters))


def test_a_driver_is_known_by_the_hash_of_an_invented_card() -> None:
    first, second = (item.worker for item in sample_drivers(sample_rows(MORNING).day, CITY_KEY))
    assert first != second
    assert first.startswith("w-")
