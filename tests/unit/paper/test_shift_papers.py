"""The sheet of a shift reads as lines: each count at the right end of its own, on either paper."""

from __future__ import annotations

from datetime import datetime

import pytest

from kiosk.catalogue import load
from kiosk.domain.shift_sheets import COUNTED, OPEN_ENDS, SHIFT_SHEET, ShiftSheet
from kiosk.domain.shifts import ShiftCounts
from kiosk.paper.layout import document_layout
from kiosk.paper.lettering import Lettering
from kiosk.paper.shift_papers import shift_blocks
from tests.unit.paper.test_slip_layout import WIDTHS, assert_sound, runs

AT = datetime(2026, 9, 18, 4, 5)  # noqa: DTZ001 - the hall's own time, as it is printed
COUNTS = range(101, 110)
SHEET = ShiftSheet(
    number="JB-NZ-0918-1200",
    hall="NZ",
    station="汽车南站零工驿站",
    kiosk_letter="A",
    opened_at=AT,
    opened_by="测试己",
    closed_at=AT,
    closed_by="测试庚",
    counts=ShiftCounts(*COUNTS),
    faults=("读卡的坏了", "打印机没纸"),
    note="",
)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("width_dots", WIDTHS)
def test_each_count_stands_at_the_end_of_its_own_line(
    width_dots: int, language: str, lettering: Lettering
) -> None:
    """Broken by words that leave no room beside them: a count would begin the line below."""
    tr = load(language)
    layout = document_layout(shift_blocks(SHEET, tr), width_dots, lettering)
    assert_sound(layout)
    boxes = {run.text: run.box for run in runs(layout)}
    columns = [*SHIFT_SHEET.part(COUNTED), *SHIFT_SHEET.part(OPEN_ENDS)]
    assert len(columns) == len(COUNTS)
    for column, count in zip(columns, COUNTS, strict=True):
        word, figure = boxes[tr(column.word)], boxes[str(count)]
        assert word.top < figure.bottom, column.word
        assert figure.top < word.bottom, column.word
        assert figure.right >= width_dots - 16, column.word
