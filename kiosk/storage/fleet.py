"""Vehicles and drivers: what the bureau told, and what was recorded here and is on its way there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.domain.drivers import Driver
from kiosk.domain.ids import WorkerId
from kiosk.domain.vehicles import Vehicle
from kiosk.messages.feed import FeedRow
from kiosk.messages.fleet import DriverBody, VehicleBody, driver_body, driver_of, vehicle_body, vehicle_of
from kiosk.messages.wire import Wire
from kiosk.statements import Statement
from kiosk.storage.desk import LOCAL_SCOPE
from kiosk.storage.trip_tables import driver, vehicle

_VEHICLES = select(vehicle.c.body).order_by(vehicle.c.id)
_VEHICLE = Statement(select(vehicle.c.body).where(vehicle.c.id == bindparam("id")))
_DRIVERS = select(driver.c.body).order_by(func.json_extract(driver.c.body, "$.name"), driver.c.id)
_DRIVER = Statement(select(driver.c.body).where(driver.c.id == bindparam("id")))


class SqlFleet:
    """The vehicles and drivers of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection

    def vehicles(self) -> Sequence[Vehicle]:
        """Return every vehicle by its plate."""
        return [_vehicle(body) for body in self._connection.execute(_VEHICLES).scalars()]

    def vehicle(self, plate: str) -> Vehicle | None:
        """Return the vehicle of a plate."""
        body = _VEHICLE.scalar(self._connection, {"id": plate})
        return None if body is None else _vehicle(body)

    def keep_vehicle(self, recorded: Vehicle) -> None:
        """Keep what was recorded here, in the place of what was known of that plate."""
        self._keep(vehicle, recorded.plate, vehicle_body(recorded))

    def drivers(self) -> Sequence[Driver]:
        """Return every driver by his name."""
        return [_driver(body) for body in self._connection.execute(_DRIVERS).scalars()]

    def driver(self, worker: WorkerId) -> Driver | None:
        """Return the driver of a pseudonym."""
        body = _DRIVER.scalar(self._connection, {"id": worker})
        return None if body is None else _driver(body)

    def keep_driver(self, recorded: Driver) -> None:
        """Keep what was recorded here, in the place of what was known of that person."""
        self._keep(driver, recorded.worker, driver_body(recorded))

    def _keep(self, table: Table, row_id: str, body: Wire) -> None:
        """Keep a row until the bureau tells it; one that it told before stays its own, with new words."""
        text = body.model_dump_json()
        statement = upsert(table).values(id=row_id, scope=LOCAL_SCOPE, pos=0, body=text)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_={"body": text}))


def vehicle_columns(row: FeedRow) -> dict[str, Any]:
    """Return a told vehicle as its table keeps it; ValueError for what this version does not understand."""
    vehicle_of(VehicleBody.model_validate_json(row.body))
    return {"body": row.body}


def driver_columns(row: FeedRow) -> dict[str, Any]:
    """Return a told driver as the table keeps him; ValueError for what this version does not understand."""
    driver_of(DriverBody.model_validate_json(row.body))
    return {"body": row.body}


def _vehicle(body: str) -> Vehicle:
    return vehicle_of(VehicleBody.model_validate_json(body))


def _driver(body: str) -> Driver:
    return driver_of(DriverBody.model_validate_json(body))
