"""How a coach stands: only what somebody said, or a clock, is ever told of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.clock import instant_of
from kiosk.domain.ids import StationCode, TripId
from kiosk.domain.trips import LEAVES_SOON, Stand, Trip, TripState, stand_of

COACH = Trip(
    id=TripId("T1"),
    station=StationCode("NZ"),
    label="南1",
    day=date(2026, 9, 18),
    departs_at=time(6, 20),
    bay="3",
    destination="柳沟镇",
    returns_at=None,
    seats=20,
    plate="",
    phone="",
)
DEPARTS = instant_of(COACH.day, COACH.departs_at)
MINUTES = st.integers(-2000, 2000).map(lambda count: timedelta(minutes=count))
OPEN_SEATS = st.one_of(st.none(), st.integers(0, 20))


def test_a_coach_is_early_then_soon_then_due() -> None:
    told = [stand_of(COACH, 3, DEPARTS - ahead) for ahead in (LEAVES_SOON * 2, LEAVES_SOON, timedelta())]
    assert told == [Stand.EARLY, Stand.SOON, Stand.DUE]


def test_a_full_coach_is_called_full_until_people_are_called_to_it() -> None:
    assert stand_of(COACH, 0, DEPARTS - LEAVES_SOON * 2) is Stand.FULL
    assert stand_of(COACH, 0, DEPARTS - LEAVES_SOON) is Stand.SOON


@given(later=MINUTES, open_seats=OPEN_SEATS)
def test_the_clock_alone_never_says_that_a_coach_left(later: timedelta, open_seats: int | None) -> None:
    """Broken by returning Stand.DEPARTED where the time has come: nobody saw the coach go."""
    assert stand_of(COACH, open_seats, DEPARTS + later) is not Stand.DEPARTED


@given(later=MINUTES, open_seats=OPEN_SEATS)
def test_what_was_said_of_a_coach_holds_at_any_time(later: timedelta, open_seats: int | None) -> None:
    """Broken by believing a coach that left alone: one that was cancelled would be early, and then soon."""
    for state, stand in ((TripState.DEPARTED, Stand.DEPARTED), (TripState.CANCELLED, Stand.CANCELLED)):
        assert stand_of(replace(COACH, state=state), open_seats, DEPARTS + later) is stand


@given(later=MINUTES)
def test_a_coach_whose_seats_nobody_told_is_never_called_full(later: timedelta) -> None:
    """Broken by `if not open_seats` in `stand_of`: what is not known would be none."""
    assert stand_of(COACH, None, DEPARTS + later) is not Stand.FULL
