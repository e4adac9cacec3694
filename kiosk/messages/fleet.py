"""Vehicles and drivers as they come down to a hall, and what they mean."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from kiosk.domain.drivers import Driver, LicenceClass
from kiosk.domain.ids import WorkerId
from kiosk.domain.vehicles import Vehicle, VehicleKind
from kiosk.messages.wire import Wire


class VehicleBody(Wire):
    """Topic `vehicle`, scope of one hall, id the plate; field for field `kiosk.domain.vehicles.Vehicle`."""

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


class DriverBody(Wire):
    """Topic `driver`, scope of one hall, id the pseudonym of his card; as `kiosk.domain.drivers.Driver`."""

    worker: str
    name: str
    phone: str
    birth_date: date | None
    licence_class: str
    licence_to: date | None
    qualification_no: str
    qualification_to: date | None
    had_grave_accident: bool = False
    is_active: bool = True


def vehicle_of(body: VehicleBody) -> Vehicle:
    """Return the vehicle; an unknown kind raises ValueError."""
    return Vehicle(**{**body.model_dump(), "kind": VehicleKind(body.kind)})


def driver_of(body: DriverBody) -> Driver:
    """Return the driver; an unknown class of licence raises ValueError."""
    told = {"worker": WorkerId(body.worker), "licence_class": LicenceClass(body.licence_class)}
    return Driver(**{**body.model_dump(), **told})


def vehicle_body(vehicle: Vehicle) -> VehicleBody:
    """Return a vehicle as it comes down."""
    return VehicleBody.model_validate(vehicle, from_attributes=True)


def driver_body(driver: Driver) -> DriverBody:
    """Return a driver as he comes down."""
    return DriverBody.model_validate(driver, from_attributes=True)
