"""Columns: values of one kind side by side, kept as numbers or bytes where that gives the same text back.

| kind | what follows | for |
| --- | --- | --- |
| 0 raw | the texts | anything |
| 1 same | a column of one | values that are all alike |
| 2 distinct | a column of those that differ, places in it | values that come again and again |
| 3 nulls | where `null` stands, a column of the others | values that may be missing |
| 4 hex | prefix, suffix, bytes each, new ones, references | ids and hashes |
| 5 digits | prefix, suffix, width (0: none), steps | counters, slips, phones |
| 6 times | prefix, suffix, steps in microseconds | instants |
| 7 days | prefix, suffix, steps in days | days |
| 8 halves | a column of beginnings, one of ends | slips of two series, numbers that may end in X |
| 9 sealed | how many bytes each, the bytes | sealed fields, of several lengths |

Numbers are steps from one to the next, laid out as `planes` tells. Hex values are kept once a message: a
column says how far on in that list the next one stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import accumulate, pairwise
from operator import sub
from typing import Any

from kiosk.messages.planes import PackedWrong, numbers_in, planes_of, steps_in, steps_of

RAW, SAME, DISTINCT, NULLS, HEX, DIGITS, TIMES, DAYS, HALVES, SEALED = range(10)
_NULL = "null"
_HEX_RUN = re.compile(r"[0-9a-f]{8,}")
_DIGITS_AT_END = re.compile(r"([0-9]+)([^0-9]*)\Z")
_CARD_NUMBER = re.compile(r'"[0-9]{17}[0-9X]"')
_SEALED = re.compile(r'"(?:[0-9a-f]{2}){17,}"')
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOST_DIGITS = 18
_FEWEST_HALVED = 4
_LONGEST_LOOKED_AT = 128
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - the zone is a text that stays outside
_MICROSECOND = timedelta(microseconds=1)
_CELL_BYTES = 8

Column = list[Any]
"""One column as it is packed: its kind and what follows it."""


class TooMuch(PackedWrong):
    """What was packed would become larger than is allowed."""


@dataclass(slots=True)
class Room:
    """How many bytes unpacking may still build, so that a small message never becomes a huge one."""

    left: int

    def take(self, count: int) -> None:
        """Use some of it up. Raises TooMuch."""
        self.left -= count
        if self.left < 0:
            raise TooMuch("too large")


@dataclass(slots=True)
class Pool:
    """The hex values of one message, each kept once; packing asks by value, unpacking by place."""

    places: dict[bytes, int] = field(default_factory=dict)
    values: list[bytes] = field(default_factory=list)


def column_of(values: Sequence[str], pool: Pool) -> Column:
    """Return texts as a column; there is at least one."""
    first = values[0]
    if len(values) > 1:
        if values.count(first) == len(values):
            return [SAME, column_of(values[:1], pool)]
        if _NULL in values:
            others = [value for value in values if value != _NULL]
            return [NULLS, bytes(value == _NULL for value in values), column_of(others, pool)]
        distinct = dict.fromkeys(values)
        if 4 * len(distinct) <= len(values) + 4:
            places = {value: place for place, value in enumerate(distinct)}
            return [
                DISTINCT,
                len(distinct),
                column_of(list(distinct), pool),
                planes_of(map(places.__getitem__, values)),
            ]
    if len(first) <= _LONGEST_LOOKED_AT:
        for attempt in (_hex, _sealed, _times, _days, _digits, _halves):
            found = attempt(values, pool)
            if found is not None:
                return found
    return [RAW, list(values)]


def texts_in(column: object, count: int, pool: Pool, room: Room) -> list[str]:
    """Return so many texts of a column. Raises PackedWrong, and TooMuch."""
    if not isinstance(column, list) or not column or not isinstance(column[0], int):
        raise PackedWrong("column")
    room.take(_CELL_BYTES * count)
    kind, *parts = column
    if not 0 <= kind < len(_READERS):
        raise PackedWrong("kind of column")
    texts = _READERS[kind](parts, count, pool, room)
    if len(texts) != count:
        raise PackedWrong("length of a column")
    return texts


def _times(values: Sequence[str], _pool: Pool) -> Column | None:
    return _moments(TIMES, _TIME, values, _micros_of)


def _days(values: Sequence[str], _pool: Pool) -> Column | None:
    return _moments(DAYS, _DAY, values, _ordinal_of)


def _micros_of(text: str) -> int | None:
    moment = datetime.fromisoformat(text)
    return (moment - _EPOCH) // _MICROSECOND if moment.isoformat() == text else None


def _ordinal_of(text: str) -> int | None:
    day = date.fromisoformat(text)
    return day.toordinal() if day.isoformat() == text else None


def _moments(
    kind: int, pattern: re.Pattern[str], values: Sequence[str], number_of: Callable[[str], int | None]
) -> Column | None:
    found = pattern.search(values[0])
    if found is None:
        return None
    prefix, suffix = values[0][: found.start()], values[0][found.end() :]
    numbers = []
    for middle in _between(values, prefix, suffix):
        if pattern.fullmatch(middle) is None:
            return None
        try:
            number = number_of(middle)
        except ValueError:
            return None
        if number is None:
            return None
        numbers.append(number)
    return [kind, prefix, suffix, steps_of(numbers)] if len(numbers) == len(values) else None


def _between(values: Sequence[str], prefix: str, suffix: str) -> list[str]:
    """Return what stands between, of as many values as have both ends."""
    start, end, least = len(prefix), -len(suffix) or None, len(prefix) + len(suffix)
    return [
        value[start:end]
        for value in values
        if value.startswith(prefix) and value.endswith(suffix) and len(value) > least
    ]


def _digits(values: Sequence[str], _pool: Pool) -> Column | None:
    found = _DIGITS_AT_END.search(values[0])
    if found is None:
        return None
    prefix, suffix = values[0][: found.start(1)], found[2]
    if len(values) > 1:
        shared = _shared_beginning(values)
        prefix = shared if len(set(map(len, values))) == 1 else shared.rstrip("0123456789")
    middles = _between(values, prefix, suffix)
    joined = "".join(middles)
    if len(middles) != len(values) or not joined.isascii() or not joined.isdigit():
        return None
    widths = set(map(len, middles))
    width = widths.pop() if len(widths) == 1 else 0
    if max(width, *widths, 0) > _MOST_DIGITS:
        return None
    if not width and any(middle[0] == "0" != middle for middle in middles):
        return None
    return [DIGITS, prefix, suffix, width, steps_of([int(middle) for middle in middles])]


def _shared_beginning(values: Sequence[str]) -> str:
    least, most = min(values), max(values)
    differs = next((at for at, sign in enumerate(least) if most[at] != sign), len(least))
    return least[:differs]


def _hex(values: Sequence[str], pool: Pool) -> Column | None:
    found = _HEX_RUN.search(values[0])
    if found is None or found[0].isdigit() or len(found[0]) % 2 or len(set(map(len, values))) > 1:
        return None
    prefix, suffix = values[0][: found.start()], values[0][found.end() :]
    joined = "".join(_between(values, prefix, suffix))
    width = len(found[0]) // 2
    try:
        raw = bytes.fromhex(joined)
    except ValueError:
        return None
    if len(raw) != width * len(values) or raw.hex() != joined:
        return None
    fresh, steps, last = [], [], -1
    places = pool.places
    for at in range(0, len(raw), width):
        value = raw[at : at + width]
        place = places.get(value)
        if place is None:
            place = places[value] = len(places)
            fresh.append(value)
            steps.append(0)
        else:
            steps.append(place - last if place < last else place - last + 1)
        last = place
    return [HEX, prefix, suffix, width, b"".join(fresh), planes_of(steps)]


def _sealed(values: Sequence[str], _pool: Pool) -> Column | None:
    if not all(map(_SEALED.fullmatch, values)):
        return None
    raw = [bytes.fromhex(value[1:-1]) for value in values]
    return [SEALED, planes_of(map(len, raw)), b"".join(raw)]


def _halves(values: Sequence[str], pool: Pool) -> Column | None:
    """Cut before the number at the end, or before the last sign of a card's number."""
    found = _DIGITS_AT_END.search(values[0])
    if found is None or len(values) < _FEWEST_HALVED:
        return None
    is_card = all(map(_CARD_NUMBER.fullmatch, values))
    tail = 2 if is_card else len(values[0]) - found.start(1)
    if min(map(len, values)) < tail:
        return None
    heads, tails = [value[:-tail] for value in values], [value[-tail:] for value in values]
    if not is_card and (2 * len(set(heads)) > len(heads) or _digits(tails, pool) is None):
        return None
    return [HALVES, column_of(heads, pool), column_of(tails, pool)]


