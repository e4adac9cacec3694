"""Everything of a message that is no entry and no row, as values of msgpack and back to values of JSON.

| mark | stands for |
| --- | --- |
| extension 1 | lower-case hex digits |
| extension 2 | a UUID with its dashes |
| extension 3 | a text and hex digits behind it, a nought between |
| extension 4 | an instant of UTC, in microseconds |
| extension 5 | a whole number beyond 64 bits, as a text |
| `{"": [0, count, {name: values}]}` | a list of objects that have the same names |
| `{"": [1, count, names, numbers]}` | an object of whole numbers |
| `{"": [2, [[name, value], …]]}` | an object in which a name is empty |

Values of a list of objects are a column of texts (a list), steps of numbers (bytes), or `{"r": ranges}` or
`{"v": values}`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from msgpack import ExtType

from kiosk.messages.columns import Pool, Room, column_of, texts_in
from kiosk.messages.planes import PackedWrong, numbers_in, planes_of, steps_in, steps_of

_HEX, _UUID, _BEHIND, _INSTANT, _LARGE = 1, 2, 3, 4, 5
_TABLE, _COUNTS, _OBJECT = 0, 1, 2
_MARK = ""
_FEWEST_COUNTS = 4
_HEX_TEXT = re.compile(r"([^\0]*?)((?:[0-9a-f]{2}){8,64})", re.DOTALL)
_UUID_TEXT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_INSTANT_TEXT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{6})?Z")
_LONGEST_LOOKED_AT = 256
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - the letter of UTC is written by hand
_MICROSECOND = timedelta(microseconds=1)
_SAFE = range(-(2**63), 2**64)
_MOST_ROWS = 100_000


def squeezed(value: object, pool: Pool) -> object:
    """Return a value of JSON as one of msgpack that says the same in fewer bytes."""
    if isinstance(value, str):
        return _squeezed_text(value) if len(value) <= _LONGEST_LOOKED_AT else value
    if isinstance(value, bool) or value is None or isinstance(value, float):
        return value
    if isinstance(value, int):
        return value if value in _SAFE else ExtType(_LARGE, str(value).encode())
    if isinstance(value, Mapping):
        return _squeezed_object(value, pool)
    assert isinstance(value, Sequence)
    names = list(value[0]) if len(value) > 1 and isinstance(value[0], Mapping) else []
    if names and all(isinstance(item, Mapping) and list(item) == names for item in value):
        table = {name: _squeezed_column([item[name] for item in value], pool) for name in names}
        return {_MARK: [_TABLE, len(value), table]}
    return [squeezed(item, pool) for item in value]


def released(value: object, pool: Pool, room: Room) -> Any:  # noqa: ANN401 - a value of JSON
    """Return the value of JSON that was squeezed. Raises PackedWrong, and TooMuch."""
    if isinstance(value, list):
        return [released(item, pool, room) for item in value]
    if not isinstance(value, dict):
        return value
    if _MARK not in value:
        return {name: released(item, pool, room) for name, item in value.items()}
    kind, *parts = value[_MARK]
    if kind == _TABLE:
        return _released_table(parts, pool, room)
    if kind == _COUNTS:
        count, names, numbers = parts
        _check_count(count)
        return dict(zip(texts_in(names, count, pool, room), steps_in(numbers, count), strict=True))
    if kind != _OBJECT:
        raise PackedWrong("mark")
    return {name: released(item, pool, room) for name, item in parts[0]}


def extension(code: int, content: bytes) -> object:
    """Return what an extension of msgpack stands for. Raises PackedWrong."""
    if code == _HEX:
        return content.hex()
    if code == _UUID:
        digits = content.hex()
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
    if code == _BEHIND:
        text, _, behind = content.partition(b"\0")
        return text.decode() + behind.hex()
    if code == _INSTANT:
        return (_EPOCH + int.from_bytes(content, "big", signed=True) * _MICROSECOND).isoformat() + "Z"
    if code == _LARGE:
        return int(content)
    raise PackedWrong("extension")


def _squeezed_text(text: str) -> object:
    if _UUID_TEXT.fullmatch(text):
        return ExtType(_UUID, bytes.fromhex(text.replace("-", "")))
    if _INSTANT_TEXT.fullmatch(text):
        return _squeezed_instant(text)
    found = _HEX_TEXT.fullmatch(text)
    if found is None:
        return text
    if not found[1]:
        return ExtType(_HEX, bytes.fromhex(found[2]))
    return ExtType(_BEHIND, found[1].encode() + b"\0" + bytes.fromhex(found[2]))


def _squeezed_instant(text: str) -> object:
    try:
        moment = datetime.fromisoformat(text[:-1])
    except ValueError:
        return text
    if moment.isoformat() + "Z" != text:
        return text
    micros = (moment - _EPOCH) // _MICROSECOND
    return ExtType(_INSTANT, micros.to_bytes(8, "big", signed=True))


def _squeezed_object(value: Mapping[str, object], pool: Pool) -> object:
    if len(value) >= _FEWEST_COUNTS and all(map(_is_number, value.values())):
        numbers = [number for number in value.values() if isinstance(number, int)]
        return {_MARK: [_COUNTS, len(value), column_of(list(value), pool), steps_of(numbers)]}
    if _MARK in value:
        return {_MARK: [_OBJECT, [[name, squeezed(item, pool)] for name, item in value.items()]]}
    return {name: squeezed(item, pool) for name, item in value.items()}


def _squeezed_column(values: list[Any], pool: Pool) -> object:
    if all(isinstance(value, str) for value in values):
        return column_of(values, pool)
    if all(map(_is_number, values)):
        return steps_of(values)
    if all(isinstance(value, list) and all(map(_is_pair, value)) for value in values):
        ends = list(chain.from_iterable(chain.from_iterable(values)))
        return {"r": [planes_of(map(len, values)), steps_of(ends)]}
    return {"v": [squeezed(value, pool) for value in values]}


def _is_number(value: object) -> bool:
    return type(value) is int


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_number, value))


def _released_table(parts: list[Any], pool: Pool, room: Room) -> list[dict[str, Any]]:
    count, table = parts
    _check_count(count)
    assert isinstance(count, int)
    if not isinstance(table, dict) or not table:
        raise PackedWrong("table")
    columns = [_released_column(packed, count, pool, room) for packed in table.values()]
    return [dict(zip(table, row, strict=True)) for row in zip(*columns, strict=True)]


def _released_column(packed: object, count: int, pool: Pool, room: Room) -> list[Any]:
    if isinstance(packed, list):
        return texts_in(packed, count, pool, room)
    if isinstance(packed, bytes):
        return steps_in(packed, count)
    if not isinstance(packed, dict):
        raise PackedWrong("column")
    if "r" in packed:
        return _released_ranges(packed["r"], count)
    values: list[Any] = released(packed["v"], pool, room)
    return values


def _released_ranges(packed: list[Any], count: int) -> list[list[list[int]]]:
    many, ends = packed
    lengths = numbers_in(many, count)
    numbers = iter(steps_in(ends, 2 * sum(lengths)))
    return [[[next(numbers), next(numbers)] for _ in range(length)] for length in lengths]


def _check_count(count: object) -> None:
    if not isinstance(count, int) or not 0 < count <= _MOST_ROWS:
        raise PackedWrong("count")
