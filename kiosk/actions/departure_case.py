"""What a departure is judged by, read in one transaction: crew, list, who is aboard, what was ticked."""

from __future__ import annotations

from datetime import timedelta

from kiosk.actions.come_to_door import aboard_of
from kiosk.actions.door_ports import Rider
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records
from kiosk.domain.departures import Checked, DepartureCase, departure_checks
from kiosk.domain.drivers import Crewed
from kiosk.domain.ids import TripId
from kiosk.domain.sentences import Sentence
from kiosk.domain.trips import Trip, TripState

_A_DAY = timedelta(days=1)
"""A coach that comes back after midnight takes its crew's time on the day after, too."""


def planned_trip(hall: Hall, records: Records, of: TripId) -> Trip:
    """Return a trip of this hall that has not left. Raises Refused."""
    trip = records.board.trip(of)
    if trip is None or trip.station != hall.identity.station:
        raise Refused(Sentence("actions.trip.unknown"))
    if trip.state is not TripState.PLANNED or records.trips.departed(of) is not None:
        raise Refused(Sentence("actions.trip.over"))
    return trip


def case_of(records: Records, trip: Trip) -> DepartureCase:
    """Return what the six checks look at, as it is now."""
    riders = records.riders.of(trip.id)
    return DepartureCase(
        crewed=crewed_by(trip),
        vehicle=records.fleet.vehicle(trip.plate),
        driver=records.fleet.driver(trip.driver) if trip.driver else None,
        others=[
            item
            for item in records.trips.crewed(trip.day - _A_DAY, trip.day + _A_DAY)
            if item.trip != trip.id
        ],
        seats=trip.seats,
        taken=[rider.seat for rider in riders],
        riders=frozenset(of for rider in riders for of in records.merges.ids_of(rider.worker)),
        strangers=len(aboard_of(records, trip.id) - {rider.slip for rider in riders}),
        ticks=records.trips.ticks(trip.id),
    )


def crewed_by(trip: Trip) -> Crewed:
    """Return a trip with its crew and the time it takes of it."""
    return Crewed(trip.id, trip.label, trip.plate, trip.driver, trip.day, trip.departs_at, trip.returns_at)


def checks_of(records: Records, trip: Trip) -> tuple[Checked, ...]:
    """Return the six checks of a departure as they stand now."""
    parameters = records.settings.parameters(trip.day)
    return departure_checks(case_of(records, trip), trip.day, parameters)


def riders_of(records: Records, trip: Trip) -> list[Rider]:
    """Return who goes with a trip, by seat."""
    return sorted(records.riders.of(trip.id), key=lambda rider: rider.seat)
