"""Grades of skill and hardships by touch: what is kept, who sees it, and whose yes a hardship needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kiosk.domain.hardships import Hardship, HeldHardship
from kiosk.domain.ids import StaffId, WorkerId
from kiosk.domain.restrictions import Restriction
from kiosk.domain.skills import Grade, HeldSkill
from kiosk.messages.badge_codes import ProvenBadge
from tests.halls import CLERK, employ
from tests.screens.admin_desk import Desk, open_desk


@pytest.fixture(params=["portrait", "landscape"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path, request.param, "zh_CN" if request.param == "portrait" else "en")
    yield opened
    opened.close()


def choose_miao(desk: Desk) -> WorkerId:
    worker = desk.come("miao")
    desk.tap("page.people", "plate.find")
    desk.key(desk.stage.kiosk.people["miao"].card.number[-4:])
    desk.tap("sheet.go")
    return worker


def held(desk: Desk, worker: WorkerId) -> tuple[tuple[HeldSkill, ...], tuple[HeldHardship, ...]]:
    with desk.hall.store.reading() as records:
        return records.proofs.skills(worker), records.proofs.hardships(worker)


def heads(desk: Desk) -> list[str]:
    return [row.head for row in desk.rows_of(2)]


def test_a_grade_and_a_hardship_are_recorded_by_touch_the_latter_by_its_persons_yes(desk: Desk) -> None:
    """Broken by keeping the hardship with its day: it is kept before the person was asked."""
    desk.enter()
    worker = choose_miao(desk)
    desk.tap("plate.papers", "choice.skill", "sheet.go", "choice.build", "sheet.go")
    desk.look("60_skill_trade")
    desk.tap("choice.masonry", "sheet.go", "choice.senior")
    desk.look("61_skill_grade")
    desk.tap("sheet.go")
    assert held(desk, worker)[0] == (HeldSkill("masonry", Grade.SENIOR),)

    desk.tap("plate.papers", "choice.hardship", "sheet.go", "choice.low_income")
    desk.look("62_hardship")
    desk.tap("sheet.go")
    desk.key("20200101")
    assert not desk.item("sheet.go").isEnabled()
    desk.tap("key.clear")
    desk.key("20270918")
    desk.look("63_hardship_day")
    desk.tap("sheet.go")
    desk.look("64_hardship_wish")
    assert held(desk, worker)[1] == ()
    desk.tap("sheet.cancel")
    assert held(desk, worker)[1] == ()
    desk.tap("plate.papers", "choice.hardship", "sheet.go", "choice.low_income", "sheet.go", "choice.no_day")
    desk.tap("sheet.go", "sheet.go")
    assert held(desk, worker)[1] == (HeldHardship(Hardship.LOW_INCOME, None),)
    desk.look("65_proofs")
    assert len(heads(desk)) == 2
    with desk.hall.store.reading() as records:
        line = records.desk.audit_lines(1)[0]
    assert (line.act, line.entity_id, line.reason) == ("verify_hardship", worker, "")


def test_a_hardship_is_shown_to_those_who_may_verify_it(desk: Desk) -> None:
    """Broken by asking nobody's duty: whoever is at the desk reads why somebody is helped first."""
    officer = replace(CLERK, id=StaffId("rights"), role="rights_officer", badge_serial=4)
    clerk = replace(CLERK, badge_serial=5)
    employ(desk.hall, officer, replace(clerk, id=StaffId("clerk")))
    worker = desk.come("miao")
    with desk.hall.store.writing() as records:
        records.proofs.add_hardship(worker, HeldHardship(Hardship.DISABLED, date(2027, 1, 1)))
        records.restrictions.keep(worker, Restriction().said(is_restricted=True))
    desk.screen.hear_badge(ProvenBadge(officer.id, 4))
    choose_miao(desk)
    assert heads(desk) == []
    desk.pass_time(200)
    desk.screen.hear_badge(ProvenBadge(StaffId("clerk"), 5))
    choose_miao(desk)
    assert [row.lamp for row in desk.rows_of(2)] == ["waiting"]
    desk.look("66_restricted")
