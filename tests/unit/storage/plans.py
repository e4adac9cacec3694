"""Hears the statements a database runs, and looks up which of them read a whole table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from kiosk.storage.database import Database

FEW_BY_NATURE = {"staff_member", "orphan_stream", "posted_job", "course", "same_person", "CONSTANT"}
"""Tables that hold a handful of rows in any hall.

`same_person` is made on the way of the registrations of one human, and begins with a constant row.
"""

OF_A_FEW_ROWS = {
    "help_call_waiting",
    "refused_entry_open",
    "outing_unsettled",
    "incident_open",
    "worker_unspelled",
    "found_card_waiting",
}
"""Partial indexes of what waits for a person, and of names that came since somebody was looked for so."""

Statement = tuple[str, Any]


@contextmanager
def statements_of(database: Database) -> Iterator[list[Statement]]:
    """Hear every statement on a database, with its parameters."""
    heard: list[Statement] = []

    def hear(
        _connection: object, _cursor: object, statement: str, parameters: object, *_rest: object
    ) -> None:
        heard.append((statement, parameters))

    engines: list[Engine] = [database._reader, database._writer]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", hear)


def scans(database: Database, statements: list[Statement]) -> list[str]:
    """Return the statements that read a whole table, each with what its plan says."""
    wrong = []
    with database.reading() as connection:
        for statement, parameters in statements:
            if not re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)", statement):
                continue
            values = parameters[0] if isinstance(parameters, list) else parameters
            plan = connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, values)
            wrong += [f"{line.detail}: {statement}" for line in plan if _is_scan(line.detail)]
    return wrong


def _is_scan(detail: str) -> bool:
    match = re.match(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?", detail)
    return match is not None and match[1] not in FEW_BY_NATURE and match[2] not in OF_A_FEW_ROWS
