"""Form a trip out of people who have a firm place and no coach, and change who rides with it.

Seats are counted from who rides and nothing else, and only at the trip's door: two devices would give one
seat twice. Who goes in the place of another gets that seat in the same transaction, so a change of people
never adds one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from kiosk.actions.crew_trip import seats_needed
from kiosk.actions.departure_case import planned_trip
from kiosk.actions.door_ports import Holding
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records, Staff
from kiosk.actions.record_act import record_act
from kiosk.actions.trip_ports import Waiting
from kiosk.domain.clock import instant_of
from kiosk.domain.duties import Act
from kiosk.domain.ids import PlacementId, StationCode, TripId
from kiosk.domain.sentences import Sentence
from kiosk.domain.trips import Trip
from kiosk.domain.vehicles import Vehicle
from kiosk.messages.events import PassengersChanged, SeatGiven, TripFormed

_FIRST_NUMBER = 101
"""Those that are sold are numbered from 1; the code of a boarding pass tells trips of a day by number."""
_KIOSKS, _EACH = 10, 15
"""So many formed trips a day have numbers at each kiosk of a hall, and none has one of another's."""


@dataclass(frozen=True, slots=True)
class Route:
    """When and where a formed trip goes; `returns_at` None means that nobody is brought back by it."""

    day: date
    departs_at: time
    bay: str
    destination: str
    returns_at: time | None


def form_trip(hall: Hall, route: Route, plate: str, people: Sequence[PlacementId], staff: Staff) -> TripId:
    """Form a trip of a vehicle for these people, seats in their fair order; return it. Raises Refused.

    Nobody is left behind silently: with fewer seats than people nothing is formed.
    """
    with hall.store.writing() as records:
        vehicle = records.fleet.vehicle(plate)
        if vehicle is None:
            raise Refused(Sentence("actions.crew.unknown"))
        if instant_of(route.day, route.departs_at) <= hall.now():
            raise Refused(Sentence("actions.form.too_late"))
        chosen = _chosen(records, route.day, people)
        if len(chosen) > vehicle.passenger_seats:
            facts = {"seats": vehicle.passenger_seats, "needed": len(chosen)}
            raise Refused(Sentence("actions.crew.too_small", facts))
        trip = _trip(hall, records, route, vehicle)
        records.trips.add(trip)
        records.journal.append(_formed(trip, staff), hall.now())
        seats = list(enumerate(chosen, 1))
        _change(hall, records, trip, (), [(seat, who) for seat, who in seats], staff)
        record_act(hall, records, staff, Act.FORM_TRIP, "trip", trip.id, f"{len(chosen)}")
    return trip.id


def add_passengers(hall: Hall, of: TripId, people: Sequence[PlacementId], staff: Staff) -> None:
    """Let more people ride with a formed trip, on its lowest free seats. Raises Refused for want of seats."""
    with hall.store.writing() as records:
        trip = _formed_trip(hall, records, of)
        chosen = _chosen(records, trip.day, people)
        _refuse_driver(records, trip, chosen)
        told = {rider.seat for rider in records.riders.of(of)}
        taken = told | {passenger.seat for passenger in records.trips.passengers(of)}
        free = [seat for seat in range(1, trip.seats + 1) if seat not in taken]
        if len(chosen) > len(free):
            raise Refused(Sentence("actions.form.full", {"seats": len(free)}))
        _change(hall, records, trip, (), list(zip(free, chosen, strict=False)), staff)
        record_act(hall, records, staff, Act.CHANGE_PASSENGERS, "trip", of, f"+{len(chosen)}")


def take_off(hall: Hall, of: TripId, who: PlacementId, reason: str, staff: Staff) -> None:
    """Let somebody not ride with a formed trip; his place stays his. Raises Refused once he is aboard."""
    with hall.store.writing() as records:
        trip = _formed_trip(hall, records, of)
        _riding(records, trip, who)
        _change(hall, records, trip, (who,), (), staff)
        record_act(hall, records, staff, Act.CHANGE_PASSENGERS, "trip", of, reason)


