"""Small statements that every round uses, compiled once and known by table and names of columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert  # SQLite's dialect writes it as well
from sqlalchemy.sql.elements import ColumnElement

from kiosk.statements import Statement

_KEY = "the_"
"""Before the names of key columns, since an update may not name a column twice."""


def add(connection: Connection, table: Table, values: Mapping[str, object]) -> None:
    """Insert a row; that it contradicts others may be raised later, as of every `Statement.send`."""
    _inserting(table, tuple(values)).send(connection, values)


def add_if_new(connection: Connection, table: Table, values: Mapping[str, object], *key: str) -> None:
    """Insert a row unless there is one with its values in the columns of that unique key."""
    _adding(table, key, tuple(values)).send(connection, values)


def change(
    connection: Connection, table: Table, key: Mapping[str, object], values: Mapping[str, object]
) -> None:
    """Change the rows of that key, if there are any; its fault may be raised later, too."""
    _updating(table, tuple(key), tuple(values)).send(connection, {**_named(key), **values})


def changed(
    connection: Connection, table: Table, key: Mapping[str, object], values: Mapping[str, object]
) -> int:
    """Change the rows of that key and return how many they were."""
    return _updating(table, tuple(key), tuple(values)).run(connection, {**_named(key), **values})


def put(
    connection: Connection, table: Table, key: Mapping[str, object], values: Mapping[str, object]
) -> None:
    """Insert a row or change the one of that key.

    Where `values` are not enough for a new row, nobody else may write of that key meanwhile.
    """
    at_once = _putting(table, tuple(key), tuple(values))
    if at_once is not None:
        at_once.send(connection, {**key, **values})
    elif not values or changed(connection, table, key, values) == 0:
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
def _adding(table: Table, key: tuple[str, ...], names: tuple[str, ...]) -> Statement:
    return Statement(upsert(table).on_conflict_do_nothing(index_elements=key), *names)


@cache
def _putting(table: Table, key: tuple[str, ...], changed: tuple[str, ...]) -> Statement | None:
    """Return what inserts or changes a row in one statement, None where such a row might lack a value."""
    given = {*key, *changed}
    lacks = any(
        column.name not in given and not column.nullable and column.server_default is None
        for column in table.c
    )
    if lacks or not changed or set(key) != {column.name for column in table.primary_key}:
        return None
    told = upsert(table)
    values = {name: told.excluded[name] for name in changed}
    return Statement(told.on_conflict_do_update(index_elements=key, set_=values), *key, *changed)


@cache
def _finding(table: Table, names: tuple[str, ...]) -> Statement:
    return Statement(select(table.c[names[0]]).where(_is(table, names)).limit(1))


def _is(table: Table, names: tuple[str, ...]) -> ColumnElement[bool]:
    return and_(*(table.c[name] == bindparam(_KEY + name) for name in names))
