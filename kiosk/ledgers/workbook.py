"""A table as XLSX: a page of A4, or of A3 where it is wide, that is read, printed and signed as it is.

The library makes head, looks and page, with one row of patterns. A year of a hall is more than a million
cells, which it would take a minute to write: they are written as they stand in the file, looking like the
patterns.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from math import ceil
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kiosk.ledgers import tables
from kiosk.ledgers.filling import filled
from kiosk.ledgers.tables import Table

_TITLE, _ABOUT, _HEAD = 1, 2, 3
"""The rows above those of the table."""
_LEAST_WIDTH, _MOST_WIDTH = 4, 40
"""Widths of columns in digits."""
_SMALLEST_PERCENT = 80
"""Letters that a page of A4 would make smaller than this want one of A3."""
_HEAD_LINES = 2
"""A head may wrap, so that a column of counts is no wider than its word needs to be."""
_LINE_HEIGHT = 18
"""In points, with room for Chinese."""
_UPRIGHT_COLUMNS = 6
"""A table of more columns lies on its side."""
_TIME = "yyyy-mm-dd hh:mm"
_PATTERNS: tuple[tables.Cell, ...] = ("", 0, datetime.fromisoformat("2000-01-01"))
"""One value of each kind that stands in cells."""
_MARGINS = {"left": 0.8, "right": 0.6, "top": 0.7, "bottom": 0.8, "header": 0.3, "footer": 0.4}
"""In inches; the left one has room to file the page."""


@dataclass(frozen=True, slots=True)
class _Paper:
    """A page as a table program knows it, with how many digits stand beside one another on it."""

    size: int
    orientation: Literal["portrait", "landscape"]
    digits: int


_UPRIGHT = _Paper(int(Worksheet.PAPERSIZE_A4), "portrait", 84)
_LYING = _Paper(int(Worksheet.PAPERSIZE_A4), "landscape", 126)
_WIDE = _Paper(int(Worksheet.PAPERSIZE_A3), "landscape", 178)
_LINE = Side(style="thin")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_INK = PatternFill("solid", start_color="1F1F1F")


def workbook(table: Table, tell: Callable[[int], None] = lambda done: None) -> bytes:
    """Return the file's content; `tell` hears on the way how many rows are written."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = table.title
    _head(sheet, table)
    for column, pattern in enumerate(_PATTERNS, 1):
        _put(sheet, _HEAD + 1, column, pattern)
    looks = {type(each): sheet.cell(_HEAD + 1, at).style_id for at, each in enumerate(_PATTERNS, 1)}
    widths, cells = _natural_widths(table)
    paper = _paper_for(table, sum(widths))
    heights = _set_widths(sheet, table, widths, cells, paper.digits)
    _signatures(sheet, table)
    _page(sheet, paper)
    empty = io.BytesIO()
    book.save(empty)
    return filled(empty.getvalue(), _HEAD + 1, table.rows, looks, heights, tell)


def _head(sheet: Worksheet, table: Table) -> None:
    for row, text, font in ((_TITLE, table.title, _type(18, bold=True)), (_ABOUT, table.about, _type())):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(table.header))
        cell = sheet.cell(row, 1)
        _say(cell, text)
        cell.font = font
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[_TITLE].height = 30
    sheet.row_dimensions[_ABOUT].height = 34
    for column, word in enumerate(table.header, 1):
        _put(sheet, _HEAD, column, word)
        sheet.cell(_HEAD, column).font = _type(bold=True, color="FFFFFF")
        sheet.cell(_HEAD, column).fill = _INK
    sheet.freeze_panes = f"A{_HEAD + 1}"


def _type(size: int = 11, *, bold: bool = False, color: str = "000000") -> Font:
    """Return the table program's own type: what has no name or size is shown in whatever it likes."""
    return Font(name="Calibri", family=2, scheme="minor", size=size, bold=bold, color=color)


def _put(sheet: Worksheet, row: int, column: int, value: tables.Cell) -> None:
    """Write one cell of the table."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        _say(cell, value)
    else:
        cell.value = value
    if isinstance(value, datetime):
        cell.number_format = _TIME
    cell.border = _FRAME
    cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)


def _say(cell: Cell | MergedCell, text: str) -> None:
    """Write a text as a text, whatever it begins with: the library takes what begins with = for a command."""
    cell.value = text
    cell.data_type = "s"


def _natural_widths(table: Table) -> tuple[list[int], list[int]]:
    """Return how wide each column wants to be, and how wide the widest of its cells below the head is."""
    heads = [_head_width(word) for word in table.header]
    cells = [max(map(_width, {*column})) for column in zip(*table.rows, strict=True)] or [0] * len(heads)
    least = (max(_LEAST_WIDTH, *both) for both in zip(heads, cells, strict=True))
    return [min(width + 3, _MOST_WIDTH) for width in least], cells


def _head_width(word: str) -> int:
    """Return how wide a head is on its lines, none of which breaks a word with spaces around it."""
    longest = max((_width(part) for part in word.split() if part.isascii()), default=0)
    return max(ceil(_width(word) / _HEAD_LINES), longest)


def _paper_for(table: Table, width: int) -> _Paper:
    """Return the page that a table of so many digits wants."""
    if len(table.header) <= _UPRIGHT_COLUMNS:
        return _UPRIGHT
    return _WIDE if _LYING.digits * 100 < width * _SMALLEST_PERCENT else _LYING


def _set_widths(
    sheet: Worksheet, table: Table, widths: Sequence[int], cells: Sequence[int], page: int
) -> list[int]:
    """Make columns as wide as they want, or to the edge of the page; return how high each row must be."""
    stretch = max(1.0, page / sum(widths))
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width * stretch
    room = [*enumerate(width * stretch - 2 for width in widths)]
    sheet.row_dimensions[_HEAD].height = _height(table.header, room)
    wrapping = [(at, wide) for at, wide in room if cells[at] > wide]
    return [_height(row, wrapping) for row in table.rows]


def _height(row: Sequence[tables.Cell], wrapping: Sequence[tuple[int, float]]) -> int:
    """Return how high a row is, in points, so that what wraps is whole; `wrapping` are columns that may."""
    lines = max((ceil(_width(row[at]) / wide) for at, wide in wrapping), default=1)
    return _LINE_HEIGHT * max(lines, 1) + 4


def _width(cell: tables.Cell) -> int:
    """Return how many digits wide a cell's text is; a Chinese character is as wide as two."""
    if isinstance(cell, datetime):
        return len(_TIME)
    text = str(cell)
    return len(text) if text.isascii() else _wide(text)


@lru_cache(maxsize=50_000)
def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _signatures(sheet: Worksheet, table: Table) -> None:
    """Write a line for each who signs: the word, and room above a rule for the name and the day."""
    row = _HEAD + len(table.rows) + 2
    for signer in table.signers:
        _say(sheet.cell(row, 1), signer)
        _say(sheet.cell(row, len(table.header)), table.sign_day)
        sheet.cell(row, len(table.header)).alignment = Alignment(horizontal="right", vertical="bottom")
        sheet.cell(row, 1).alignment = Alignment(vertical="bottom")
        for column in range(1, len(table.header) + 1):
            sheet.cell(row, column).border = Border(bottom=_LINE)
        sheet.row_dimensions[row].height = 36
        row += 1


def _page(sheet: Worksheet, paper: _Paper) -> None:
    setup = sheet.page_setup
    setup.paperSize, setup.orientation = paper.size, paper.orientation
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(**_MARGINS)
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"{_HEAD}:{_HEAD}"
    assert sheet.oddFooter is not None
    sheet.oddFooter.center.text = "&P / &N"
