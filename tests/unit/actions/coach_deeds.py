"""Every act about coaches and their riders as a deed that anybody may be made to try."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions.board_coach import board_coach
from kiosk.actions.call_riders import call_missing
from kiosk.actions.come_to_door import come_by_hand, open_door
from kiosk.actions.count_return import note_whereabouts
from kiosk.actions.crew_trip import crew_trip
from kiosk.actions.depart_coach import depart, say_check
from kiosk.actions.form_trip import add_passengers, form_trip
from kiosk.actions.hand_duty import Told, hand_duty
from kiosk.actions.note_incident import Happened, note_incident
from kiosk.actions.ports import Staff
from kiosk.actions.print_test_page import ask_test_page
from kiosk.domain.departures import Check
from kiosk.domain.duties import Act
from kiosk.domain.incidents import IncidentKind, Severity
from kiosk.domain.returns import Whereabouts
from kiosk.domain.segments import Boundary, Proof
from tests.halls import CLERK, SampleKiosk
from tests.outings import COACH, go_out
from tests.unit.actions.coaches import door_here
from tests.unit.actions.fleets import (
    LARGE,
    SMALL,
    fleet,
    formed,
    placed,
    ready,
    route,
    sold_trip,
)
from tests.unit.actions.visits import place_of

Deed = Callable[[Staff], object]


def outing(act: Act) -> Callable[[SampleKiosk], Deed]:
    """Prepare a coach that is out for one act of its journey."""

    def prepared(kiosk: SampleKiosk) -> Deed:
        slips = go_out(kiosk, 1)
        handed = Told(Boundary.DEPARTURE, 1, "测试辛", Proof.PHONE)
        bump = Happened(IncidentKind.TRAFFIC, Severity.COMMON, kiosk.hall.now(), 1)
        deeds: dict[Act, Deed] = {
            Act.HAND_DUTY: lambda staff: hand_duty(kiosk.hall, COACH, handed, staff),
            Act.NOTE_INCIDENT: lambda staff: note_incident(kiosk.hall, COACH, bump, staff),
            Act.COUNT_RETURN: lambda staff: note_whereabouts(
                kiosk.hall, COACH, slips, Whereabouts.BACK, staff
            ),
            Act.PRINT_OUTING: lambda staff: ask_test_page(kiosk.hall, staff, "DC-1", Act.PRINT_OUTING),
        }
        return deeds[act]

    return prepared


def opening(kiosk: SampleKiosk) -> Deed:
    """Prepare a door to be opened."""
    trip = door_here(kiosk, place_of(kiosk))
    return lambda staff: open_door(kiosk.hall, trip, staff)


def boarding(kiosk: SampleKiosk) -> Deed:
    """Prepare somebody in front of a coach."""
    place = place_of(kiosk)
    trip = door_here(kiosk, place)
    return lambda staff: come_by_hand(kiosk.hall, trip, place.slip, staff)


def calling_riders(kiosk: SampleKiosk) -> Deed:
    """Prepare a coach somebody is missing from."""
    trip = door_here(kiosk, place_of(kiosk))
    return lambda staff: call_missing(kiosk.hall, trip, staff)


def forming(kiosk: SampleKiosk) -> Deed:
    """Prepare somebody to form a trip of."""
    fleet(kiosk)
    people = [item.id for item in placed(kiosk, 1, 1)]
    return lambda staff: form_trip(kiosk.hall, route(kiosk), SMALL.plate, people, staff)


def seating(kiosk: SampleKiosk) -> Deed:
    """Prepare a trip and one more passenger."""
    fleet(kiosk)
    first, second = placed(kiosk, 1, 2)
    of = formed(kiosk, [first.id])
    return lambda staff: add_passengers(kiosk.hall, of, [second.id], staff)


def crewing(kiosk: SampleKiosk) -> Deed:
    """Prepare a trip without a crew."""
    driver, of = fleet(kiosk), sold_trip(kiosk)
    return lambda staff: crew_trip(kiosk.hall, of, LARGE.plate, driver, staff)


def checking(kiosk: SampleKiosk) -> Deed:
    """Prepare a trip to be checked."""
    driver, of = fleet(kiosk), sold_trip(kiosk)
    crew_trip(kiosk.hall, of, LARGE.plate, driver, CLERK)
    return lambda staff: say_check(kiosk.hall, of, Check.BELTS, staff, is_good=True)


def departing(kiosk: SampleKiosk) -> Deed:
    """Prepare a coach that may leave."""
    driver = fleet(kiosk)
    [who] = placed(kiosk, 1, 1)
    of = formed(kiosk, [who.id])
    ready(kiosk, of, driver)
    board_coach(kiosk.hall, of, who.slip)
    return lambda staff: depart(kiosk.hall, of, staff)
