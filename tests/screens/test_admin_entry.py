"""How staff come in: by badge or by PIN, and what the screen of somebody who left shows to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.actions.ports import Staff
from kiosk.actions.print_test_page import begin_test_page, end_test_page
from kiosk.actions.unmask_number import SHOWN_S
from kiosk.domain.ids import StaffId
from kiosk.domain.slips import SlipState
from kiosk.messages.badge_codes import ProvenBadge
from kiosk.ui.desk.mode import COUNTED_S, FORM_KEPT_S, LOCK_AFTER_S, LOOK_AGAIN_S
from kiosk.ui.journeys import Step
from tests.halls import employ
from tests.screens.admin_desk import Desk, open_desk
from tests.unit.actions.pair_deeds import doubted

LI = Staff(StaffId("id-li"), "测试己", "attendant", "", is_active=True, badge_serial=5)
BADGE = ProvenBadge(LI.id, 5)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An upright kiosk nobody is signed in at, with somebody who has a badge."""
    opened = open_desk(tmp_path)
    employ(opened.hall, LI)
    yield opened
    opened.close()


def test_the_fifth_touch_in_the_corner_asks_who_is_there(desk: Desk) -> None:
    desk.tap(*(4 * ["admin.corner"]))
    assert desk.screen.find("admin") is None
    desk.tap("admin.corner")
    assert desk.screen.find("admin") is not None


def test_who_comes_by_badge_waits_for_nothing_that_a_wrong_pin_has_to(desk: Desk) -> None:
    desk.open()
    for wait_s in (0, 0, 2, 4, 0):
        desk.key("".join(str(9 - int(digit)) for digit in desk.pin))
        desk.pass_time(wait_s)
    assert "8 秒" in desk.refusal
    desk.screen.hear_badge(BADGE)
    desk.tap("page.devices", "plate.test_page")
    with desk.hall.store.reading() as records:
        [page] = records.devices.test_pages_in(SlipState.QUEUED)
    begin_test_page(desk.hall, page.id)
    end_test_page(desk.hall, page.id, SlipState.PRINTED, "token")
    desk.pass_time(LOOK_AGAIN_S)
    assert desk.told == "测试页出来了"


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


def find_miao(desk: Desk) -> str:
    """Find a sample person on the page of people and return the whole number."""
    desk.come("miao")
    number = desk.stage.kiosk.people["miao"].card.number
    desk.tap("page.people", "plate.find")
    desk.key(number[-4:])
    desk.tap("sheet.go")
    return number


def test_whoever_comes_back_finds_the_form_and_nobody_else_does(desk: Desk) -> None:
    other = replace(LI, id=StaffId("id-wu"), badge_serial=6)
    employ(desk.hall, other)
    desk.screen.hear_badge(BADGE)
    find_miao(desk)
    desk.tap("plate.papers")
    desk.pass_time(LOCK_AFTER_S)
    assert desk.screen.find("admin") is None
    desk.screen.hear_badge(BADGE)
    assert desk.screen.find("sheet.go") is not None
    desk.pass_time(LOCK_AFTER_S)
    desk.screen.hear_badge(ProvenBadge(other.id, 6))
    assert desk.screen.find("sheet.go") is None
    desk.tap("page.people")
    assert desk.lines == ["按后四位找", "按姓名字母找", "按单子找"]


def test_a_form_does_not_wait_for_ever(desk: Desk) -> None:
    desk.screen.hear_badge(BADGE)
    find_miao(desk)
    desk.pass_time(LOCK_AFTER_S + FORM_KEPT_S)
    desk.screen.hear_badge(BADGE)
    assert desk.screen.find("plate.unmask") is None
    desk.tap("page.people")
    assert desk.lines == ["按后四位找", "按姓名字母找", "按单子找"]


def test_the_last_half_minute_is_counted_and_a_touch_ends_the_count(desk: Desk) -> None:
    desk.enter()
    desk.pass_time(LOCK_AFTER_S - COUNTED_S)
    desk.pass_time(3)
    assert str(COUNTED_S - 3) in desk.note
    desk.look("50_locks_soon")
    desk.tap("page.slips")
    assert "锁屏" not in desk.note


def test_a_number_is_seen_by_two_for_half_a_minute(desk: Desk) -> None:
    desk.screen.hear_badge(BADGE)
    number = find_miao(desk)
    desk.tap("plate.unmask", "choice.desk.unmask.reason.police")
    desk.look("51_unmask_why")
    desk.tap("sheet.go")
    desk.screen.grab()  # a finger meets the keys where they are drawn
    desk.key(desk.pin[:3])
    assert desk.pin[:3] not in desk.keyed
    desk.look("52_second")
    desk.key(desk.pin[3:])
    desk.tap("sheet.go")
    assert desk.lines[:1] == [number]
    desk.look("53_unmasked")
    desk.pass_time(SHOWN_S)
    assert number not in desk.lines[0]
    with desk.hall.store.reading() as records:
        [line] = records.desk.audit_lines(1)
    assert (line.actor, line.second) == (LI.id, desk.staff.id)


def test_a_badge_is_the_second_persons_yes(desk: Desk) -> None:
    boss = replace(LI, id=StaffId("boss"), role="manager", badge_serial=8)
    employ(desk.hall, boss)
    desk.enter()
    number = find_miao(desk)
    desk.tap("plate.unmask", "choice.desk.unmask.reason.police", "sheet.go")
    desk.screen.hear_badge(BADGE)
    assert desk.lines[:1] != [number]
    assert "确认" in desk.told
    desk.tap("plate.unmask", "choice.desk.unmask.reason.police", "sheet.go")
    desk.screen.hear_badge(ProvenBadge(boss.id, 8))
    assert desk.lines[:1] == [number]


def test_two_people_settle_what_the_rules_doubt(desk: Desk) -> None:
    met, job = doubted(desk.stage.kiosk)
    boss = replace(LI, id=StaffId("boss"), role="manager", badge_serial=8)
    employ(desk.hall, boss)
    desk.enter()
    find_miao(desk)
    desk.look("54_doubts")
    desk.tap(f"row.release:{job}.act", "choice.desk.release.reason.paper_seen")
    desk.look("55_release_why")
    desk.tap("sheet.go")
    desk.screen.hear_badge(ProvenBadge(boss.id, 8))
    assert "放行" in desk.told
    assert desk.screen.find(f"row.release:{job}.act") is None
    with desk.hall.store.reading() as records:
        [release] = records.proofs.releases(met.worker)
        [line] = records.desk.audit_lines(1)
    assert release.job == job
    assert (line.actor, line.second) == (desk.staff.id, boss.id)
    assert line.reason.endswith("看过证明")
