"""All that a bureau keeps from one database into another, whichever kind they are.

Both hold the same tables and values, so a backup is a file even of a bureau on PostgreSQL, is looked into and
tried like any other, and may be put back on either.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import Connection, Table, func, insert, select

from kiosk.actions.faults import StorageFault
from kiosk.bureau import all_tables, postgres
from kiosk.bureau.progress import Progress, Step, Tally, untold
from kiosk.bureau.tables import event
from kiosk.domain.sentences import Sentence
from kiosk.statements import Statement

_AT_ONCE = 5_000
"""So many rows are held at a moment, however many there are."""


def copy_all(source: Connection, target: Connection, tell: Progress = untold) -> None:
    """Replace every row that the target has by those of the source; both have today's schema.

    Each table is read again. Raises StorageFault where one is not what it was, which a text does to which
    PostgreSQL adds or takes a sign; the target's transaction must not be kept then.
    """
    tables = all_tables.METADATA.sorted_tables
    _empty(target, tables)
    rows = sum(_count(source, table) for table in tables)
    copied = Tally(tell, Step.COPY, rows)
    for table in tables:
        _copy(source, target, table, copied)
    again = Tally(tell, Step.READ_AGAIN, 2 * rows)
    for table in tables:
        if _digest(source, [table], again) != _digest(target, [table], again):
            raise StorageFault(Sentence("bureau.fault.copied_wrong", {"table": table.name}))
    _go_on_counting(source, target)


def tables_digest(connection: Connection, tables: Iterable[Table]) -> str:
    """Return one number for all that stands in tables, in whichever database."""
    return _digest(connection, tables, Tally(untold, Step.READ_AGAIN, None))


def _digest(connection: Connection, tables: Iterable[Table], read: Tally) -> str:
    digest = hashlib.sha256()
    for table in tables:
        digest.update(table.name.encode())
        rows = connection.execute(
            select(table).order_by(*table.primary_key), execution_options={"yield_per": _AT_ONCE}
        )
        for part in rows.partitions():
            for row in part:
                digest.update(repr(tuple(row)).encode())
            read.add(len(part))
    return digest.hexdigest()


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _empty(target: Connection, tables: Iterable[Table]) -> None:
    if target.dialect.name == postgres.NAME:
        postgres.truncate(target, [table.name for table in tables])
        return
    for table in reversed(list(tables)):
        target.execute(table.delete())


def _copy(source: Connection, target: Connection, table: Table, copied: Tally) -> None:
    columns = [column.name for column in table.columns]
    put = Statement(insert(table), *columns)
    rows = source.execute(select(table), execution_options={"yield_per": _AT_ONCE})
    for part in rows.partitions():
        bound = [put.bound(dict(zip(columns, row, strict=True)), target.dialect) for row in part]
        if target.dialect.name == postgres.NAME:
            postgres.copy_in(target, table.name, columns, bound)
        else:
            put.run_each(target, bound)
        copied.add(len(part))


def _go_on_counting(source: Connection, target: Connection) -> None:
    """Let numbers that the database draws go on behind the last one drawn, also where its row is gone."""
    for table in all_tables.METADATA.sorted_tables:
        column = table.autoincrement_column
        if column is None:
            continue
        last = source.execute(select(func.max(column))).scalar() or 0
        if table is event:
            last = max(last, _last_drawn(source))
        if target.dialect.name == postgres.NAME:
            postgres.count_from(target, table.name, column.name, last)
        elif table is event:
            target.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (table.name,))
            target.exec_driver_sql(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table.name, last)
            )


def _last_drawn(source: Connection) -> int:
    """Return the last position of the log that was ever drawn."""
    if source.dialect.name == postgres.NAME:
        return postgres.last_drawn(source, event.name, "pos")
    found = source.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (event.name,)).scalar()
    return int(found or 0)
