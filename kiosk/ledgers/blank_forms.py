"""A blank form as XLSX: headings to write below, choices to pick, and sheets with what explains them."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

Filled = str | int | Decimal | date | time
"""What stands in a cell of a form."""
_A4 = 9
_WIDEST_PRINTED = 240
"""A wider sheet, made as narrow as a page, nobody can read."""
_ROWS = 2_000
"""So far down choices can be picked."""
_MOST_LISTED = 255
"""A longer list of choices no table program takes."""
_INK, _STRAW = PatternFill("solid", start_color="1F1F1F"), PatternFill("solid", start_color="F7E7B0")
_FORMATS = {date: "yyyy-mm-dd", time: "hh:mm"}
_WIDEST = 48
_EXPLAINING = (26, 18, 76, 34)
"""How wide the columns of the sheet that explains are."""
_LINE_POINTS = 16
_PICTURE_POINTS = 52
"""How high a row with a picture is."""
_DOT = 9_525
"""So many units of such a file are one dot of a picture."""
_AIR = 6 * _DOT
"""What is left free around a picture."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """A sheet on which pictures are chosen: what it is called, its headings, and each picture with its names.

    The first name is what is written into a cell.
    """

    title: str
    head: tuple[str, ...]
    shown: tuple[tuple[Path, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column: its heading, what stands in it, an example, and what may be picked."""

    heading: str
    about: str
    example: Filled
    is_required: bool
    choices: tuple[str, ...] = ()
    pictures: Pictures | None = None


@dataclass(frozen=True, slots=True)
class FormWords:
    """What stands around the columns, in one language."""

    title: str
    how: str
    head: tuple[str, str, str, str]
    must: str
    may: str


def blank_form(
    words: FormWords, columns: Sequence[FormColumn], rows: Sequence[Sequence[Filled]] = ()
) -> bytes:
    """Return the file's content; `rows` stand in it already, for whoever fills it in to look over."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = words.title
    for at, column in enumerate(columns, 1):
        _head(sheet.cell(1, at), column)
        told = max((_width(row[at - 1]) for row in rows), default=0)
        width = min(_WIDEST, max(told + 2, 2 * len(column.heading) + 8))
        sheet.column_dimensions[get_column_letter(at)].width = width
        if column.pictures:
            count = len(column.pictures.shown)
            _offer(sheet, at, f"'{column.pictures.title}'!$B$2:$B${count + 1}")
        elif column.choices and len(",".join(column.choices)) <= _MOST_LISTED:
            _offer(sheet, at, f'"{",".join(column.choices)}"')
        if _FORMATS.get(type(column.example)):
            for row in range(2, _ROWS):
                sheet.cell(row, at).number_format = _FORMATS[type(column.example)]
    for number, values in enumerate(rows, 2):
        for at, value in enumerate(values, 1):
            sheet.cell(number, at).value = value
    sheet.freeze_panes = "A2"
    _explain(book.create_sheet(words.how), words, columns)
    for pictures in {each.title: each for column in columns if (each := column.pictures)}.values():
        _show(book.create_sheet(pictures.title), pictures)
    for page in book.worksheets:
        _fit_on_paper(page)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _fit_on_paper(sheet: Worksheet) -> None:
    """Print a sheet as wide as the paper, with its head on each page."""
    columns = sheet.column_dimensions
    if sum(columns[letter].width for letter in columns) > _WIDEST_PRINTED:
        return
    sheet.page_setup.paperSize, sheet.page_setup.orientation = _A4, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _head(cell: Cell | object, column: FormColumn) -> None:
    assert isinstance(cell, Cell)
    cell.value = column.heading + ("*" if column.is_required else "")
    cell.font = Font(bold=True, color="FFFFFF" if column.is_required else "1F1F1F")
    cell.fill = _INK if column.is_required else _STRAW
    cell.comment = Comment(column.about, "")


def _width(value: object) -> int:
    """Return how many columns of narrow signs a value takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in str(value))


def _lines(value: object, width: int) -> int:
    """Return how many lines a value takes in a column, at most: words break a little before its end."""
    return -(-_width(value) // (width - 6))


def _offer(sheet: Worksheet, at: int, choices: str) -> None:
    letter = get_column_letter(at)
    offered = DataValidation(type="list", formula1=choices, allow_blank=True)
    offered.add(f"{letter}2:{letter}{_ROWS}")
    sheet.add_data_validation(offered)


def _explain(sheet: Worksheet, words: FormWords, columns: Sequence[FormColumn]) -> None:
    sheet.append(words.head)
    for column in columns:
        sheet.append(
            [column.heading, words.must if column.is_required else words.may, column.about, column.example]
        )
    for at, width in enumerate(_EXPLAINING, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    for number, row in enumerate(sheet.iter_rows(), 1):
        # Not every table program finds out by itself how high a row with broken lines is.
        lines = max(_lines(cell.value, width) for cell, width in zip(row, _EXPLAINING, strict=True))
        sheet.row_dimensions[number].height = lines * _LINE_POINTS
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, time):
                cell.number_format = _FORMATS[time]
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"


def _show(sheet: Worksheet, pictures: Pictures) -> None:
    sheet.append(pictures.head)
    for number, (path, names) in enumerate(pictures.shown, 2):
        for at, name in enumerate(names, 2):
            sheet.cell(number, at).value = name
            sheet.cell(number, at).alignment = Alignment(vertical="center")
        picture = Image(io.BytesIO(path.read_bytes()))  # a path would stay open
        corner = AnchorMarker(colOff=_AIR, row=number - 1, rowOff=_AIR)
        size = XDRPositiveSize2D(picture.width * _DOT, picture.height * _DOT)
        picture.anchor = OneCellAnchor(_from=corner, ext=size)
        sheet.add_image(picture)
        sheet.row_dimensions[number].height = _PICTURE_POINTS
    for at, width in enumerate((10, 28, 38), 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
