"""How staff come in: by badge or by PIN, and what the screen of somebody who left shows to the next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.actions.ports import Staff
from kiosk.domain.ids import StaffId
from kiosk.messages.badge_codes import ProvenBadge
from kiosk.ui.journeys import Step
from tests.halls import employ
from tests.screens.admin_desk import Desk, open_desk

LI = Staff(StaffId("id-li"), "测试己", "attendant", "", is_active=True, badge_serial=5)
BADGE = ProvenBadge(LI.id, 5)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An upright kiosk nobody is signed in at, with somebody who has a badge."""
    opened = open_desk(tmp_path)
    employ(opened.hall, LI)
    yield opened
    opened.close()


def test_a_badge_opens_the_desk_for_its_bearer(desk: Desk) -> None:
    desk.screen.hear_badge(BADGE)
    desk.tap("page.devices")
    assert desk.screen.find("plate.test_page") is not None
    assert desk.screen.find("plate.end_program") is None


def test_a_badge_that_was_replaced_leaves_the_desk_shut_and_says_why(desk: Desk) -> None:
    desk.screen.hear_badge(ProvenBadge(LI.id, 4))
    assert desk.screen.find("page.today") is None
    assert "换新" in desk.refusal


def test_a_badge_does_not_take_the_screen_from_a_worker(desk: Desk) -> None:
    desk.screen.visit.card_presented(desk.stage.kiosk.people["miao"].card)
    desk.screen.hear_badge(BADGE)
    assert desk.screen.visit.step is not Step.HOME
    assert desk.screen.find("admin") is None