def _read_raw(parts: list[Any], _count: int, _pool: Pool, room: Room) -> list[str]:
    (texts,) = parts
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise PackedWrong("texts")
    room.take(sum(map(len, texts)))
    return texts


def _read_same(parts: list[Any], count: int, pool: Pool, room: Room) -> list[str]:
    (column,) = parts
    (text,) = texts_in(column, 1, pool, room)
    room.take(len(text) * count)
    return [text] * count


def _read_distinct(parts: list[Any], count: int, pool: Pool, room: Room) -> list[str]:
    many, column, places = parts
    if not isinstance(many, int) or not 0 < many <= count:
        raise PackedWrong("distinct texts")
    texts = texts_in(column, many, pool, room)
    found = numbers_in(places, count)
    if min(found) < 0:
        raise PackedWrong("distinct texts")
    chosen = [texts[place] for place in found]
    room.take(sum(map(len, chosen)))
    return chosen


def _read_nulls(parts: list[Any], count: int, pool: Pool, room: Room) -> list[str]:
    where, column = parts
    if not isinstance(where, bytes) or len(where) != count or not 0 < where.count(0) < count:
        raise PackedWrong("nulls")
    others = iter(texts_in(column, where.count(0), pool, room))
    return [_NULL if is_null else next(others) for is_null in where]


