"""Shapes: a JSON text is its shape, with holes, and the values in the holes; together they are the same text.

Entries of one type differ in their values alone, so many of them are one shape and a column for each hole.
Whatever the text is, joining gives it back: nothing depends on its being JSON.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kiosk.messages.columns import Column, Pool, Room, column_of, texts_in
from kiosk.messages.planes import PackedWrong

HOLE = "\0"
"""Where a value stands; a text that holds this sign itself is one value."""
_MOST_HOLES = 128
_VALUE = re.compile(
    r'(?<=[:\[,])("[^"\\]*+(?:\\.[^"\\]*+)*+"|\[[^\[\]{}]*+\]|[^"\[\]{},:]++)(?=[,\]}])', re.DOTALL
)


def taken_apart(text: str) -> tuple[str, list[str]]:
    """Return the shape of a text and its values in order."""
    parts = _VALUE.split(text)
    if HOLE in text or len(parts) > 2 * _MOST_HOLES:
        return HOLE, [text]
    return HOLE.join(parts[::2]), parts[1::2]


def columns_of(rows: Sequence[Sequence[str]], pool: Pool) -> list[Column]:
    """Return the values of texts of one shape as one column a hole."""
    return [column_of(values, pool) for values in zip(*rows, strict=True)]


def texts_of(shape: object, columns: object, count: int, pool: Pool, room: Room) -> list[str]:
    """Return so many texts of one shape. Raises PackedWrong, and TooMuch."""
    if not isinstance(shape, str) or not isinstance(columns, list) or shape.count(HOLE) != len(columns):
        raise PackedWrong("shape")
    room.take(2 * len(shape) * count)
    values = [texts_in(column, count, pool, room) for column in columns]
    if not values:
        return [shape] * count
    pattern = shape.replace("%", "%%").replace(HOLE, "%s")
    return [pattern % row for row in zip(*values, strict=True)]
