"""Each role at the desk, page by page: what stands there of people is what its row says, and no more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.actions.crew_trip import crew_trip
from kiosk.actions.keep_fleet import record_driver, record_vehicle
from kiosk.actions.ports import Staff
from kiosk.domain.duties import Role
from kiosk.domain.identity import mask_name, mask_number, mask_phone
from kiosk.domain.ids import StaffId
from kiosk.domain.sights import SIGHTS, Mask, Shown
from kiosk.ui.desk.all_pages import (
    ARRIVALS_PAGE,
    HIRING_PAGE,
    LEDGERS_PAGE,
    OUTING_PAGE,
    PAGES,
    RETURNS_PAGE,
    ROLL_PAGE,
    SHIFT_PAGE,
)
from kiosk.ui.desk.mode import AdminMode
from tests.halls import CLERK, employ
from tests.screens.admin_desk import Desk, open_desk
from tests.unit.actions.fleets import DRIVER_CARD, PAPERS, SMALL, formed, placed
from tools.figures.people import person_card

LOOKED_INTO = {"driver", "trip", "ledger", "person", "people", "coach", "slip", "check", "crew", "field"}
"""The rows whose touch leads to somebody or to a list of people, and changes nothing."""
ALL_PAGES = (
    *PAGES,
    *(ARRIVALS_PAGE, HIRING_PAGE, LEDGERS_PAGE, OUTING_PAGE, RETURNS_PAGE, ROLL_PAGE, SHIFT_PAGE),
)
DRIVER_PAPERS = PAPERS.__class__(
    "测小庚",
    "13900000077",
    PAPERS.licence_class,
    PAPERS.licence_to,
    "000000000077",
    PAPERS.qualification_to,
    had_grave_accident=False,
)


MEMBERS = {role: Staff(StaffId(role.value), "测试己", role.value, "", is_active=True) for role in Role}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A hall's desk with people who took places, a coach with its driver, and somebody of each role."""
    opened = open_desk(tmp_path_factory.mktemp("seen"), "landscape", profile="desk")
    kiosk = opened.stage.kiosk
    opened.take("miao")
    record_vehicle(kiosk.hall, SMALL, CLERK)
    driver = record_driver(kiosk.hall, person_card(DRIVER_CARD).number, DRIVER_PAPERS, CLERK)
    trip = formed(kiosk, [place.id for place in placed(kiosk, 1, 2)])
    crew_trip(kiosk.hall, trip, SMALL.plate, driver, CLERK)
    employ(kiosk.hall, *MEMBERS.values())
    yield opened
    opened.close()


def mode_of(desk: Desk) -> AdminMode:
    desk.open()
    mode = desk._view._mode
    mode.lock()
    mode._on_change = lambda: None  # the pages are read as data; drawing each of them takes longest
    return mode


def everything_said(mode: AdminMode) -> Iterator[str]:
    """Yield all that stands on the pages, on what their rows lead to, and on the sheets that are asked."""
    for page in ALL_PAGES:
        mode.turn(page)
        shown = mode.face()
        yield repr(shown)
        rows = [row for panel in shown.panels for row in panel.rows]
        for key in {row.key for row in rows if row.key.partition(":")[0] in LOOKED_INTO}:
            mode.turn(page)
            mode.press(key)
            deeper = mode.face()
            yield repr(deeper) + repr(mode.sheet)
            mode.cancel()
            for row in [row for panel in deeper.panels for row in panel.rows]:
                if row.key.partition(":")[0] in LOOKED_INTO:
                    mode.press(row.key)
                    yield repr(mode.face()) + repr(mode.sheet)
                    mode.cancel()


@pytest.mark.parametrize("role", Role)
def test_no_page_tells_a_role_more_than_its_row(desk: Desk, role: Role) -> None:
    """Broken by showing a driver's telephone to everybody in `trips`, or a known one whole in his form."""
    mode = mode_of(desk)
    mode.open()
    mode._enter(MEMBERS[role], is_by_pin=True)
    said = "\n".join(everything_said(mode))
    mode.lock()

    row, card = SIGHTS[role], desk.stage.kiosk.people["miao"].card
    texts = {
        Mask.NAME: (card.name, mask_name(card.name)),
        Mask.NUMBER: (card.number, mask_number(card.number)),
        Mask.DRIVER_NAME: (DRIVER_PAPERS.name, mask_name(DRIVER_PAPERS.name)),
        Mask.DRIVER_PHONE: (DRIVER_PAPERS.phone, mask_phone(DRIVER_PAPERS.phone)),
        Mask.DRIVER_NUMBER: (DRIVER_PAPERS.qualification_no, mask_number(DRIVER_PAPERS.qualification_no)),
    }
    for kind, (whole, masked) in texts.items():
        if row[kind] is not Shown.WHOLE:
            assert whole not in said, (role, kind)
        if row[kind] < Shown.MASKED:
            assert masked not in said, (role, kind)
    assert mask_name(card.name) in said
    assert (mask_number(card.number) in said) == (row[Mask.NUMBER] is Shown.MASKED)
    assert (DRIVER_PAPERS.phone in said) == (row[Mask.DRIVER_PHONE] is Shown.WHOLE)
    assert (mask_phone(DRIVER_PAPERS.phone) in said) == (row[Mask.DRIVER_PHONE] is Shown.MASKED)
