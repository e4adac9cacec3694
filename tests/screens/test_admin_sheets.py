"""The sheet of an arrival comes back signed: its own code, read by the scanner, says which coach it is of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import zxingcpp

from kiosk.actions.compose_outing_papers import arrival_sheet
from kiosk.actions.read_scan import read_scan
from kiosk.actions.scan_readings import ArrivalReading
from kiosk.catalogue import load
from kiosk.domain.clock import hall_time
from kiosk.domain.segments import Boundary, Proof
from kiosk.messages.code_envelopes import Verdict
from kiosk.paper.outing_papers import outing_blocks
from kiosk.paper.raster import render
from tests.outings import COACH, go_out
from tests.screens.admin_desk import LOOK, Desk, open_desk
from tests.unit.actions.scans import told_keys


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A standing screen nobody is signed in at."""
    opened = open_desk(tmp_path)
    yield opened
    opened.close()


def scan(desk: Desk, text: str) -> ArrivalReading:
    reading = read_scan(desk.hall, told_keys(desk.stage.kiosk), text)
    assert isinstance(reading, ArrivalReading)
    desk.screen.ears.hear_scan(reading)
    return reading


def test_a_sheet_that_comes_back_is_read_from_its_paper_and_its_coach_is_handed_over_once(desk: Desk) -> None:
    """One-line break: print another text than the sheet's code in `_brought_back`."""
    go_out(desk.stage.kiosk, 4)
    sheet = arrival_sheet(desk.hall, COACH)
    image = render(outing_blocks(sheet, load("zh_CN")), 576).image
    [read] = zxingcpp.read_barcodes(image.convert("L"))
    text = read.text
    desk.stage.kiosk.clock.pass_time(3600)
    desk.enter()
    scan(desk, text)
    desk.look("87_sheet_back")
    image.save(LOOK / "arrival_sheet_back.png")
    desk.tap("choice.all", "sheet.go")
    arrived = hall_time(desk.hall.now() - timedelta(minutes=20))
    desk.key(f"{arrived:%H%M}")
    desk.tap("sheet.go")
    desk.spell("wang", "王")
    desk.tap("sheet.go")
    with desk.hall.store.reading() as records:
        [handed] = records.outings.hand_overs(COACH)
    assert (handed.boundary, handed.proof, handed.headcount) == (Boundary.ARRIVAL, Proof.PAPER, 4)
    desk.tap("page.today")
    scan(desk, text)
    assert desk.told == f"这趟车到场交接记过了：{arrived:%H:%M}，4 人"
    desk.look("88_sheet_twice")


def test_a_sheet_nobody_of_this_city_printed_hands_nothing_over(desk: Desk) -> None:
    go_out(desk.stage.kiosk, 2)
    text = arrival_sheet(desk.hall, COACH).code
    forged = text[:-1] + ("0" if text[-1] != "0" else "1")
    desk.enter()
    reading = read_scan(desk.hall, told_keys(desk.stage.kiosk), forged)
    assert not isinstance(reading, ArrivalReading) or reading.verdict is not Verdict.GENUINE
    if isinstance(reading, ArrivalReading):
        desk.screen.ears.hear_scan(reading)
    assert desk._view._mode.sheet is None
