"""What SQLite and PostgreSQL say in different words: lists of names, and fields of JSON text."""

from __future__ import annotations

from typing import Any, Self

from sqlalchemy import Boolean, ColumnElement, Select, String, bindparam, column, literal_column, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeEngine


class _Listed(FunctionElement[str]):
    """The texts of a JSON list as rows."""

    inherit_cache = True
    name = "listed"


class _Among(FunctionElement[bool]):
    """Whether a column has one of the values of a query."""

    inherit_cache = True
    name = "among"
    type: TypeEngine[Any] = Boolean()

    def self_group(self, against: OperatorType | None = None) -> Self:
        """Stand as it is: `IN (…) = 1`, as SQLite's want of booleans would have it, uses no index."""
        return self


class _FieldOf(FunctionElement[str]):
    """A field of a JSON text as text; its path is part of the statement and comes from no outside."""

    inherit_cache = True
    name = "field_of"
    type: TypeEngine[Any] = String()


class _ByBytes(FunctionElement[str]):
    """A text that sorts by its bytes, as every column does."""

    inherit_cache = True
    name = "by_bytes"
    type: TypeEngine[Any] = String()


def by_bytes(text: ColumnElement[str]) -> ColumnElement[str]:
    """Return a value that sorts as columns do, where PostgreSQL wants to be told."""
    return _ByBytes(text)


def listed(name: str) -> Select[tuple[str]]:
    """Return the texts of the JSON list bound under a name, to look for with `among` or to join with.

    A list whose length differs from run to run makes one statement this way.
    """
    values: Any = _Listed(bindparam(name, type_=String)).table_valued(column("value", String))
    return select(values.c.value)


def among(column: ColumnElement[str], values: Select[tuple[str]]) -> ColumnElement[bool]:
    """Return whether a column has one of a few values that a query gives.

    PostgreSQL takes such a query for a hundred rows, and reads a whole table rather than look for each in an
    index. Of an array it expects what it is here: a few.
    """
    return _Among(column, values.scalar_subquery())


def field_of(text: ColumnElement[str], *path: str) -> ColumnElement[str]:
    """Return a field of a JSON text, NULL where there is none and of an empty text."""
    return _FieldOf(text, literal_column(".".join(path)))


@compiles(_Listed, "sqlite")
def _listed_in_sqlite(element: _Listed, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 - as it calls
    return f"json_each({compiler.process(element.clauses, **kw)})"


@compiles(_Listed, "postgresql")
def _listed_in_postgres(element: _Listed, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 - as above
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **kw)} AS json))"


@compiles(_Among, "sqlite")
def _among_in_sqlite(element: _Among, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 - as above
    value, values = element.clauses
    return f"{compiler.process(value, **kw)} IN {compiler.process(values, **kw)}"


@compiles(_Among, "postgresql")
def _among_in_postgres(element: _Among, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 - as above
    value, values = element.clauses
    return f"{compiler.process(value, **kw)} = ANY(ARRAY{compiler.process(values, **kw)})"


@compiles(_FieldOf, "sqlite")
def _field_in_sqlite(element: _FieldOf, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 - as above
    text, path = element.clauses
    return f"json_extract({compiler.process(text, **kw)}, '$.{_words(path)}')"


@compiles(_FieldOf, "postgresql")
def _field_in_postgres(element: _FieldOf, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 - as above
    text, path = element.clauses
    steps = _words(path).replace(".", ",")
    # What is gone has an empty body, and nobody promises that the other conditions are asked first.
    return f"CAST(NULLIF({compiler.process(text, **kw)}, '') AS json) #>> '{{{steps}}}'"


@compiles(_ByBytes, "sqlite")
def _by_bytes_in_sqlite(element: _ByBytes, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 - as above
    return compiler.process(element.clauses, **kw)


@compiles(_ByBytes, "postgresql")
def _by_bytes_in_postgres(element: _ByBytes, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 - as above
    return f'{compiler.process(element.clauses, **kw)} COLLATE "C"'


def _words(path: Any) -> str:  # noqa: ANN401 - a clause, whose kind the list does not tell
    words: str = path.name
    assert words.replace(".", "").replace("_", "").isalnum()
    return words
