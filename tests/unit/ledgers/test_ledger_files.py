"""A ledger's files say what its description says of the records: no more, in every format the same."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kiosk.catalogue import load
from kiosk.domain.identity import mask_name, mask_number
from kiosk.domain.ledgers import Column, Layout, Ledger, Mask
from kiosk.domain.shift_sheets import SHIFT_SHEET
from kiosk.ledgers.tables import Cell, Table, tabulate
from kiosk.ledgers.writing import WRITERS
from tests.unit.ledgers.sheets import SHEET, at

HEAD_ROW = 3
NUMBER = "99999919640101001X"


@dataclass(frozen=True, slots=True)
class Came:
    """A line of a ledger with a line to each person."""

    at: datetime
    name: str
    number: str
    places: int


ARRIVALS = Ledger(
    name="arrivals",
    title="desk.page.people",
    layout=Layout.LIST,
    columns=(
        Column("shift.column.opened_at", "at"),
        Column("shift.column.opened_by", "name", Mask.NAME),
        Column("ledger.head.item", "number", Mask.NUMBER),
        Column("ledger.head.value", "places"),
    ),
    signers=("paper.shift.gives",),
)


def sheet_of(content: bytes) -> Worksheet:
    sheet = load_workbook(io.BytesIO(content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def cells(content: bytes, table: Table) -> list[list[object]]:
    """Return head and rows as a table program reads them."""
    rows = sheet_of(content).iter_rows(
        min_row=HEAD_ROW, max_row=HEAD_ROW + len(table.rows), max_col=len(table.header), values_only=True
    )
    return [list(row) for row in rows]


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def table_of(*rows: tuple[Cell, ...]) -> Table:
    header = tuple("abcdefgh"[: len(rows[0])])
    return Table("title", "about", header, rows, ("gives",), "day")


def test_a_sheet_has_a_line_to_each_column_with_names_masked() -> None:
    table = tabulate(SHIFT_SHEET, [SHEET], "about", load("zh_CN"))
    assert table.rows == (
        ("开班时间", at(4, 5)),
        ("开班人", "测*己"),
        ("交班时间", at(12, 0)),
        ("交班人", "测*庚"),
        ("来了", 0),
        ("领活", 1),
        ("单子打好", 2),
        ("单子等打", 3),
        ("单子没弄清", 4),
        ("单子作废", 5),
        ("退回的活", 6),
        ("没传到局里", 7),
        ("局里退回", 8),
        ("设备问题", "读卡的坏了；打印机没纸"),
        ("交代", "没有要交代的"),
    )


def test_a_list_has_a_line_to_each_record() -> None:
    records = [Came(at(5, at_minute), f"测试{at_minute}", NUMBER, at_minute) for at_minute in range(3)]
    table = tabulate(ARRIVALS, records, "about", load("zh_CN"))
    assert table.header == ("开班时间", "开班人", "项目", "内容")
    assert table.rows == tuple(
        (record.at, mask_name(record.name), mask_number(NUMBER), record.places) for record in records
    )


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("ledger", [SHIFT_SHEET, ARRIVALS], ids=lambda ledger: ledger.name)
def test_no_format_tells_more_than_the_description(ledger: Ledger, language: str) -> None:
    """Broken by reading values without what a column masks."""
    record = SHEET if ledger is SHIFT_SHEET else Came(SHEET.opened_at, SHEET.opened_by, NUMBER, 1)
    table = tabulate(ledger, [record], "about", load(language))
    told = repr(cells(WRITERS["xlsx"](table), table)) + WRITERS["csv"](table).decode()
    assert [secret for secret in (SHEET.opened_by, SHEET.closed_by, NUMBER) if secret in told] == []


@settings(max_examples=40, deadline=None)
@example([("=1+1", 0), ("#N/A", 1), ("-1", 2), ("@SUM(A1)", 3), (" =1", 4)])
@given(st.lists(st.tuples(st.text(), st.integers(-(2**40), 2**40)), min_size=1, max_size=4))
def test_every_format_gives_back_what_was_put_in_as_text_and_never_as_a_command(
    kept: list[tuple[str, int]],
) -> None:
    """Broken by letting the library guess what a text is: whatever begins with = is run by who opens it."""
    records = [Came(SHEET.opened_at, "", "", number) for _, number in kept]
    open_column = Ledger("said", "desk.page.people", Layout.LIST, (Column("ledger.head.item", "name"),), ())
    said = [Came(SHEET.opened_at, text, "", 0) for text, _ in kept]
    table = tabulate(open_column, said, "=whose", load("en"))  # rows are written apart from all else
    content = WRITERS["xlsx"](table)
    read = [row[0] or "" for row in cells(content, table)[1:]]
    assert read == [row[0] for row in table.rows]
    assert {cell.data_type for row in sheet_of(content).iter_rows() for cell in row} <= {
        "s",
        "n",
        "inlineStr",
    }
    for line, row in zip(lines(WRITERS["csv"](table))[1:], table.rows, strict=True):
        text = line[0] if line else ""
        assert text.removeprefix("'") == str(row[0]).removeprefix("'")
        assert not text.lstrip().startswith(("=", "+", "-", "@"))
    numbers = tabulate(ARRIVALS, records, "about", load("en"))
    assert [row[3] for row in cells(WRITERS["xlsx"](numbers), numbers)[1:]] == [number for _, number in kept]


def test_a_workbook_is_a_page_of_a4_with_its_head_on_each_and_a_line_for_who_signs() -> None:
    table = tabulate(SHIFT_SHEET, [SHEET], f"{SHEET.number} {SHEET.station}", load("zh_CN"))
    sheet = sheet_of(WRITERS["xlsx"](table))
    assert (sheet.title, sheet["A1"].value, sheet["A2"].value) == ("交班单", "交班单", table.about)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$3:$3", "A4")
    last = HEAD_ROW + len(table.rows)
    assert [sheet.cell(last + below, 1).value for below in (2, 3)] == ["交班人", "接班人"]
    assert "日" in str(sheet.cell(last + 2, 2).value)
    assert sheet["B4"].number_format == "yyyy-mm-dd hh:mm"
    margins = sheet.page_margins
    assert 0.8 == margins.left > margins.right == 0.6, "the page is filed at its left"
    assert min(margins.top, margins.bottom) > max(margins.header, margins.footer)


def test_every_word_of_a_workbook_has_a_type_and_its_row_has_room() -> None:
    """Broken by a font without name or size: each table program shows such words as it likes."""
    sheet = sheet_of(WRITERS["xlsx"](tabulate(SHIFT_SHEET, [SHEET], "about", load("zh_CN"))))
    types = {(cell.font.name, cell.font.sz) for row in sheet.iter_rows() for cell in row}
    assert types == {("Calibri", 11), ("Calibri", 18)}
    heights = [sheet.row_dimensions[row].height or 0 for row in range(1, HEAD_ROW + 16)]
    assert min(heights) >= 22


def test_a_workbook_has_room_to_sign_and_for_what_wraps() -> None:
    """Broken by columns no wider than their words: nobody could sign between the word and the day."""
    long = replace(SHEET, note="有单子没弄清，看单子页。" * 12)
    sheet = sheet_of(WRITERS["xlsx"](tabulate(SHIFT_SHEET, [long], "about", load("zh_CN"))))
    item, content = (sheet.column_dimensions[letter].width for letter in "AB")
    assert item + content == pytest.approx(84)
    assert content > 50
    last, before = (sheet.row_dimensions[HEAD_ROW + at].height for at in (15, 14))
    assert last > 4 * before


def test_a_workbook_of_many_columns_lies_on_its_side_and_no_column_is_narrower_than_its_words() -> None:
    table = table_of(("短", "十个字长的一句话这里", 7, 8, 9, 10, 11))
    sheet = sheet_of(WRITERS["xlsx"](table))
    assert sheet.page_setup.orientation == "landscape"
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDEFG"]
    assert sum(widths) == pytest.approx(126), "the table is as wide as its page"
    assert sheet.column_dimensions["B"].width >= 20


def test_a_workbook_that_would_have_small_letters_is_a_page_of_a3_with_narrow_columns_of_counts() -> None:
    """Broken by columns that are all as wide as their heads, or a page of A4 whatever stands on it."""
    lines = [("PG-NZ-0918-01-0001", *("2026-09-18 05:10",) * 8, 1, "是")]
    table = replace(
        table_of(lines[0]), header=(*("时间",) * 9, "上车的人数", "Approved until"), rows=tuple(lines)
    )
    sheet = sheet_of(WRITERS["xlsx"](table))
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDEFGHIJK"]
    assert min(widths[:9]) > 16
    assert 5 <= widths[9] < 10
    assert 11 <= widths[10] < 14
    assert (sheet.row_dimensions[HEAD_ROW].height or 0) > (sheet.row_dimensions[HEAD_ROW + 1].height or 0)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_csv_is_read_by_excel_as_chinese_and_by_programs_by_the_rule(language: str) -> None:
    table = tabulate(SHIFT_SHEET, [SHEET], "about", load(language))
    content = WRITERS["csv"](table)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == len(table.rows) + 1
    read = lines(content)
    assert read[0] == list(table.header)
    assert read[1][1] == "2026-09-18 04:05"
    assert [int(line[1]) for line in read[5:14]] == list(range(9))


def test_what_no_table_program_takes_becomes_a_space() -> None:
    signs = "".join(chr(code) for code, _ in zip(count(), range(32), strict=False))
    column = Ledger("said", "desk.page.people", Layout.LIST, (Column("ledger.head.item", "name"),), ())
    table = tabulate(column, [Came(SHEET.opened_at, f"a{signs}b\ud800", "", 0)], f"of{signs}", load("en"))
    assert (table.about, table.rows) == (f"of{' ' * 32}", ((f"a{' ' * 32}b ",),))
    assert cells(WRITERS["xlsx"](table), table)[1] == [table.rows[0][0]]
