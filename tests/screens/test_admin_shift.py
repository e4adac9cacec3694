"""The desk is opened in the morning and handed over at noon, by touch alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.actions.print_test_page import begin_test_page, end_test_page
from kiosk.catalogue import load
from kiosk.domain.slips import SlipState
from kiosk.paper.raster import render
from kiosk.paper.shift_papers import shift_blocks
from tests.screens.admin_desk import LOOK, SIZES, Desk, open_desk


@pytest.fixture(params=SIZES)
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """A kiosk of each size nobody is signed in at."""
    opened = open_desk(tmp_path, request.param)
    yield opened
    opened.close()


def test_a_shift_is_opened_handed_over_and_printed(desk: Desk) -> None:
    desk.enter()
    desk.tap("foot.shift:", "plate.open")
    desk.take("miao")
    desk.pass_time(6)
    desk.look("60_shift")
    assert desk.stops[:2] == ["1", "1"]
    desk.tap("plate.close")
    desk.look("61_shift_note")
    desk.tap("choice.shift.note.see_slips", "sheet.go")
    [paper] = desk.health.shifts
    assert (paper.note, paper.counts.placements) == ("有单子没弄清，看单子页", 1)
    render(shift_blocks(paper, load("zh_CN")), 576).image.save(LOOK / "shift_sheet.png")
    with desk.hall.store.reading() as records:
        [page] = records.devices.test_pages_in(SlipState.QUEUED)
    begin_test_page(desk.hall, page.id)
    end_test_page(desk.hall, page.id, SlipState.PRINTED, "token")
    desk.pass_time(6)
    assert "打出来了" in desk.told
    desk.look("62_shift_over")
    assert [(row.lamp, row.head) for row in desk.rows_of(0)] == [
        ("warn", "交代：有单子没弄清，看单子页"),
        ("ok", "交班  李*芳"),
        ("now", "开班  李*芳"),
    ]
    desk.tap("plate.print")
    assert len(desk.health.shifts) == 2


def test_a_shift_that_hands_nothing_over_warns_of_nothing(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    desk.enter()
    desk.tap("foot.shift:", "plate.open", "plate.close", "choice.shift.note.nothing", "sheet.go")
    said = desk.rows_of(0)[0]
    desk.close()
    assert (said.lamp, said.head) == ("ok", "没有要交代的")
