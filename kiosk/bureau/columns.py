"""Column types that SQLite and PostgreSQL store alike: instants and sets of numbers."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy import String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from kiosk.domain.quotas import NumberSet


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
        return None if value is None else datetime.fromisoformat(value)


class Numbers(TypeDecorator[NumberSet]):
    """A set of numbers as JSON ranges: [[1,3],[7,7]]."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: NumberSet | None, dialect: Dialect) -> str | None:
        """Write a set."""
        return None if value is None else json.dumps(value.pairs, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> NumberSet | None:
        """Read a set."""
        return None if value is None else _numbers_in(value)


@lru_cache(maxsize=4096)
def _numbers_in(text: str) -> NumberSet:
    """Read a set; each round reads the same ones again, and nobody can change one."""
    return NumberSet.of_pairs(json.loads(text))
