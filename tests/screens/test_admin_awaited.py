"""A desk holds no numbers: who acts for somebody there asks for one and takes the place when it is here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.nudges import looked_in_vain
from kiosk.domain.ids import JobId
from kiosk.domain.wants import LOOKED_FOR_S
from tests import answers
from tests.halls import identity
from tests.screens.admin_desk import Desk, open_desk


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
