"""Write vehicles and drivers down with a look at their papers; the bureau tells the hall's other devices."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date

from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records, Staff
from kiosk.actions.recognise import worker_id_of
from kiosk.actions.record_act import record_act
from kiosk.domain.drivers import Driver, LicenceClass
from kiosk.domain.duties import Act
from kiosk.domain.identity import birth_date_in, check_number, check_phone, normalise_number, normalise_phone
from kiosk.domain.ids import NumberHash, WorkerId
from kiosk.domain.sentences import Sentence
from kiosk.domain.vehicles import Vehicle
from kiosk.messages.capsules import number_hash
from kiosk.messages.events import DriverRecorded, VehicleRecorded

MOST_APPROVED = 60
"""More seats no coach has (机动车运行安全技术条件); a number above is a slip of the finger."""
_PLATE = re.compile(r"\w[A-Z]·[A-Z0-9]{5,6}")


@dataclass(frozen=True, slots=True, repr=False)
class DriverPapers:
    """What a driver shows and says; as in `kiosk.domain.drivers.Driver`."""

    name: str
    phone: str
    licence_class: LicenceClass
    licence_to: date
    qualification_no: str
    qualification_to: date
    had_grave_accident: bool


def record_vehicle(hall: Hall, vehicle: Vehicle, staff: Staff) -> None:
    """Keep a vehicle, new or corrected. Raises Refused for a plate or seats that cannot be."""
    if not _PLATE.fullmatch(vehicle.plate):
        raise Refused(Sentence("actions.vehicle.plate"))
    if not 1 <= vehicle.crew < vehicle.approved <= MOST_APPROVED:
        raise Refused(Sentence("actions.vehicle.seats", {"most": MOST_APPROVED}))
    with hall.store.writing() as records:
        records.fleet.keep_vehicle(vehicle)
        told = asdict(vehicle) | {"kind": vehicle.kind.value, "actor": staff.id}
        records.journal.append(VehicleRecorded(**told), hall.now())
        record_act(hall, records, staff, Act.RECORD_VEHICLE, "vehicle", vehicle.plate)


def record_driver(hall: Hall, number: str, papers: DriverPapers, staff: Staff) -> WorkerId:
    """Keep a driver, of whose card number nothing but a hash is kept. Raises Refused for one that cannot be.

    Returns the pseudonym that his card would have as a worker, so that nobody drives and rides at once.
    """
    card = normalise_number(number)
    born = birth_date_in(card)
    if check_number(card) is not None or born is None:
        raise Refused(Sentence("actions.driver.number"))
    if not papers.name.strip() or check_phone(papers.phone) is not None:
        raise Refused(Sentence("actions.driver.reach"))
    with hall.store.writing() as records:
        found = NumberHash(number_hash(hall.identity.city_key, card))
        known = records.workers.by_hash(found)
        driver = Driver(
            worker=known.id if known else worker_id_of(found),
            name=papers.name.strip(),
            phone=normalise_phone(papers.phone),
            birth_date=born,
            licence_class=papers.licence_class,
            licence_to=papers.licence_to,
            qualification_no=papers.qualification_no,
            qualification_to=papers.qualification_to,
            had_grave_accident=papers.had_grave_accident,
        )
        _keep(hall, records, driver, staff)
    return driver.worker


def correct_driver(hall: Hall, driver: Driver, staff: Staff) -> None:
    """Keep what has changed of a driver who is known. Raises Refused where he cannot be reached by it."""
    if not driver.name.strip() or check_phone(driver.phone) is not None:
        raise Refused(Sentence("actions.driver.reach"))
    with hall.store.writing() as records:
        if records.fleet.driver(driver.worker) is None:
            raise Refused(Sentence("actions.driver.unknown"))
        _keep(hall, records, driver, staff)


def _keep(hall: Hall, records: Records, driver: Driver, staff: Staff) -> None:
    records.fleet.keep_driver(driver)
    told = asdict(driver) | {"licence_class": driver.licence_class.value, "actor": staff.id}
    records.journal.append(DriverRecorded(**told), hall.now())
    record_act(hall, records, staff, Act.RECORD_DRIVER, "driver", driver.worker)
