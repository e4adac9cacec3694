"""Compose the papers of a coach on its way from what is kept of it."""

from __future__ import annotations

from kiosk.actions.count_return import homecoming_of, required_outing
from kiosk.actions.hall import Hall
from kiosk.actions.outing_ports import Passenger
from kiosk.domain.clock import hall_time
from kiosk.domain.identity import mask_name
from kiosk.domain.ids import TripId
from kiosk.domain.segments import Boundary
from kiosk.domain.trips import Trip
from kiosk.messages import arrival_codes
from kiosk.messages.arrival_codes import ArrivalCode
from kiosk.paper.outing_papers import ArrivalSheet, Called, CallList, OutingHead


def arrival_sheet(hall: Hall, trip: TripId) -> ArrivalSheet:
    """Return the sheet that goes along and comes back signed. Raises Refused where nobody went out."""
    with hall.store.reading() as records:
        outing = required_outing(records, trip)
        home = homecoming_of(hall, records, outing)
        handed = {each.boundary: each for each in records.outings.hand_overs(trip)}
        jobs = records.board.jobs(sorted({who.job for who in home.people if who.job})).values()
        found = [records.board.employer(of) for of in sorted({job.employer for job in jobs})]
        phone = records.settings.parameters(hall.today()).values.get("hall.phone")
    left, expected = handed.get(Boundary.DEPARTURE), home.count.expected
    return ArrivalSheet(
        head=_head(hall, "DC", outing.trip),
        expected=expected,
        employers=tuple(employer.name for employer in found if employer),
        left_at=hall_time(left.at).replace(tzinfo=None) if left else None,
        left_with=left.headcount if left else None,
        hall_phone=phone.value if phone else "",
        code=arrival_codes.encode(ArrivalCode(trip, outing.trip.day, expected), hall.identity.city_key),
    )


def call_list(hall: Hall, trip: TripId) -> CallList | None:
    """Return the list of who is not back, None where everybody is. Raises Refused where nobody went out."""
    with hall.store.reading() as records:
        outing = required_outing(records, trip)
        home = homecoming_of(hall, records, outing)
    if not home.not_back:
        return None
    missing = set(home.count.missing)
    return CallList(
        head=_head(hall, "FC", outing.trip),
        at=hall_time(hall.now()).replace(tzinfo=None),
        expected=home.count.expected,
        people=tuple(_called(who, is_missing=who.slip in missing) for who in home.not_back),
        driver_phone=outing.trip.phone,
    )


def _called(who: Passenger, *, is_missing: bool) -> Called:
    """Return somebody as paper may show him: number of the day and masked name."""
    name = f"{who.queue_number} {mask_name(who.name)}".strip()
    return Called(name, who.slip, who.phone, who.title, is_missing)


def _head(hall: Hall, series: str, trip: Trip) -> OutingHead:
    return OutingHead(
        number=f"{series}-{hall.identity.station}-{trip.day:%m%d}-{trip.departs_at:%H%M}",
        station=hall.identity.station_name,
        kiosk_letter=hall.identity.letter,
        day=trip.day,
        departs_at=trip.departs_at,
        destination=trip.destination,
        label=trip.label,
        plate=trip.plate,
    )