def _read_hex(parts: list[Any], count: int, pool: Pool, room: Room) -> list[str]:
    prefix, suffix, width, fresh, steps = parts
    _check_ends(prefix, suffix, count, room)
    if not isinstance(width, int) or width < 1 or not isinstance(fresh, bytes):
        raise PackedWrong("hex")
    room.take(2 * width * count)
    news = iter([fresh[at : at + width] for at in range(0, len(fresh), width)])
    values, texts, last = pool.values, [], -1
    for step in numbers_in(steps, count):
        if step == 0:
            last = len(values)
            values.append(next(news))
        else:
            last += step if step < 0 else step - 1
            if last < 0:
                raise PackedWrong("hex")
        texts.append(f"{prefix}{values[last].hex()}{suffix}")
    return texts


def _read_digits(parts: list[Any], count: int, _pool: Pool, room: Room) -> list[str]:
    prefix, suffix, width, steps = parts
    _check_ends(prefix, suffix, count, room)
    if not isinstance(width, int) or not 0 <= width <= _MOST_DIGITS:
        raise PackedWrong("digits")
    return [f"{prefix}{number:0{width}d}{suffix}" for number in steps_in(steps, count)]


def _read_times(parts: list[Any], count: int, _pool: Pool, room: Room) -> list[str]:
    prefix, suffix, steps = parts
    _check_ends(prefix, suffix, count, room)
    return [
        f"{prefix}{(_EPOCH + timedelta(microseconds=number)).isoformat()}{suffix}"
        for number in steps_in(steps, count)
    ]


def _read_days(parts: list[Any], count: int, _pool: Pool, room: Room) -> list[str]:
    prefix, suffix, steps = parts
    _check_ends(prefix, suffix, count, room)
    return [f"{prefix}{date.fromordinal(number).isoformat()}{suffix}" for number in steps_in(steps, count)]


def _read_halves(parts: list[Any], count: int, pool: Pool, room: Room) -> list[str]:
    heads, tails = parts
    texts = zip(texts_in(heads, count, pool, room), texts_in(tails, count, pool, room), strict=True)
    return [head + tail for head, tail in texts]


def _read_sealed(parts: list[Any], count: int, _pool: Pool, room: Room) -> list[str]:
    lengths, raw = parts
    if not isinstance(raw, bytes):
        raise PackedWrong("sealed")
    room.take(2 * len(raw))
    ends = list(accumulate(numbers_in(lengths, count), initial=0))
    if ends[-1] != len(raw) or min(map(sub, ends[1:], ends), default=0) < 0:
        raise PackedWrong("sealed")
    return [f'"{raw[start:end].hex()}"' for start, end in pairwise(ends)]


def _check_ends(prefix: object, suffix: object, count: int, room: Room) -> None:
    if not isinstance(prefix, str) or not isinstance(suffix, str):
        raise PackedWrong("ends")
    room.take((len(prefix) + len(suffix) + 32) * count)


_READERS: tuple[Callable[[list[Any], int, Pool, Room], list[str]], ...] = (
    _read_raw,
    _read_same,
    _read_distinct,
    _read_nulls,
    _read_hex,
    _read_digits,
    _read_times,
    _read_days,
    _read_halves,
    _read_sealed,
)
