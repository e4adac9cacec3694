"""Statements compiled once: SQLAlchemy writes the SQL and knows the types, the driver alone runs it.

`Connection.execute` works out anew at each run what it will send and how to read what comes back, some 80 µs
for a row that the database itself finds in five. Everything between a tap and its commit goes this way, and
all that the bureau does in a round. What the driver raises passes as it is.

One statement serves either database: it is compiled once for SQLite, and once more for the dialect of a
connection that speaks another one, whose driver takes its values in the order of their places, too.

    _BY_ID = Statement(select(worker).where(worker.c.id == bindparam("id")))
    row = _BY_ID.first(connection, {"id": worker_id})  # read by the names of its columns

Whoever listens to the engine's `before_cursor_execute` hears these statements like all others.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import Any, Protocol

from sqlalchemy import ClauseElement, Connection, Dialect
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeEngine

_DIALECT = sqlite.dialect()
_FEWEST_PICKED = 2
_AT_A_TIME = 500
"""Of a single name `itemgetter` returns the value alone."""

Values = Mapping[str, Any]
Row = Any
"""One row of an answer, with its columns as attributes."""

Bound = tuple[Any, ...]
"""The values of one run in the order of the question marks, as the driver takes them."""

UNSENT = "unsent"
"""Where a connection keeps what it has not sent yet, in its `info`."""


class Unsent(Protocol):
    """What a connection shall write, kept until somebody waits for an answer anyway."""

    def add(self, sql: str, bound: Bound) -> None:
        """Keep a statement that nobody waits for."""

    def send(self) -> None:
        """Send what is kept, in its order; what the driver raises of any of it passes."""

    def ask(self, sql: str, bound: Bound) -> Any:  # noqa: ANN401 - the drivers have no types in common
        """Keep a question, too; return the driver's cursor, which has the answer when all is sent."""

    def foresee(self, sql: str, bound: Bound) -> None:
        """Keep a question that will be asked with these words; the answer waits for it, once."""

    def forget(self) -> None:
        """Ask anew what was foreseen: something is written that may change it."""


_Change = Callable[[Any], Any]
_Changes = tuple[tuple[int, _Change], ...]
"""What changes the value at a place of a row."""

_Mark = tuple[str | None, Any, _Change | None]
"""What goes to one question mark: the value of this name, else the fixed one; changed by its type."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: str
    bind: Callable[[Values], Bound]
    row: Callable[[Iterable[Any]], Row]
    changes: _Changes
    """The columns, by their place, whose type the driver does not know."""

    def rows(self, cursor: Any) -> list[Row]:  # noqa: ANN401 - the drivers have no types in common
        """Return all that a cursor of the driver has."""
        found = cursor.fetchall()
        if self.changes:
            found = [_changed(row, self.changes) for row in found]
        return [self.row(row) for row in found]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question under way, and its answer as soon as somebody reads it; once."""

    _compiled: _Compiled
    _cursor: Any
    _unsent: Unsent

    def all(self) -> list[Row]:
        """Return every row."""
        self._unsent.send()
        return self._compiled.rows(self._cursor)


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that was answered at once, since nothing is gained by waiting."""

    _rows: list[Row]

    def all(self) -> list[Row]:
        """Return every row."""
        return self._rows


class Statement:
    """One statement with named values, compiled at its first run.

    `columns` names what an insert without values of its own shall write. Rows have their columns as
    attributes; their types are as SQLAlchemy would return them.
    """

    def __init__(self, core: ClauseElement, *columns: str) -> None:
        """Keep a construct of SQLAlchemy; lists whose length differs from run to run are not for here."""
        self._core = core
        self._columns = columns
        self._by_dialect: dict[str, _Compiled] = {}

    def all(self, connection: Connection, values: Values = {}) -> list[Row]:  # noqa: B006 - never changed
        """Return every row."""
        compiled = self._compiled(connection.dialect)
        return compiled.rows(_run(connection, compiled, values))

    def ask(self, connection: Connection, values: Values = {}) -> Asked | Answered:  # noqa: B006 - as above
        """Ask, and wait for the answer only when it is read: what is asked till then goes with it."""
        compiled = self._compiled(connection.dialect)
        unsent: Unsent | None = connection.info.get(UNSENT)
        if unsent is None:
            return Answered(compiled.rows(_run(connection, compiled, values)))
        bound = compiled.bind(values)
        _tell(connection, compiled.sql, bound, is_many=False)
        return Asked(compiled, unsent.ask(compiled.sql, bound), unsent)

    def foresee(self, connection: Connection, values: Values = {}) -> None:  # noqa: B006 - as above
        """Ask now what is going to be asked with the same values before anything is written.

        Many questions foreseen go in one journey. Where there is no journey nothing is done.
        """
        unsent: Unsent | None = connection.info.get(UNSENT)
        if unsent is not None:
            compiled = self._compiled(connection.dialect)
            unsent.foresee(compiled.sql, compiled.bind(values))

    def each(self, connection: Connection, values: Values = {}) -> Iterator[Row]:  # noqa: B006 - as above
        """Yield every row, some at a time: of very many, never all are held."""
        compiled = self._compiled(connection.dialect)
        cursor = _run(connection, compiled, values)
        while found := cursor.fetchmany(_AT_A_TIME):
            for row in found:
                yield compiled.row(_changed(row, compiled.changes) if compiled.changes else row)

    def first(self, connection: Connection, values: Values = {}) -> Row | None:  # noqa: B006 - as above
        """Return the one row there is, or None."""
        compiled = self._compiled(connection.dialect)
        found = _run(connection, compiled, values).fetchone()
        if found is None:
            return None
        return compiled.row(_changed(found, compiled.changes) if compiled.changes else found)

    def scalar(self, connection: Connection, values: Values = {}) -> Any | None:  # noqa: ANN401, B006 - as above
        """Return the first column of the one row there is, or None."""
        found = self.first(connection, values)
        return None if found is None else found[0]

    def send(self, connection: Connection, values: Values = {}) -> None:  # noqa: B006 - as above
        """Write, and wait for no word of it where the connection keeps what is unsent.

        A fault comes with the next statement that is answered, or before the transaction ends.
        """
        compiled = self._compiled(connection.dialect)
        unsent: Unsent | None = connection.info.get(UNSENT)
        if unsent is None:
            _run(connection, compiled, values)
            return
        bound = compiled.bind(values)
        _tell(connection, compiled.sql, bound, is_many=False)
        unsent.add(compiled.sql, bound)

    def run(self, connection: Connection, values: Values = {}) -> int:  # noqa: B006 - as above
        """Write, and return how many rows it changed."""
        unsent: Unsent | None = connection.info.get(UNSENT)
        if unsent is not None:
            unsent.forget()
        count: int = _run(connection, self._compiled(connection.dialect), values).rowcount
        return count

    def run_each(self, connection: Connection, many: Sequence[Bound]) -> int:
        """Write once for each of many values, bound before; return how many rows all of them changed."""
        if not many:
            return 0
        send_unsent(connection)
        sql = self._compiled(connection.dialect).sql
        _tell(connection, sql, many, is_many=True)
        with closing(driver_of(connection).cursor()) as cursor:
            cursor.executemany(sql, many)
            count: int = cursor.rowcount
        return count

    def bound(self, values: Values, dialect: Dialect = _DIALECT) -> Bound:
        """Return values as the driver of a dialect takes them; KeyError when one is not there."""
        return self._compiled(dialect).bind(values)

    def _compiled(self, dialect: Dialect) -> _Compiled:
        known = self._by_dialect.get(dialect.name)
        return known or self._by_dialect.setdefault(dialect.name, self._compile(dialect))

    def _compile(self, dialect: Dialect) -> _Compiled:
        compiled: Any = self._core.compile(dialect=dialect, column_keys=list(self._columns) or None)
        columns = _columns_of(self._core)
        row = namedtuple("Row", [column.name for column in columns], rename=True)  # type: ignore[misc]
        changes = ((at, _from_driver(column.type, dialect)) for at, column in enumerate(columns))
        return _Compiled(
            sql=compiled.string,
            bind=_binding([_mark(compiled, name, dialect) for name in compiled.positiontup or ()]),
            row=row._make,
            changes=tuple((at, change) for at, change in changes if change is not None),
        )


def send_unsent(connection: Connection) -> None:
    """Send what a connection has kept, as everything does that goes to the driver itself."""
    unsent: Unsent | None = connection.info.get(UNSENT)
    if unsent is not None:
        unsent.forget()
        unsent.send()


def driver_of(connection: Connection) -> Any:  # noqa: ANN401 - the drivers have no types in common
    """Return the driver's own connection."""
    return connection.connection.driver_connection


