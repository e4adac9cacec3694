"""Tables that somebody filled in: XLSX and CSV as rows of plain values, whichever program wrote them.

Nothing in a file is trusted: how large it is, how large it becomes when it is unpacked, how many rows it has.
A formula is no value: what it would come to was worked out by a program that is not here.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from kiosk.domain.sentences import Sentence
from kiosk.ledgers.comma_text import COMMANDS, QUOTE

MAX_BYTES = 32 * 1024 * 1024
MAX_UNPACKED_BYTES = 256 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 128
MAX_CELL_CHARACTERS = 4_000
_SEPARATORS = ",\t;"
_FIRST_DAYS = (date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1))
"""A time of day is kept as one of these by some programs."""


class Formula:
    """Stands where a cell holds a formula."""


FORMULA = Formula()

Given = str | int | float | date | time | datetime | bool | Formula | None
"""What stands in a cell. CSV gives text alone, XLSX what its program made of what was typed."""


def typed(given: Given) -> Given:
    """Return what somebody would have typed into a cell, so that it can be read again from text.

    A formula becomes an empty cell: what it was is not known.
    """
    if isinstance(given, Formula):
        return None
    if isinstance(given, bool):
        return int(given)
    if isinstance(given, float) and given.is_integer():
        return int(given)
    if isinstance(given, datetime):
        if given.date() in _FIRST_DAYS:
            return given.time()
        return given.date() if given.time() == time() else given
    return given


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `number` is the one that a table program shows beside it."""

    number: int
    cells: tuple[Given, ...]

    @property
    def is_empty(self) -> bool:
        """Return whether nothing but spaces stands in it."""
        return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in self.cells)


class UnreadableTable(Exception):
    """A file is no table that can be read; `sentence` says why, and what to do."""

    def __init__(self, sentence: Sentence) -> None:
        """Keep the sentence."""
        super().__init__(sentence.key)
        self.sentence = sentence


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a file that are not empty, at least one, read as they are asked for.

    An XLSX file gives its first sheet. Raises UnreadableTable, also between two rows, and OSError.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise UnreadableTable(Sentence("intake.file.too_large", {"mb": MAX_BYTES // 1024 // 1024}))
    with path.open("rb") as file:
        is_workbook = file.read(4) == b"PK\x03\x04"
    rows = _of_workbook(path) if is_workbook else _of_text(path.read_bytes())
    count = 0
    for count, row in enumerate((row for row in rows if not row.is_empty), 1):
        if count > MAX_ROWS + 1:  # one of them is the head
            raise UnreadableTable(Sentence("intake.file.too_many_rows", {"count": MAX_ROWS}))
        yield row
    if count == 0:
        raise UnreadableTable(Sentence("intake.file.empty"))


def _of_workbook(path: Path) -> Iterator[Row]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(item.file_size for item in packed.infolist())
        if unpacked > MAX_UNPACKED_BYTES:
            raise UnreadableTable(Sentence("intake.file.too_large_unpacked"))
        book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as fault:
        raise UnreadableTable(Sentence("intake.file.no_workbook")) from fault
    try:
        if not book.worksheets:
            raise UnreadableTable(Sentence("intake.file.no_workbook"))
        for number, cells in enumerate(book.worksheets[0].iter_rows(max_col=MAX_COLUMNS), 1):
            plain = [FORMULA if cell.data_type == "f" else _plain(cell.value) for cell in cells]
            while plain and plain[-1] is None:
                plain.pop()
            yield Row(number, tuple(plain))
    finally:
        book.close()


def _plain(value: object) -> Given:
    """Return a value as it may stand in a row; what table programs know besides counts as its own text."""
    if value is None or isinstance(value, str | int | float | date | time):
        return value[:MAX_CELL_CHARACTERS] if isinstance(value, str) else value
    return str(value)[:MAX_CELL_CHARACTERS]


def _of_text(content: bytes) -> Iterator[Row]:
    text = _decoded(content)
    if "\0" in text:
        raise UnreadableTable(Sentence("intake.file.no_text"))
    head = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            kept = (_unquoted(cell.strip())[:MAX_CELL_CHARACTERS] for cell in cells[:MAX_COLUMNS])
            yield Row(reader.line_num, tuple(kept))
    except csv.Error as fault:
        raise UnreadableTable(Sentence("intake.file.broken_text", {"row": reader.line_num})) from fault


def _unquoted(cell: str) -> str:
    """Return a text without the quote that was put before it when it was written as such a file."""
    text = cell.removeprefix(QUOTE)
    return text if text.lstrip().startswith(COMMANDS) else cell


def _decoded(content: bytes) -> str:
    """Return a text as it was meant: UTF-8 with or without a mark, else what Chinese table programs save."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTable(Sentence("intake.file.no_text"))
