"""The vehicles and drivers of the sample morning, as the bureau would tell the home station of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from stdnum.iso7064 import mod_11_2

from kiosk.actions.recognise import worker_id_of
from kiosk.domain.ids import NumberHash
from kiosk.messages.capsules import number_hash
from kiosk.messages.fleet import DriverBody, VehicleBody
from kiosk.sample.loader import Table, sample_tables
from kiosk.sample.people import REGION

_PAPERS = ("permit", "inspection", "insurance")


def sample_vehicles(day: date) -> Iterator[VehicleBody]:
    """Yield the vehicles, with papers that hold on a sample morning, one of them not for long."""
    for table in sample_tables("fleet", "vehicle"):
        facts = {name: value for name, value in table.items() if not name.endswith("_days")}
        facts |= {f"{paper}_to": day + timedelta(days=table[f"{paper}_days"]) for paper in _PAPERS}
        yield VehicleBody(**facts)


def sample_drivers(day: date, city_key: bytes) -> Iterator[DriverBody]:
    """Yield the drivers, each by the pseudonym that his card would have in the city of this key."""
    for table in sample_tables("fleet", "driver"):
        found = NumberHash(number_hash(city_key, _number(table)))
        yield DriverBody(
            worker=worker_id_of(found),
            name=table["name"],
            phone=table["phone"],
            birth_date=table["birth_date"],
            licence_class=table["licence_class"],
            licence_to=day + timedelta(days=table["licence_days"]),
            qualification_no=table["qualification_no"],
            qualification_to=day + timedelta(days=table["qualification_days"]),
        )


def _number(table: Table) -> str:
    stem = f"{REGION}{table['birth_date']:%Y%m%d}{table['sequence']}"
    return stem + mod_11_2.calc_check_digit(stem)
