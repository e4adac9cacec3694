"""The formats a table is written in, by the ending of their files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kiosk.ledgers.comma_text import comma_text
from kiosk.ledgers.tables import Table


def _xlsx(table: Table) -> bytes:
    from kiosk.ledgers.workbook import workbook  # a large library, loaded to write and for nothing else

    return workbook(table)


WRITERS: Mapping[str, Callable[[Table], bytes]] = {"xlsx": _xlsx, "csv": comma_text}
