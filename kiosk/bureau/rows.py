"""Small statements every projection uses, written so that SQLite and PostgreSQL understand them alike."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from sqlalchemy import Connection, Insert, Select, Table, Update, and_, bindparam, insert, select, update

_KEY = "the_"
"""Before the names of key columns, since an update may not name a column twice."""


def put(
    connection: Connection, table: Table, key: Mapping[str, object], values: Mapping[str, object]
) -> None:
    """Insert a row or change the one of that key; there is one writer, so nobody comes between."""
    named = {_KEY + name: value for name, value in key.items()}
    if not values or connection.execute(_updating(table, tuple(key)), {**named, **values}).rowcount == 0:
        connection.execute(_inserting(table), {**key, **values})


def has(connection: Connection, table: Table, **key: object) -> bool:
    """Return whether a row of that key is there."""
    named = {_KEY + name: value for name, value in key.items()}
    return connection.execute(_finding(table, tuple(key)), named).first() is not None


# A statement is built once: that costs as much as running it.


@cache
def _updating(table: Table, names: tuple[str, ...]) -> Update:
    return update(table).where(and_(*(table.c[name] == bindparam(_KEY + name) for name in names)))


@cache
def _inserting(table: Table) -> Insert:
    return insert(table)


@cache
def _finding(table: Table, names: tuple[str, ...]) -> Select[tuple[int]]:
    condition = and_(*(table.c[name] == bindparam(_KEY + name) for name in names))
    return select(1).select_from(table).where(condition).limit(1)
