"""How an entry is written into a book so that the order in which entries are heard changes nothing.

Each fills columns of its own; of what two may say of one thing a rule decides that knows no order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, func, or_
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.messages.desk_feed import JobSaid
from kiosk.statements import Statement


@dataclass(frozen=True, slots=True)
class Source:
    """Where an entry stands and what was known when it was told, as in `kiosk.messages.desk_feed`."""

    stream: str
    seq: int
    kiosk: str
    at: datetime
    person: str = ""
    epoch: int = 0
    is_signed: bool = False
    job: JobSaid | None = None


def filled(table: Table, key: tuple[str, ...], *columns: str) -> Statement:
    """Return what fills columns of a row, which it makes where there is none."""
    told = upsert(table)
    changed = {name: told.excluded[name] for name in columns}
    return Statement(told.on_conflict_do_update(index_elements=list(key), set_=changed), *key, *columns)


def earliest(table: Table, key: tuple[str, ...], at: str, *others: str) -> Statement:
    """Return what keeps of two rows with one key the one whose instant is earlier."""
    told = upsert(table)
    changed = {name: told.excluded[name] for name in (at, *others)}
    is_earlier = func.coalesce(table.c[at] > told.excluded[at], True)
    statement = told.on_conflict_do_update(index_elements=list(key), set_=changed, where=is_earlier)
    return Statement(statement, *key, at, *others)


def newest(table: Table, key: tuple[str, ...], at: str, *others: str) -> Statement:
    """Return what keeps of two rows with one key the one whose instant is later."""
    told = upsert(table)
    changed = {name: told.excluded[name] for name in (at, *others)}
    is_later = func.coalesce(table.c[at] <= told.excluded[at], True)
    statement = told.on_conflict_do_update(index_elements=list(key), set_=changed, where=is_later)
    return Statement(statement, *key, at, *others)


def ended(table: Table, key: tuple[str, ...], end: str, *others: str) -> Statement:
    """Return what keeps of two rows with one key the one that has ended."""
    told = upsert(table)
    changed = {name: told.excluded[name] for name in (end, *others)}
    is_ended = or_(told.excluded[end].is_not(None), table.c[end].is_(None))
    statement = told.on_conflict_do_update(index_elements=list(key), set_=changed, where=is_ended)
    return Statement(statement, *key, end, *others)
