"""Return parts and arrivals by touch: a code before the scanner, a torn one by number, a telephone call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from kiosk.actions.read_scan import read_scan
from kiosk.actions.take_place import TakenPlace, take_place
from kiosk.domain.ids import StaffId
from kiosk.domain.outcomes import Outcome
from kiosk.domain.placements import PlacementState
from kiosk.messages.badge_codes import ProvenBadge
from kiosk.ui.journeys import Step
from tests.halls import CLERK, employ
from tests.screens.admin_desk import Desk, open_desk
from tests.unit.actions.scans import return_code_of, told_keys
from tests.unit.actions.test_following_a_place import plain_job
from tests.unit.actions.visits import register, version_of


@pytest.fixture(params=["portrait", "landscape"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path, request.param, "zh_CN" if request.param == "portrait" else "en")
    yield opened
    opened.close()


def take(desk: Desk, *, is_instant: bool, key: str = "miao") -> TakenPlace:
    kiosk = desk.stage.kiosk
    met, job = register(kiosk, key), plain_job(kiosk, is_instant=is_instant)
    return take_place(kiosk.hall, met, job, version_of(kiosk, job))


def scan(desk: Desk, taken: TakenPlace) -> None:
    """Hold the part of a slip before the scanner."""
    kiosk = desk.stage.kiosk
    reading = read_scan(kiosk.hall, told_keys(kiosk), return_code_of(kiosk, taken.slip))
    desk.screen.ears.hear_scan(reading)


def state_of(desk: Desk, taken: TakenPlace) -> PlacementState:
    with desk.hall.store.reading() as records:
        found = records.placements.by_id(taken.placement.id)
    assert found is not None
    return found.state


def test_a_part_before_the_scanner_is_written_down_and_says_so_when_it_comes_again(desk: Desk) -> None:
    """Broken by keeping the answer with its first field: a part is read before the attendant has read it."""
    taken = take(desk, is_instant=False)
    desk.enter()
    scan(desk, taken)
    desk.look("70_part")
    desk.tap("choice.hired", "sheet.go")
    desk.look("71_part_day")
    desk.tap(f"choice.{desk.hall.today().isoformat()}", "sheet.go")
    desk.key("0730")
    desk.tap("sheet.go")
    desk.key("180")
    desk.look("72_part_pay")
    assert state_of(desk, taken) is not PlacementState.ARRIVED
    desk.tap("sheet.go")
    assert taken.slip[-4:] in desk.told
    assert state_of(desk, taken) is PlacementState.ARRIVED
    with desk.hall.store.reading() as records:
        kept = records.outcomes.returned(taken.slip, desk.hall.today())
    assert kept is not None
    assert (kept.answer.outcome, kept.answer.arrived_time, kept.answer.pay_fen, kept.is_keyed) == (
        Outcome.HIRED,
        time(7, 30),
        18_000,
        False,
    )
    scan(desk, taken)
    assert desk.screen.find("sheet.go") is None
    assert taken.slip in desk.told
    desk.look("73_part_again")
    assert str(desk._view.toldLamp) == "known"


def test_a_torn_part_is_found_by_its_number_and_one_that_is_due_from_the_first_page(desk: Desk) -> None:
    taken, other = take(desk, is_instant=False), take(desk, is_instant=False, key="tian")
    desk.stage.kiosk.clock.pass_time(14 * 24 * 3600)
    desk.enter()
    desk.look("74_today_with_parts_due")
    desk.tap(f"row.arrivals:place:{taken.placement.id}.act", "plate.result", "choice.money", "sheet.go")
    assert state_of(desk, taken) is PlacementState.CANCELLED
    assert [row.key for row in desk.rows_of(1)] == [f"place:{other.placement.id}"]
    desk.tap("page.slips", "plate.arrivals", "plate.number", "choice.referral")
    desk.key("9918020037")
    assert not desk.item("sheet.go").isEnabled()
    desk.tap("key.clear")
    _, _, day, kiosk_no, counter = other.slip.split("-")
    desk.key(day + kiosk_no + counter)
    desk.look("75_number")
    desk.tap("sheet.go", "choice.full", "sheet.go")
    assert state_of(desk, other) is PlacementState.CANCELLED
    assert list(desk.rows_of(1)) == []


def test_who_went_alone_is_on_the_first_page_until_somebody_calls(desk: Desk) -> None:
    taken = take(desk, is_instant=True)
    desk.stage.kiosk.clock.pass_time((taken.placement.starts - desk.hall.now()).total_seconds() + 60)
    desk.enter()
    assert desk.stops[5] == "–"
    desk.tap(f"row.arrivals:place:{taken.placement.id}.act")
    desk.look("76_expected")
    desk.tap("plate.arrived", "choice.employer")
    desk.look("77_witness")
    desk.tap("sheet.go")
    assert state_of(desk, taken) is PlacementState.ARRIVED
    assert list(desk.rows_of(0)) == []
    desk.tap("page.today")
    assert desk.stops[5] == "1"


def test_a_part_interrupts_nothing_and_goes_to_nobody_who_may_not_take_it(desk: Desk) -> None:
    """Broken by asking no duty when a part is heard: somebody types what is refused at its end."""
    taken = take(desk, is_instant=False)
    scan(desk, taken)
    assert desk.screen.visit.step is Step.SCANNED
    desk.screen.visit.end()
    officer = replace(CLERK, id=StaffId("rights"), role="rights_officer", badge_serial=4)
    employ(desk.hall, officer)
    desk.screen.hear_badge(ProvenBadge(officer.id, 4))
    scan(desk, taken)
    assert desk.screen.find("sheet.go") is None
    desk.tap("page.people", "plate.find")
    scan(desk, taken)
    assert desk.screen.find("key.1") is not None
    desk.tap("sheet.cancel")
    assert desk.screen.find("plate.find") is not None
