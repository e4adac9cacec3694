"""Compose the three papers of a coach that left, from its frozen manifest and what this device knows."""

from __future__ import annotations

from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records
from kiosk.actions.trip_ports import Departed
from kiosk.domain.clock import hall_time
from kiosk.domain.departures import Check
from kiosk.domain.drivers import Driver
from kiosk.domain.identity import mask_name, mask_number
from kiosk.domain.ids import StaffId, TripId
from kiosk.domain.manifests import Manifest, ManifestLine, short_code
from kiosk.domain.sentences import Sentence
from kiosk.domain.trips import Trip
from kiosk.domain.vehicles import Vehicle
from kiosk.domain.workers import EducationState
from kiosk.paper.headings import Heading
from kiosk.paper.manifests import Copy, ListedRider, ManifestPaper

_TAIL = 4
_TAUGHT = {EducationState.HELD.value: True, EducationState.MISSING.value: False}


def manifest_papers(hall: Hall, of: TripId, former: str) -> tuple[ManifestPaper, ...]:
    """Return the papers for driver, station and employer, and count that they are printed once more.

    Whoever is on no list of staff any more is called `former`. Raises Refused before the coach left.
    """
    with hall.store.writing() as records:
        left, trip = records.trips.departed(of), records.board.trip(of)
        if left is None or trip is None:
            raise Refused(Sentence("actions.trip.unknown"))
        vehicle = records.fleet.vehicle(left.manifest.plate)
        driver = records.fleet.driver(left.manifest.driver)
        if vehicle is None or driver is None:
            raise Refused(Sentence("actions.crew.unknown"))
        copy_no = records.trips.count_print(of)
        return tuple(
            _paper(hall, records, left, trip, vehicle, driver, copy, copy_no, former) for copy in Copy
        )


def _paper(
    hall: Hall,
    records: Records,
    left: Departed,
    trip: Trip,
    vehicle: Vehicle,
    driver: Driver,
    copy: Copy,
    copy_no: int,
    former: str,
) -> ManifestPaper:
    manifest = left.manifest
    is_open = copy is not Copy.EMPLOYER
    number = f"CC-{hall.identity.station}-{trip.day:%m%d}-{trip.label}"
    return ManifestPaper(
        number=number,
        copy=copy,
        heading=_heading(hall, records, copy_no),
        trip=trip.label,
        day=trip.day,
        departs_at=trip.departs_at,
        departed_at=hall_time(manifest.departed_at).time(),
        bay=trip.bay,
        destination=trip.destination,
        plate=manifest.plate,
        kind=vehicle.kind.value,
        approved=manifest.approved,
        crew=manifest.crew,
        permit_no=vehicle.permit_no,
        driver_name=driver.name if is_open else mask_name(driver.name),
        driver_licence=driver.licence_class.value,
        qualification_no=driver.qualification_no if is_open else mask_number(driver.qualification_no),
        riders=tuple(_rider(records, line, is_open=is_open) for line in manifest.lines),
        checked=tuple(_checked(records, manifest, former)),
        short_code=short_code(left.digest),
        code=f"LGM:{number}:{left.digest.upper()}",
    )


def _rider(records: Records, line: ManifestLine, *, is_open: bool) -> ListedRider:
    known = records.workers.by_id(line.worker)
    placement = records.placements.by_slip(line.slip)
    job = records.board.job(placement.job) if placement else None
    employer = records.board.employer(job.employer) if job else None
    phone = known.answers.phone if known else None
    name = "" if known is None else known.name
    number = "" if known is None else known.number
    return ListedRider(
        seat=line.seat,
        name=name if is_open else mask_name(name),
        card_number=number if is_open else mask_number(number),
        phone_tail=phone[-_TAIL:] if phone else "",
        slip=line.slip,
        employer=employer.name if employer else "",
        is_taught=_TAUGHT.get(line.education),
        boarded_at=hall_time(line.boarded_at).time() if line.boarded_at else None,
    )


def _checked(records: Records, manifest: Manifest, former: str) -> list[tuple[str, str]]:
    said = dict(manifest.checked)
    return [(check.value, _name(records, said.get(check.value), former)) for check in Check]


def _name(records: Records, of: StaffId | None, former: str) -> str:
    if of is None:
        return ""
    member = records.desk.member(of)
    return member.name if member else former


def _heading(hall: Hall, records: Records, copy_no: int) -> Heading:
    return Heading(
        station=hall.identity.station_name,
        kiosk_letter=hall.identity.letter,
        attendant=records.settings.parameters(hall.today()).text("hall.duty_name"),
        printed_at=hall_time(hall.now()).replace(tzinfo=None),
        copy_no=copy_no,
    )
