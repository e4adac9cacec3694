"""A table as CSV (RFC 4180): head and rows alone, for programs; UTF-8 with the mark that Excel asks for."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime

from kiosk.ledgers.tables import Table

COMMANDS = ("=", "+", "-", "@")
"""What a table program takes for the beginning of a formula when it opens such a file."""
QUOTE = "'"
"""Stands before such a text, and says that it is one."""


def comma_text(table: Table) -> bytes:
    """Return the file's content."""
    return comma_rows([table.header, *table.rows])


def comma_rows(rows: Iterable[Iterable[object]]) -> bytes:
    """Return rows of any values as such a file; None is an empty cell."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_text(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, str) and cell.lstrip().startswith(COMMANDS):
        return f"{QUOTE}{cell}"
    return str(cell)
