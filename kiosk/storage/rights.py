"""Numbers this stream may hand out: each is granted once, spent once, and never free again by itself.

A number given back stays spent here: the bureau alone knows when its paper is gone, and grants it anew.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, and_, bindparam, exists, func, insert, literal, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlcipher3 import dbapi2

from kiosk.actions.faults import IntegrityFault
from kiosk.domain.ids import PlacementId, QuotaId
from kiosk.domain.placements import SpentNumber
from kiosk.domain.quotas import NumberRange, NumberSet
from kiosk.storage.openings import refresh_openings
from kiosk.storage.statements import Statement
from kiosk.storage.tables import quota, right, spent_number

_GRANTED = Statement(select(right.c.first, right.c.last).where(right.c.quota == bindparam("quota")))
_SPENT = Statement(select(spent_number.c.number).where(spent_number.c.quota == bindparam("quota")))
_IN_RANGE = and_(
    spent_number.c.quota == right.c.quota, spent_number.c.number.between(right.c.first, right.c.last)
)
_SPENT_OF_RANGES = Statement(
    select(
        right.c.first,
        right.c.last,
        func.count(spent_number.c.number).label("spent"),
        func.max(spent_number.c.number).label("highest"),
    )
    .outerjoin(spent_number, _IN_RANGE)
    .where(right.c.quota == bindparam("quota"))
    .group_by(right.c.first)
    .order_by(right.c.first)
)
_IS_GRANTED = exists().where(
    right.c.quota == bindparam("in_quota"),
    right.c.first <= bindparam("in_number"),
    right.c.last >= bindparam("in_number"),
)
_SPEND = Statement(
    insert(spent_number).from_select(
        ["quota", "number", "placement", "is_given_back"],
        select(
            bindparam("in_quota", type_=quota.c.id.type),
            bindparam("in_number", type_=spent_number.c.number.type),
            bindparam("by", type_=spent_number.c.placement.type),
            literal(0),
        ).where(_IS_GRANTED),
    )
)
_COUNT_DOWN = Statement(
    update(quota)
    .where(quota.c.id == bindparam("spent_of"))
    .values(here=quota.c.here - 1, open_at_bureau=func.max(quota.c.open_at_bureau - 1, 0))
)
_GIVE_BACK = Statement(
    update(spent_number)
    .where(
        spent_number.c.quota == bindparam("of"),
        spent_number.c.number == bindparam("nth"),
        spent_number.c.is_given_back.is_(False),
    )
    .values(is_given_back=True)
)
_HELD = select(right.c.quota).distinct().order_by(right.c.quota)


class SqlRights:
    """The rights of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection

    def free(self, of: QuotaId) -> NumberSet:
        """Return the numbers granted to this stream and not spent."""
        return granted_numbers(self._connection, of) - spent_numbers(self._connection, of)

    def lowest_free(self, of: QuotaId) -> int | None:
        """Return the lowest of `free`, or None; where numbers went in order, counting them tells it."""
        for granted in _SPENT_OF_RANGES.all(self._connection, {"quota": of}):
            following: int = granted.first + granted.spent
            if following > granted.last:
                continue
            has_gap = granted.spent > 0 and granted.highest >= following
            return next(iter(self.free(of))) if has_gap else following
        return None

    def spend(self, spent: SpentNumber, placement: PlacementId) -> None:
        """Mark a number as spent; raises IntegrityFault when it is spent already or was never granted."""
        values = {"in_quota": spent.quota, "in_number": spent.number, "by": placement}
        try:
            added = _SPEND.run(self._connection, values)
        except dbapi2.IntegrityError as error:
            raise IntegrityFault(f"number {spent.number} of {spent.quota} is spent already") from error
        if added != 1:
            raise IntegrityFault(f"number {spent.number} of {spent.quota} was never granted")
        _COUNT_DOWN.run(self._connection, {"spent_of": spent.quota})
        refresh_openings(self._connection, [spent.quota])

    def give_back(self, spent: SpentNumber) -> None:
        """Mark a spent number as given back; raises IntegrityFault when it is not held."""
        values = {"of": spent.quota, "nth": spent.number}
        if _GIVE_BACK.run(self._connection, values) != 1:
            raise IntegrityFault(f"number {spent.number} of {spent.quota} is not held")


def granted_numbers(connection: Connection, of: str) -> NumberSet:
    """Return all numbers ever granted to this stream."""
    rows = _GRANTED.all(connection, {"quota": of})
    return NumberSet.of(NumberRange(first, last) for first, last in rows)


def spent_numbers(connection: Connection, of: str) -> NumberSet:
    """Return all numbers spent here, by this stream or one before it."""
    rows = _SPENT.all(connection, {"quota": of})
    return NumberSet.of(NumberRange(number, number) for (number,) in rows)


def store_grants(connection: Connection, grants: Iterable[tuple[str, NumberSet]]) -> None:
    """Add granted numbers to what is there, and tell the board what can be taken here now."""
    changed: list[str] = []
    for of, numbers in grants:
        before = granted_numbers(connection, of)
        after = before | numbers
        if after != before:
            _replace_ranges(connection, of, after)
            changed.append(of)
    refresh_openings(connection, changed)


def _replace_ranges(connection: Connection, of: str, granted: NumberSet) -> None:
    here = len(granted - spent_numbers(connection, of))
    row = upsert(quota).values(id=of, here=here)
    connection.execute(row.on_conflict_do_update(index_elements=["id"], set_={"here": here}))
    connection.execute(right.delete().where(right.c.quota == of))
    connection.execute(
        insert(right),
        [{"quota": of, "first": item.first, "last": item.last} for item in granted.ranges],
    )


def held_quotas(connection: Connection) -> list[str]:
    """Return every quota this stream holds a right over."""
    return list(connection.execute(_HELD).scalars())
