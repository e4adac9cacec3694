"""The forms of the road: vehicles, drivers and coaches."""

from __future__ import annotations

from datetime import date, time

from kiosk.domain.drivers import LicenceClass
from kiosk.domain.identity import birth_date_in
from kiosk.domain.trips import TripState
from kiosk.domain.vehicles import VehicleKind
from kiosk.intake.cells import (
    CODE,
    PLATE,
    STATION,
    CardNumber,
    Choice,
    Day,
    Minute,
    Phone,
    Text,
    Whole,
    YesNo,
)
from kiosk.intake.forms import BadRow, Column, Filled, Form, Known, Thing
from kiosk.messages.feed import TripBody
from kiosk.messages.fleet import DriverBody, VehicleBody, vehicle_of

MOST_SEATS = 255
_ACTIVE = Column("is_active", YesNo(), "是")


def _vehicle(said: Filled, known: Known) -> Thing:
    if said["crew"] >= said["approved"]:
        raise BadRow("crew", "intake.row.crew_fills_vehicle")
    body = VehicleBody(
        plate=said["plate"],
        kind=said["kind"],
        approved=said["approved"],
        crew=said["crew"],
        owner=said["owner"],
        permit_no=said.get("permit_no", ""),
        permit_to=said.get("permit_to"),
        inspection_to=said.get("inspection_to"),
        insurance_to=said.get("insurance_to"),
        is_active=said.get("is_active", True),
    )
    known.vehicles[body.plate] = body
    return Thing(said["station"], "vehicle", body.plate, body)


VEHICLES = Form(
    "vehicles",
    (
        Column("station", STATION, "NZ", is_required=True),
        Column("plate", PLATE, "示A·S0001", is_required=True),
        Column(
            "kind",
            Choice(tuple(kind.value for kind in VehicleKind), lambda code: f"trips.kind.{code}"),
            "大客车",
            is_required=True,
        ),
        Column("approved", Whole(2, MOST_SEATS), 20, is_required=True),
        Column("crew", Whole(1, 9), 1, is_required=True),
        Column("owner", Text(60), "示例客运公司", is_required=True),
        Column("permit_no", Text(40), "示例运输证 0001"),
        Column("permit_to", Day(), date(2027, 12, 31)),
        Column("inspection_to", Day(), date(2027, 6, 30)),
        Column("insurance_to", Day(), date(2027, 6, 30)),
        _ACTIVE,
    ),
    _vehicle,
    lambda body: body.model_dump(),
)


def _driver(said: Filled, known: Known) -> Thing:
    born = birth_date_in(said["number"])
    body = DriverBody(
        worker=known.pseudonym(said["number"]),
        name=said["name"],
        phone=said["phone"],
        birth_date=born,
        licence_class=said["licence_class"],
        licence_to=said.get("licence_to"),
        qualification_no=said.get("qualification_no", ""),
        qualification_to=said.get("qualification_to"),
        had_grave_accident=said.get("had_grave_accident", False),
        is_active=said.get("is_active", True),
    )
    return Thing(said["station"], "driver", body.worker, body)


DRIVERS = Form(
    "drivers",
    (
        Column("station", STATION, "NZ", is_required=True),
        Column("number", CardNumber(), "999999197001010025", is_required=True),
        Column("name", Text(40), "示范司机", is_required=True),
        Column("phone", Phone(), "13900000201", is_required=True),
        Column(
            "licence_class",
            Choice(tuple(item.value for item in LicenceClass)),
            "A1",
            is_required=True,
        ),
        Column("licence_to", Day(), date(2029, 5, 1)),
        Column("qualification_no", Text(40), "示例资格 0001"),
        Column("qualification_to", Day(), date(2029, 5, 1)),
        Column("had_grave_accident", YesNo(), "否"),
        _ACTIVE,
    ),
    _driver,
    lambda body: body.model_dump(),
)


def _trip(said: Filled, known: Known) -> Thing:
    vehicle = known.vehicles.get(said["plate"])
    if vehicle is not None and said["seats"] > vehicle_of(vehicle).passenger_seats:
        seats = vehicle_of(vehicle).passenger_seats
        raise BadRow("seats", "intake.row.more_seats_than_vehicle", seats=seats)
    body = TripBody(
        id=said["id"],
        station=said["station"],
        label=said["label"],
        day=said["day"],
        departs_at=said["departs_at"],
        bay=said.get("bay", ""),
        destination=said["destination"],
        returns_at=said.get("returns_at"),
        seats=said["seats"],
        plate=said["plate"],
        phone=said["phone"],
        state=TripState.PLANNED.value,
        dawn_percent=said.get("dawn_percent"),
    )
    known.trips[body.id] = body
    return Thing("", "trip", body.id, body)


TRIPS = Form(
    "trips",
    (
        Column("id", CODE, "NZ-0701-1", is_required=True),
        Column("station", STATION, "NZ", is_required=True),
        Column("label", Text(8), "南1", is_required=True),
        Column("day", Day(), date(2027, 7, 1), is_required=True),
        Column("departs_at", Minute(), time(6, 20), is_required=True),
        Column("bay", Text(6), "3"),
        Column("destination", Text(20), "柳沟镇", is_required=True),
        Column("returns_at", Minute(), time(17, 40)),
        Column("seats", Whole(1, MOST_SEATS), 19, is_required=True),
        Column("plate", PLATE, "示A·S0001", is_required=True),
        Column("phone", Phone(), "0936-0000012", is_required=True),
        Column("dawn_percent", Whole(0, 100)),
    ),
    _trip,
    lambda body: body.model_dump(),
    tells=lambda body: not body.is_formed,  # one that a desk formed of its own people never came by a table
)
