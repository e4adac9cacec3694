"""Small statements that every round uses, compiled once and known by table and names of columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from kiosk.statements import Statement

_KEY = "the_"
"""Before the names of key columns, since an update may not name a column twice."""


def add(connection: Connection, table: Table, values: Mapping[str, object]) -> None:
    """Insert a row."""
    _inserting(table, tuple(values)).run(connection, values)


def change(
    connection: Connection, table: Table, key: Mapping[str, object], values: Mapping[str, object]
) -> int:
    """Change the rows of that key and return how many they were."""
    return _updating(table, tuple(key), tuple(values)).run(connection, {**_named(key), **values})


def put(
    connection: Connection, table: Table, key: Mapping[str, object], values: Mapping[str, object]
) -> None:
    """Insert a row or change the one of that key; there is one writer, so nobody comes between."""
    if not values or change(connection, table, key, values) == 0:
        add(connection, table, {**key, **values})


def has(connection: Connection, table: Table, **key: object) -> bool:
    """Return whether a row of that key is there."""
    return _finding(table, tuple(key)).first(connection, _named(key)) is not None


def _named(key: Mapping[str, object]) -> dict[str, object]:
    return {_KEY + name: value for name, value in key.items()}


@cache
def _updating(table: Table, names: tuple[str, ...], changed: tuple[str, ...]) -> Statement:
    values: dict[str, Any] = {name: bindparam(name) for name in changed}
    return Statement(update(table).where(_is(table, names)).values(values))


@cache
def _inserting(table: Table, names: tuple[str, ...]) -> Statement:
    return Statement(insert(table), *names)


@cache
def _finding(table: Table, names: tuple[str, ...]) -> Statement:
    return Statement(select(table.c[names[0]]).where(_is(table, names)).limit(1))


def _is(table: Table, names: tuple[str, ...]) -> ColumnElement[bool]:
    return and_(*(table.c[name] == bindparam(_KEY + name) for name in names))
