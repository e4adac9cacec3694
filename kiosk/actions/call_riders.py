"""Call who has a seat of a coach and is not aboard, by the number of the day, on every screen of the hall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.actions.come_to_door import boarding_roll
from kiosk.actions.door_ports import Holding, Rider
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records, Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.duties import Act
from kiosk.domain.ids import TripId
from kiosk.domain.sentences import Sentence
from kiosk.domain.trips import CALL_SHOWN, Trip, TripState
from kiosk.messages.events import RidersCalled


@dataclass(frozen=True, slots=True)
class CoachCall:
    """A coach that waits for people, and whom it waits for, by seat."""

    coach: Trip
    called: Sequence[Rider]
    at: datetime


def call_missing(hall: Hall, trip: TripId, staff: Staff) -> int:
    """Call everybody who is not aboard, and return how many they are; the time is kept with each.

    Raises Refused where another device is the door, and where nobody is missing.
    """
    with hall.store.writing() as records:
        holding = records.doors.holding(trip)
        if holding is not Holding.OPEN:
            raise Refused(Sentence(f"actions.door.{holding.value}"))
        slips = [rider.slip for rider in boarding_roll(records, trip).missing]
        if not slips:
            raise Refused(Sentence("actions.call_riders.nobody"))
        records.riders.call(trip, slips, hall.now())
        records.journal.append(RidersCalled(trip=trip, slips=list(slips), actor=staff.id), hall.now())
        record_act(hall, records, staff, Act.CALL_RIDERS, "trip", trip, f"{len(slips)}")
    return len(slips)


def coach_calls(hall: Hall, records: Records) -> list[CoachCall]:
    """Return the coaches that call people now, the latest call first.

    Who came aboard is known at the door alone; elsewhere a call ends with its time or with the coach.
    """
    since = hall.now() - CALL_SHOWN
    found = (_call(records, trip, since) for trip in records.riders.calling(since))
    return sorted((each for each in found if each), key=lambda each: each.at, reverse=True)


def _call(records: Records, trip: TripId, since: datetime) -> CoachCall | None:
    coach = records.board.trip(trip)
    if coach is None or coach.state is not TripState.PLANNED:
        return None
    calls = records.riders.calls(trip)
    missing = boarding_roll(records, trip).missing
    called = [rider for rider in missing if calls.get(rider.slip, since) > since]
    return CoachCall(coach, called, max(calls[rider.slip] for rider in called)) if called else None