def _run(connection: Connection, compiled: _Compiled, values: Values) -> Any:  # noqa: ANN401 - as above
    bound = compiled.bind(values)
    _tell(connection, compiled.sql, bound, is_many=False)
    unsent: Unsent | None = connection.info.get(UNSENT)
    if unsent is not None:
        cursor = unsent.ask(compiled.sql, bound)
        unsent.send()
        return cursor
    return driver_of(connection).execute(compiled.sql, bound)


def _columns_of(core: Any) -> Sequence[Any]:  # noqa: ANN401 - selects and writing statements share no base
    if getattr(core, "is_select", False):
        return tuple(core.selected_columns)
    return tuple(getattr(core, "_returning", ()))


def _mark(compiled: Any, name: str, dialect: Dialect) -> _Mark:  # noqa: ANN401 - the compiler's own classes
    bind = compiled.binds[name]
    change = bind.type.dialect_impl(dialect).bind_processor(dialect)
    if bind.required:
        return name, None, change
    fixed = bind.effective_value
    return None, fixed if change is None else change(fixed), None


def _binding(marks: Sequence[_Mark]) -> Callable[[Values], Bound]:
    """Return what puts values in the order of the question marks and changes those whose type asks."""
    names = [name for name, _, _ in marks if name is not None]
    changes = tuple((at, change) for at, (name, _, change) in enumerate(marks) if name is not None and change)
    if len(names) < len(marks) or len(names) < _FEWEST_PICKED:
        return partial(_bound_one_by_one, tuple(marks))
    pick = itemgetter(*names)
    return partial(_bound_at_once, pick, changes) if changes else pick


def _bound_one_by_one(marks: Sequence[_Mark], values: Values) -> Bound:
    return tuple(
        [
            fixed if name is None else values[name] if change is None else change(values[name])
            for name, fixed, change in marks
        ]
    )


def _bound_at_once(pick: Callable[[Values], Bound], changes: _Changes, values: Values) -> Bound:
    return tuple(_changed(pick(values), changes))


def _from_driver(kind: TypeEngine[Any], dialect: Dialect) -> _Change | None:
    change: _Change | None = kind.dialect_impl(dialect).result_processor(dialect, None)
    return change


def _changed(row: Sequence[Any], changes: _Changes) -> list[Any]:
    values = list(row)
    for at, change in changes:
        values[at] = change(values[at])
    return values


def _tell(connection: Connection, sql: str, values: Any, *, is_many: bool) -> None:  # noqa: ANN401 - one or many
    for hear in connection.engine.dispatch.before_cursor_execute:
        hear(connection, None, sql, values, None, is_many)
