"""Check a departure and see a coach off: the door closes, and the manifest is frozen, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from kiosk.actions.come_to_door import aboard_of, close_door
from kiosk.actions.departure_case import checks_of, planned_trip, riders_of
from kiosk.actions.door_ports import Holding, Rider
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records, Staff
from kiosk.actions.record_act import record_act
from kiosk.actions.trip_ports import Departed
from kiosk.domain.departures import TICKED, Check, Checked, Result, Tick, may_depart
from kiosk.domain.duties import Act
from kiosk.domain.ids import SlipNumber, StaffId, TripId, WorkerId
from kiosk.domain.manifests import Manifest, ManifestLine
from kiosk.domain.sentences import Sentence
from kiosk.domain.trips import Trip
from kiosk.messages.events import TripChecked, TripDeparted

_SPOKEN: Mapping[Check, Literal["safety", "form", "belts"]] = {
    Check.SAFETY: "safety",
    Check.FORM: "form",
    Check.BELTS: "belts",
}
NO_SEAT = 0
"""The seat of whoever is aboard by a place that he gave back since: nobody else gets the one he sits on."""


def say_check(hall: Hall, of: TripId, check: Check, staff: Staff, *, is_good: bool) -> None:
    """Keep what a named person says of one check, for the crew as it is. Raises Refused before there is one.

    What can be computed is refused: nobody's word stands above it.
    """
    if check not in TICKED:
        raise Refused(Sentence("actions.check.computed"))
    with hall.store.writing() as records:
        trip = planned_trip(hall, records, of)
        if trip.driver is None:
            raise Refused(Sentence("actions.check.no_crew"))
        tick = Tick(check, is_good, staff.id, hall.now(), trip.plate, trip.driver)
        records.trips.keep_tick(of, tick)
        said = TripChecked(
            trip=of,
            check=_SPOKEN[check],
            is_good=is_good,
            plate=trip.plate,
            driver=trip.driver,
            actor=staff.id,
        )
        records.journal.append(said, hall.now())
        word = f"{check.value} {'+' if is_good else '-'}"
        record_act(hall, records, staff, Act.CHECK_DEPARTURE, "trip", of, word)


def depart(hall: Hall, of: TripId, staff: Staff) -> Departed:
    """See a coach off. Raises Refused with the reason of the first check that is not passed.

    Only the device that holds the open door knows who is aboard, so only it can. Nobody overrides a check.
    """
    with hall.store.writing() as records:
        trip = planned_trip(hall, records, of)
        holding = records.doors.holding(of)
        if holding is not Holding.OPEN:
            raise Refused(Sentence(f"actions.door.{holding.value}"))
        aboard = _aboard(hall, records, of)
        checks = checks_of(records, trip)
        if not may_depart(checks):
            raise Refused(_why_not(checks))
        if not aboard:
            raise Refused(Sentence("actions.depart.nobody"))
        now = hall.now()
        manifest = _manifest(records, trip, aboard, checks, now, staff.id)
        close_door(hall, records, of)
        records.trips.depart(manifest, now)
        records.journal.append(_departed(manifest, trip, staff), now)
        record_act(hall, records, staff, Act.DEPART, "trip", of, manifest.digest)
    return Departed(manifest, manifest.digest, 0)


def departed(hall: Hall, of: TripId) -> Departed | None:
    """Return who left with a coach that this device saw off: head count and slips; None before it has."""
    with hall.store.reading() as records:
        return records.trips.departed(of)


def _aboard(hall: Hall, records: Records, of: TripId) -> Mapping[SlipNumber, datetime]:
    """Return who is in a coach and since when; of whom an earlier door let in that is not known, so now."""
    known = records.doors.aboard(of)
    return {slip: known.get(slip, hall.now()) for slip in aboard_of(records, of)}


def _why_not(checks: tuple[Checked, ...]) -> Sentence:
    first = next(item for item in checks if item.result is not Result.PASSED)
    stops = (remark.sentence for remark in first.remarks if remark.is_stop)
    return next(stops, Sentence(f"trips.check.{first.check.value}.open"))


def _manifest(
    records: Records,
    trip: Trip,
    aboard: Mapping[SlipNumber, datetime],
    checks: tuple[Checked, ...],
    now: datetime,
    actor: StaffId,
) -> Manifest:
    vehicle = records.fleet.vehicle(trip.plate)
    assert vehicle is not None, "a coach that passed its checks has a vehicle"
    assert trip.driver is not None, "and a driver"
    riders = riders_of(records, trip)
    known = {rider.slip for rider in riders}
    return Manifest(
        trip=trip.id,
        plate=trip.plate,
        driver=trip.driver,
        approved=vehicle.approved,
        crew=vehicle.crew,
        departed_at=now,
        actor=actor,
        checked=tuple(
            sorted((item.check.value, item.tick.actor) for item in checks if item.tick is not None)
        ),
        lines=(
            *(_line(rider, aboard.get(rider.slip)) for rider in riders),
            *(_stranger(records, slip, at) for slip, at in aboard.items() if slip not in known),
        ),
    )


def _line(rider: Rider, at: datetime | None) -> ManifestLine:
    education = rider.education.value if rider.education else ""
    return ManifestLine(rider.seat, rider.slip, rider.worker, education, at)


def _stranger(records: Records, slip: SlipNumber, at: datetime) -> ManifestLine:
    placement = records.placements.by_slip(slip)
    worker = placement.worker if placement else WorkerId("")
    return ManifestLine(NO_SEAT, slip, worker, "", at)


def _departed(manifest: Manifest, trip: Trip, staff: Staff) -> TripDeparted:
    return TripDeparted(
        trip=manifest.trip,
        plate=manifest.plate,
        driver=manifest.driver,
        departed_at=manifest.departed_at,
        digest=manifest.digest,
        listed=manifest.listed,
        aboard=list(manifest.aboard),
        actor=staff.id,
        label=trip.label,
        destination=trip.destination,
        seats=trip.seats,
    )
