"""Column types that SQLite and PostgreSQL store alike: instants and sets of numbers."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from sqlalchemy import String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from kiosk.domain.quotas import NumberRange, NumberSet

_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"
"""For reading: writing by it would leave the zeros of an early year out."""


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant as text of one width, so that text order is time order."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write an instant; one that does not know its zone is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant must know its zone")
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Read an instant."""
        return None if value is None else datetime.strptime(value, _FORMAT).replace(tzinfo=UTC)


class Numbers(TypeDecorator[NumberSet]):
    """A set of numbers as JSON ranges: [[1,3],[7,7]]."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: NumberSet | None, dialect: Dialect) -> str | None:
        """Write a set."""
        return None if value is None else json.dumps(ranges_of(value), separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> NumberSet | None:
        """Read a set."""
        return None if value is None else numbers_of(json.loads(value))


def ranges_of(numbers: NumberSet) -> list[tuple[int, int]]:
    """Return a set as it travels: ranges with both ends included."""
    return [(item.first, item.last) for item in numbers.ranges]


def numbers_of(ranges: list[tuple[int, int]]) -> NumberSet:
    """Return the set that travelling ranges mean; raises ValueError for a range that is none."""
    return NumberSet.of(NumberRange(first, last) for first, last in ranges)
