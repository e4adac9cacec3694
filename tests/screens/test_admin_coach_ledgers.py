"""The ledgers of safety, coaches and papers at the desk that saw a coach off: each line says what is what."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.actions.come_to_door import come_by_hand, open_door
from kiosk.actions.count_return import note_whereabouts
from kiosk.actions.depart_coach import depart
from kiosk.actions.hand_duty import Told, hand_duty
from kiosk.actions.note_incident import Happened, note_incident
from kiosk.catalogue import load
from kiosk.domain.identity import mask_name
from kiosk.domain.incidents import IncidentKind, Severity
from kiosk.domain.returns import Whereabouts
from kiosk.domain.segments import Boundary, Proof
from tests.halls import CLERK
from tests.screens.admin_desk import Desk
from tests.screens.test_admin_export import LOOKS
from tests.screens.test_admin_ledgers import desk_at
from tests.unit.actions.fleets import FAR, PAPERS, fleet, formed, placed, ready

PARTED = "\u00a0· "


def see_off(desk: Desk) -> None:
    """Form a trip of three, see it off with two, hand it over, and count one of them back."""
    kiosk, hall = desk.stage.kiosk, desk.hall
    people = placed(kiosk, 1, 3)
    driver = fleet(kiosk)
    trip = formed(kiosk, [each.id for each in people])
    ready(kiosk, trip, driver)
    open_door(hall, trip, CLERK)
    for each in people[:2]:
        come_by_hand(hall, trip, each.slip, CLERK)
    depart(hall, trip, CLERK)
    hand_duty(hall, trip, Told(Boundary.DEPARTURE, 2, "测试辛", Proof.PHONE), CLERK)
    hand_duty(hall, trip, Told(Boundary.ARRIVAL, 2, "测试壬", Proof.PHONE), CLERK)
    injury = Happened(IncidentKind.INJURY, Severity.COMMON, hall.now(), 1)
    note_incident(hall, trip, injury, CLERK)
    note_whereabouts(hall, trip, [people[0].slip], Whereabouts.BACK, CLERK)


@pytest.mark.parametrize(("size", "language"), LOOKS[:4])
def test_what_became_of_a_coach_is_read_at_its_desk(tmp_path: Path, size: str, language: str) -> None:
    """Broken by a line that shows three days and does not say of which paper each is."""
    with desk_at(tmp_path, size, language) as desk:
        see_off(desk)
        say = load(language)

        def named(column: str, value: object) -> str:
            return f"{say(f'ledger.column.{column}')}\u00a0{value}"

        desk.tap("row.ledger:trips")
        desk.look("83_trips_ledger")
        [trip] = desk.rows_of(1)
        counts = {"seats": 5, "listed": 3, "boarded": 2, "back": 1, "missing": 0}
        assert all(named(*each) in trip.note.split(PARTED) for each in counts.items())
        desk.tap("row.ledger:safety")
        desk.look("84_safety_ledger")
        aboard = [named("aboard", say(f"ledger.code.coach.{word}")) for word in ("yes", "yes", "no")]
        notes = [row.note.split(PARTED) for row in desk.rows_of(1)]
        assert [each for note in notes for each in note if each in aboard] == aboard
        home = named("home", say("ledger.code.home.back"))
        assert [home in note for note in notes] == [False, True, False, False]
        desk.tap("row.ledger:fleet")
        desk.look("85_fleet_ledger")
        vehicle, _, driver = desk.rows_of(1)
        assert {named(name, FAR) for name in ("permit_to", "insurance_to")} <= {*vehicle.note.split(PARTED)}
        assert mask_name(PAPERS.name) in driver.note
        assert PAPERS.name not in driver.note
