"""The store of one practice: a database in memory with the present board, and nothing that anybody did.

It has no file, no marker and no way back to the kiosk's own database, which is read once, in one reading
transaction, and never held open: sync goes on meanwhile. Of what is there only content is copied (rules,
courses, employers, coaches and some jobs), and no row about a person. Rights are made up: every place of a
copied job can be taken, because none of them is anybody's.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Result,
    Table,
    bindparam,
    create_engine,
    event,
    insert,
    literal,
    select,
)
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from kiosk.domain.clock import Clock
from kiosk.domain.ids import JobId, StreamId, TripId, places_of, seats_of
from kiosk.storage.all_tables import METADATA
from kiosk.storage.columns import Instant
from kiosk.storage.counters import Counters
from kiosk.storage.education_tables import course
from kiosk.storage.feed_tables import employer, job, parameter, search_term, trip, wording
from kiosk.storage.openings import refresh_openings
from kiosk.storage.store import SqlStore, Transactions
from kiosk.storage.streams import lay_stream
from kiosk.storage.tables import quota, right
from kiosk.storage.telling import telling_faults

MOST_JOBS = 300
"""As many pages of a board as anybody turns who practises, and copied in the time of a glance."""
_BOOT = "practice"
_CONTENT = (parameter, course, employer, trip, wording, search_term)
_JOBS = (
    select(job)
    .where(job.c.is_open == literal(1), job.c.starts > bindparam("now", type_=Instant))
    .order_by(job.c.starts, job.c.pay_rank, job.c.id)
    .limit(MOST_JOBS)
)
_HEADCOUNTS = select(job.c.id, job.c.headcount)
_SEATS = select(trip.c.id, trip.c.seats)


class MemoryDatabase:
    """One connection to a database of its own in memory; it belongs to the thread that made it."""

    def __init__(self) -> None:
        """Make an empty database with every table."""
        self._engine = _engine()
        self._connection = self._engine.connect()
        with self._connection.begin():
            METADATA.create_all(self._connection)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Run one transaction."""
        with telling_faults(), self._connection.begin():
            yield self._connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Run one consistent read; a view may read while it reads."""
        with telling_faults():
            if self._connection.in_transaction():
                yield self._connection
                return
            with self._connection.begin():
                yield self._connection

    def close(self) -> None:
        """Give the memory back: what was in it is nowhere any more."""
        self._connection.close()
        self._engine.dispose()


class PracticeStore(SqlStore):
    """The store of one practice; `close` ends it and all that was done."""

    def __init__(self, database: MemoryDatabase, clock: Clock, numbers: MutableMapping[str, int]) -> None:
        """Serve this memory; `numbers` learns what was counted in it."""
        super().__init__(database, _OnlyCounting(numbers), clock, _BOOT)
        self._memory = database

    def close(self) -> None:
        """Forget everything."""
        self._memory.close()


class _OnlyCounting:
    """No marker follows what does not count, only the numbers that are on paper."""

    def __init__(self, numbers: MutableMapping[str, int]) -> None:
        self._numbers = numbers

    def raise_head(self, stream: str, head: int, head_hash: str, counters: Mapping[str, int]) -> None:
        self._numbers.update(counters)


def open_practice(
    real: Transactions, clock: Clock, now: datetime, numbers: MutableMapping[str, int]
) -> PracticeStore:
    """Return a new store with the board of the kiosk's own database as it is `now`. Raises StorageFault.

    Its series go on behind the last `numbers` of earlier practices, which learn what is counted in this one:
    a paper may still be in the printer when the next person practises, and its number alone tells it apart.
    """
    memory = MemoryDatabase()
    try:
        with real.reading() as source, memory.writing() as practice:
            _copy_content(source, practice, now)
            _let_everything_be_taken(practice)
            lay_stream(practice, StreamId(secrets.token_hex(16)), _BOOT, "", now)
            counted = Counters(practice)
            for series, last in numbers.items():
                counted.use(series, last)
    except BaseException:
        memory.close()
        raise
    return PracticeStore(memory, clock, numbers)


def _copy_content(source: Connection, practice: Connection, now: datetime) -> None:
    for table in _CONTENT:
        _copy(practice, table, source.execute(select(table)))
    _copy(practice, job, source.execute(_JOBS, {"now": now}))


def _copy(practice: Connection, table: Table, rows: Result[Any]) -> None:
    found = [dict(row) for row in rows.mappings()]
    if found:
        practice.execute(insert(table), found)


def _let_everything_be_taken(practice: Connection) -> None:
    """Make a right over every place and seat: open at a bureau that nobody will ever ask, and held here."""
    places = {places_of(JobId(row.id)): row.headcount for row in practice.execute(_HEADCOUNTS)}
    seats = {seats_of(TripId(row.id)): row.seats for row in practice.execute(_SEATS)}
    numbers = {of: count for of, count in (places | seats).items() if count > 0}
    if numbers:
        kept = [{"id": of, "open_at_bureau": count, "here": count} for of, count in numbers.items()]
        practice.execute(insert(quota), kept)
        held = [{"quota": of, "first": 1, "last": count} for of, count in numbers.items()]
        practice.execute(insert(right), held)
    refresh_openings(practice, numbers)


def _engine() -> Engine:
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=_connect,
        poolclass=StaticPool,
        pool_reset_on_return=None,  # every transaction here ends before its connection goes back
        hide_parameters=True,  # an error's text must never carry a person
    )
    event.listen(engine, "begin", _begin)
    return engine


def _connect() -> Any:  # noqa: ANN401 - the driver has no types
    connection = dbapi2.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA temp_store = MEMORY")  # not even a sorted list may come to a disk
    connection.execute("PRAGMA foreign_keys = 1")
    return connection


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
