"""A table as CSV (RFC 4180): head and rows alone, for programs; UTF-8 with the mark that Excel asks for."""

from __future__ import annotations

import csv
import io
from datetime import datetime

from kiosk.ledgers.tables import Cell, Table

_COMMANDS = ("=", "+", "-", "@")
"""What a table program takes for the beginning of a formula when it opens such a file."""


def comma_text(table: Table) -> bytes:
    """Return the file's content."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([table.header, *([_text(cell) for cell in row] for row in table.rows)])
    return text.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, str) and cell.lstrip().startswith(_COMMANDS):
        return f"'{cell}"
    return str(cell)
