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
from kiosk.bureau.tables import event
from kiosk.domain.sentences import Sentence
from kiosk.statements import Statement

_AT_ONCE = 5_000
"""So many rows are held at a moment, however many there are."""


def copy_all(source: Connection, target: Connection) -> None:
    """Replace every row that the target has by those of the source; both have today's schema.

    Each table is read again. Raises StorageFault where one is not what it was, which a text does to which
    PostgreSQL adds or takes a sign; the target's transaction must not be kept then.
    """
    tables = all_tables.METADATA.sorted_tables
    _empty(target, tables)
    for table in tables:
        _copy(source, target, table)
        if tables_digest(source, [table]) != tables_digest(target, [table]):
            raise StorageFault(Sentence("bureau.fault.copied_wrong", {"table": table.name}))
    _go_on_counting(source, target)


def tables_digest(connection: Connection, tables: Iterable[Table]) -> str:
    """Return one number for all that stands in tables, in whichever database."""
    digest = hashlib.sha256()
    for table in tables:
        digest.update(table.name.encode())
        rows = connection.execute(
            select(table).order_by(*table.primary_key), execution_options={"yield_per": _AT_ONCE}
        )
        for row in rows:
            digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def _empty(target: Connection, tables: Iterable[Table]) -> None:
    if target.dialect.name == postgres.NAME:
        postgres.truncate(target, [table.name for table in tables])
        return
    for table in reversed(list(tables)):
        target.execute(table.delete())


def _copy(source: Connection, target: Connection, table: Table) -> None:
    columns = [column.name for column in table.columns]
    put = Statement(insert(table), *columns)
    rows = source.execute(select(table), execution_options={"yield_per": _AT_ONCE})
    for part in rows.partitions():
        bound = [put.bound(dict(zip(columns, row, strict=True)), target.dialect) for row in part]
        if target.dialect.name == postgres.NAME:
            postgres.copy_in(target, table.name, columns, bound)
        else:
            put.run_each(target, bound)


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