def swap_passenger(
    hall: Hall, of: TripId, leaves: PlacementId, comes: PlacementId, reason: str, staff: Staff
) -> None:
    """Let one ride in the place and on the seat of another. Raises Refused; people are never added by it."""
    with hall.store.writing() as records:
        trip = _formed_trip(hall, records, of)
        seat = _riding(records, trip, leaves)
        chosen = _chosen(records, trip.day, (comes,))
        _refuse_driver(records, trip, chosen)
        _change(hall, records, trip, (leaves,), [(seat, chosen[0])], staff)
        record_act(hall, records, staff, Act.CHANGE_PASSENGERS, "trip", of, reason)


def _formed_trip(hall: Hall, records: Records, of: TripId) -> Trip:
    trip = planned_trip(hall, records, of)
    if not trip.is_formed:
        raise Refused(Sentence("actions.form.sold"))
    holding = records.doors.holding(of)
    if holding is not Holding.OPEN:
        raise Refused(Sentence(f"actions.door.{holding.value}"))
    return trip


def _chosen(records: Records, day: date, people: Sequence[PlacementId]) -> list[Waiting]:
    """Return these people in fair order; refused where one of them is placed no more, or rides already."""
    waiting = [item for item in records.trips.waiting(day) if item.placement in set(people)]
    if not people or len(waiting) != len(set(people)):
        raise Refused(Sentence("actions.form.changed"))
    if len({records.merges.shown_as(item.worker) for item in waiting}) < len(waiting):
        raise Refused(Sentence("actions.form.twice"))
    return waiting


def _refuse_driver(records: Records, trip: Trip, people: Sequence[Waiting]) -> None:
    drives = records.merges.ids_of(trip.driver) if trip.driver else ()
    if any(item.worker in drives for item in people):
        raise Refused(Sentence("trips.driver.is_passenger"))


def _riding(records: Records, trip: Trip, who: PlacementId) -> int:
    """Return the seat of somebody who rides with a trip and is not aboard yet. Raises Refused."""
    ride = records.trips.ride_of(who)
    if ride is None or ride.trip != trip.id:
        raise Refused(Sentence("actions.form.changed"))
    if ride.slip in records.doors.aboard(trip.id):
        raise Refused(Sentence("actions.form.aboard"))
    return ride.seat


def _change(
    hall: Hall,
    records: Records,
    trip: Trip,
    left: Sequence[PlacementId],
    seated: Sequence[tuple[int, Waiting]],
    staff: Staff,
) -> None:
    for who in left:
        records.trips.take_seat_back(who)
    for seat, item in seated:
        records.trips.give_seat(trip.id, seat, item.placement)
    given = [SeatGiven(seat=seat, placement=item.placement, slip=item.slip) for seat, item in seated]
    changed = PassengersChanged(trip=trip.id, left=list(left), seated=given, actor=staff.id)
    records.journal.append(changed, hall.now())
    assert seats_needed(records, trip) <= max(trip.seats, 1), "nobody sits beyond the last seat"


def _trip(hall: Hall, records: Records, route: Route, vehicle: Vehicle) -> Trip:
    number = _next_number(hall, records, route.day)
    return Trip(
        id=TripId(f"f-{hall.fresh_id()}"),
        station=StationCode(hall.identity.station),
        label=f"{hall.identity.letter}{number}",
        day=route.day,
        departs_at=route.departs_at,
        bay=route.bay,
        destination=route.destination,
        returns_at=route.returns_at,
        seats=vehicle.passenger_seats,
        plate=vehicle.plate,
        phone=records.settings.parameters(hall.today()).text("hall.phone"),
        is_formed=True,
    )


def _next_number(hall: Hall, records: Records, day: date) -> int:
    """Return the next number of a formed trip of this device: each kiosk letter counts its own."""
    letter = hall.identity.letter
    first = _FIRST_NUMBER + (hall.identity.kiosk_no - 1) % _KIOSKS * _EACH
    used = {item.label for item in records.trips.crewed(day, day)}
    free = (number for number in range(first, first + _EACH) if f"{letter}{number}" not in used)
    number = next(free, None)
    if number is None:
        raise Refused(Sentence("actions.form.too_many"))
    return number


def _formed(trip: Trip, staff: Staff) -> TripFormed:
    return TripFormed(
        trip=trip.id,
        label=trip.label,
        day=trip.day,
        departs_at=trip.departs_at,
        bay=trip.bay,
        destination=trip.destination,
        returns_at=trip.returns_at,
        seats=trip.seats,
        plate=trip.plate,
        phone=trip.phone,
        actor=staff.id,
    )
