"""The rows of a workbook as they stand in its file (ECMA-376 18.3.1): a row of patterns becomes many."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.utils import get_column_letter

from kiosk.ledgers.tables import Cell

_SHEET = "xl/worksheets/sheet1.xml"
_EPOCH = datetime.fromisoformat("1899-12-30")
_DAY = timedelta(days=1)
_ROWS_A_BITE = 1000


def filled(
    book: bytes,
    at: int,
    rows: Sequence[Sequence[Cell]],
    looks: Mapping[type, int],
    heights: Sequence[int],
    tell: Callable[[int], None],
) -> bytes:
    """Return a workbook whose row of patterns, the one at `at`, is replaced by rows in their looks.

    `heights` are in points, one a row; `tell` hears on the way how many rows are written.
    """
    content = io.BytesIO()
    with ZipFile(io.BytesIO(book)) as source, ZipFile(content, "w", ZIP_DEFLATED, compresslevel=4) as target:
        for part in source.infolist():
            if part.filename != _SHEET:
                target.writestr(part, source.read(part))
                continue
            before, after = _around(source.read(part).decode(), at)
            with target.open(_SHEET, "w") as sheet:
                sheet.write(before.encode())
                for nth, bite in enumerate(_bites(at, rows, looks, heights), 1):
                    sheet.write(bite.encode())
                    tell(min(nth * _ROWS_A_BITE, len(rows)))
                sheet.write(after.encode())
    return content.getvalue()


def _around(sheet: str, at: int) -> tuple[str, str]:
    """Return what stands before and behind the row of patterns."""
    before, after = re.split(rf'<row r="{at}".*?</row>', sheet, maxsplit=1, flags=re.DOTALL)
    return before, after


def _bites(
    at: int, rows: Sequence[Sequence[Cell]], looks: Mapping[type, int], heights: Sequence[int]
) -> Iterator[str]:
    letters = [get_column_letter(column + 1) for column in range(len(rows[0]) if rows else 0)]
    for begin in range(0, len(rows), _ROWS_A_BITE):
        lines = []
        for place, row in enumerate(rows[begin : begin + _ROWS_A_BITE], begin):
            number = at + place
            cells = "".join(
                [_cell(f"{letter}{number}", cell, looks) for letter, cell in zip(letters, row, strict=True)]
            )
            lines.append(f'<row r="{number}" ht="{heights[place]}" customHeight="1">{cells}</row>')
        yield "".join(lines)


def _cell(name: str, cell: Cell, looks: Mapping[type, int]) -> str:
    if isinstance(cell, str):
        return f'<c r="{name}" s="{looks[str]}" t="inlineStr">{_text(cell)}</c>'
    if isinstance(cell, datetime):
        return f'<c r="{name}" s="{looks[datetime]}"><v>{(cell - _EPOCH) / _DAY!r}</v></c>'
    return f'<c r="{name}" s="{looks[int]}"><v>{cell}</v></c>'


@lru_cache(maxsize=50_000)
def _text(text: str) -> str:
    return f'<is><t xml:space="preserve">{escape(text)}</t></is>'
