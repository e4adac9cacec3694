"""The log on PostgreSQL in parts of a month, so that old months of a province can be seen to by themselves.

Entries are kept by when they were received. What no part was made for lies in `event_rest`, so a forgotten
month stops no kiosk; making its part later moves those entries into it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from kiosk.actions.faults import Refused
from kiosk.bureau.databases import opened
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.progress import Progress, Step, told, untold
from kiosk.domain.sentences import Sentence

_REST = "event_rest"
_MONTHS = 12
_KNOWN = """
SELECT part.relname, pg_total_relation_size(part.oid)
FROM pg_inherits JOIN pg_class part ON part.oid = inhrelid
WHERE inhparent = 'event'::regclass ORDER BY part.relname
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the log, such as `event_2026_11`, and how large it is with its indexes."""

    name: str
    bytes: int


def make_parts(data_dir: Path, today: date, ahead: int, tell: Progress = untold) -> list[Part]:
    """Make the parts of this month and of `ahead` more, and return all there are; again, nothing changes.

    Nobody else writes meanwhile. Raises Refused for a bureau whose database is a file.
    """
    if not BureauFolder(data_dir).database_url.exists():
        raise Refused(Sentence("bureau.fault.no_parts"))
    with opened(data_dir) as database:
        for month in told(_months(today, ahead), tell, Step.PART, ahead + 1):
            with database.writing() as connection:
                _make(connection, month)
        with database.reading() as connection:
            return [Part(*row) for row in connection.exec_driver_sql(_KNOWN)]


def _months(today: date, ahead: int) -> list[date]:
    first = today.year * _MONTHS + today.month - 1
    return [date(at // _MONTHS, at % _MONTHS + 1, 1) for at in range(first, first + ahead + 1)]


def _make(connection: Connection, month: date) -> None:
    name = f"event_{month:%Y_%m}"
    if connection.exec_driver_sql(f"SELECT to_regclass('{name}')").scalar() is not None:
        return
    [_, following] = _months(month, 1)
    first, end = _instant(month), _instant(following)
    # A part cannot be joined while the rest holds entries that belong into it.
    connection.exec_driver_sql(f"CREATE TABLE {name} (LIKE event INCLUDING ALL)")
    within = f"received_at >= '{first}' AND received_at < '{end}'"
    connection.exec_driver_sql(f"INSERT INTO {name} SELECT * FROM {_REST} WHERE {within}")  # noqa: S608 - our own
    connection.exec_driver_sql(f"DELETE FROM {_REST} WHERE {within}")  # noqa: S608 - words and instants
    connection.exec_driver_sql(
        f"ALTER TABLE event ATTACH PARTITION {name} FOR VALUES FROM ('{first}') TO ('{end}')"
    )


def _instant(day: date) -> str:
    """Return the beginning of a day as the log writes instants."""
    return f"{day.isoformat()}T00:00:00.000000Z"
