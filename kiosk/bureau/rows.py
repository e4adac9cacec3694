"""Small statements every projection uses, written so that SQLite and PostgreSQL understand them alike."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, Table, and_, insert, select, update


def put(
    connection: Connection, table: Table, key: Mapping[str, object], values: Mapping[str, object]
) -> None:
    """Insert a row or change the one of that key; there is one writer, so nobody comes between."""
    condition = and_(*(table.c[name] == value for name, value in key.items()))
    if not values or connection.execute(update(table).where(condition).values(**values)).rowcount == 0:
        connection.execute(insert(table).values(**key, **values))


def has(connection: Connection, table: Table, **key: object) -> bool:
    """Return whether a row of that key is there."""
    condition = and_(*(table.c[name] == value for name, value in key.items()))
    return connection.execute(select(1).select_from(table).where(condition).limit(1)).first() is not None
