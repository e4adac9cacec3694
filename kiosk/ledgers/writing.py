"""The formats a table is written in, by the ending of their files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from kiosk.ledgers.comma_text import comma_text
from kiosk.ledgers.tables import Table

Tell = Callable[[int], None]
"""Say how many rows are written."""


class Writer(Protocol):
    """Makes a file of a table."""

    def __call__(self, table: Table, /, tell: Tell = ...) -> bytes:
        """Return the file's content, and tell on the way how far it is."""
        ...


def _nobody(_done: int) -> None:
    """Hear nothing."""


def _xlsx(table: Table, /, tell: Tell = _nobody) -> bytes:
    from kiosk.ledgers.workbook import workbook  # a large library, loaded to write and for nothing else

    return workbook(table, tell)


def _csv(table: Table, /, tell: Tell = _nobody) -> bytes:
    content = comma_text(table)  # takes a tenth of the time: nothing is told on the way
    tell(len(table.rows))
    return content


WRITERS: Mapping[str, Writer] = {"xlsx": _xlsx, "csv": _csv}
