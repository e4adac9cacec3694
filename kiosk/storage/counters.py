"""Series of numbers that are never handed out twice: slips of a day, places in the order of the day."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.statements import Statement
from kiosk.storage.tables import counter

_LAST = Statement(select(counter.c.value).where(counter.c.name == bindparam("series")))
_ADDED = upsert(counter)
_RAISE = Statement(
    _ADDED.on_conflict_do_update(
        index_elements=["name"], set_={"value": func.max(counter.c.value, _ADDED.excluded.value)}
    )
)


class Counters:
    """The last number of each series; what a transaction used goes to the marker after its commit."""

    def __init__(self, connection: Connection) -> None:
        """Count within the transaction of `connection`."""
        self._connection = connection
        self.used: dict[str, int] = {}

    def following(self, series: str) -> int:
        """Return the number after the last one used; asking does not use it."""
        return (_LAST.scalar(self._connection, {"series": series}) or 0) + 1

    def use(self, series: str, number: int) -> None:
        """Remember that a number is used."""
        _RAISE.run(self._connection, {"name": series, "value": number})
        self.used[series] = max(number, self.used.get(series, 0))
