"""A desk holds no numbers: who acts for somebody there asks for one and takes the place when it is here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.actions.act_for import agreed_for, take_for
from kiosk.app.nudges import looked_in_vain
from kiosk.domain.ids import JobId, places_of
from kiosk.domain.wants import LOOKED_FOR_S
from tests import answers
from tests.halls import CLERK, identity
from tests.screens.admin_desk import Desk, open_desk
from tests.unit.actions.lines import come, in_line, talked_over


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk nobody is signed in at, with the whole board and not one number."""
    opened = open_desk(tmp_path, profile="desk", has_rights=False)
    with opened.hall.store.writing() as records:
        records.settings.adopt(identity(profile="desk"))
    yield opened
    opened.close()


def wish(desk: Desk) -> JobId:
    """Ask for the first place that somebody without a card may have."""
    number = desk.stage.kiosk.people["miao"].card.number
    desk.come("miao")
    desk.enter()
    desk.tap("page.people", "plate.find")
    desk.key(number[-4:])
    desk.tap("sheet.go", "row.act_for.act", "choice.take", "sheet.go")
    sheet = desk._view._mode.sheet
    assert sheet is not None
    job = JobId(sheet.choices[0].key)
    desk.tap(f"choice.{job}", "sheet.go", "choice.desk.act_for.reason.unread", "sheet.go")
    return job


def wanted(desk: Desk) -> dict[str, int]:
    """Return what the sync process of the desk asks for now."""
    return {want.quota: want.count for want in desk.stage.kiosk.opened.sync_book.outgoing(1).wants}


def test_a_place_is_taken_at_the_desk_when_its_number_has_come(desk: Desk) -> None:
    """One-line break: leave out `self.take` in `AwaitedPlace.watch`."""
    assert wanted(desk) == {}
    job = wish(desk)
    assert desk.told.startswith("正在向局里要名额")
    desk.look("94_awaited")
    assert (desk.health.tries, desk.stage.printer.submitted) == (1, [])
    with desk.hall.store.reading() as records:
        line = records.board.published(job, desk.hall.now())
    assert line is not None
    desk.stage.kiosk.opened.sync_book.looks.hear(looked_in_vain(line))
    assert wanted(desk) == dict.fromkeys(line.quotas, 1)
    desk.pass_time(7)
    assert desk.health.tries == 2
    answers.grant(desk.stage.kiosk.opened, {quota: [(7, 7)] for quota in line.quotas})
    desk.pass_time(2)
    (slip,) = desk.stage.printer.submitted
    with desk.hall.store.reading() as records:
        taken = records.placements.by_slip(slip)
    assert taken is not None
    assert (taken.job, {item.number for item in taken.spent}) == (job, {7})


def test_nobody_waits_for_a_number_for_ever_and_nothing_is_taken_behind_his_back(desk: Desk) -> None:
    """One-line break: keep the wish in `AwaitedPlace.forget`."""
    job = wish(desk)
    desk.pass_time(int(LOOKED_FOR_S) + 2)
    assert desk.told.startswith("名额没有要到")
    desk.tap("row.act_for.act", "choice.take", "sheet.go", f"choice.{job}", "sheet.go")
    desk.tap("choice.desk.act_for.reason.unread", "sheet.go", "plate.back")
    with desk.hall.store.reading() as records:
        line = records.board.published(job, desk.hall.now())
    assert line is not None
    answers.grant(desk.stage.kiosk.opened, {quota: [(7, 7)] for quota in line.quotas})
    desk.pass_time(3)
    assert desk.stage.printer.submitted == []


def test_a_desk_calls_to_a_table_once_a_number_has_come_and_says_yes_in_his_name(desk: Desk) -> None:
    """Broken by calling every empty hand full: nobody is ever called from the desk."""
    kiosk = desk.stage.kiosk
    job = talked_over(kiosk)
    met = come(kiosk, 1)
    in_line(kiosk, met, job)
    desk.enter()

    def call() -> None:
        desk.tap("plate.call")
        desk.key("2")
        desk.tap("sheet.go")

    desk.tap(f"row.hiring:line:{job}.act")
    call()
    assert desk.told.startswith("名额不在这台机器")
    desk.look("95_call_asked")
    answers.grant(kiosk.opened, {places_of(job): [(3, 3)]})
    call()
    assert desk.told.startswith("叫了 A1")
    for plate in ("plate.came", "plate.agree"):
        desk.tap(f"row.{desk.rows_of(0)[0].key}.act", plate)
    taken = take_for(kiosk.hall, met.worker, agreed_for(kiosk.hall, met.worker)[0], "没带卡", CLERK)
    assert {item.number for item in taken.placement.spent} == {3}
