"""Numbers this stream may hand out: each is granted once, spent or returned once, and never free again here.

A number that a worker gave back stays spent: the bureau alone knows when its paper is gone, and grants it to
another stream, perhaps to a later one of this kiosk. What an earlier stream spent it for lets go of it then.
One that went back to the bureau unspent leaves the ranges in hand, so a take looks at nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import (
    Connection,
    Date,
    Table,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    union,
    union_all,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlcipher3 import dbapi2

from kiosk.actions.faults import IntegrityFault
from kiosk.domain.clock import hall_day
from kiosk.domain.ids import JobId, PlacementId, QuotaId, TripId, places_of, seats_of
from kiosk.domain.placements import SpentNumber
from kiosk.domain.quotas import NumberRange, NumberSet
from kiosk.messages.sync import RightView
from kiosk.protocol import holdings
from kiosk.protocol.holdings import Holding
from kiosk.statements import Statement
from kiosk.storage.columns import Instant
from kiosk.storage.feed_tables import job, trip
from kiosk.storage.openings import refresh_openings
from kiosk.storage.tables import orphan_right, quota, returned_right, right, spent_number

_IN_HAND = Statement(select(right.c.first, right.c.last).where(right.c.quota == bindparam("quota")))
_RETURNED = Statement(
    select(returned_right.c.first, returned_right.c.last).where(returned_right.c.quota == bindparam("quota"))
)
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
_TOLD_FOR = timedelta(days=1)
"""So long behind the start of a job, or the day of a coach, its rights are still told in every round."""
_JOBS_AHEAD = select(literal(places_of(JobId(""))).op("||")(job.c.id).label("quota")).where(
    job.c.is_open.in_([literal(0), literal(1)]), job.c.starts > bindparam("since", type_=Instant)
)
_TRIPS_AHEAD = select(literal(seats_of(TripId(""))).op("||")(trip.c.id).label("quota")).where(
    trip.c.day >= bindparam("since_day", type_=Date)
)
# Driven by what is ahead, since what was ever held grows with every day. No job's quota is a coach's: looking
# for doubles would sort the whole board.
_AHEAD = union_all(_JOBS_AHEAD, _TRIPS_AHEAD).subquery()
_CURRENT = Statement(
    select(_AHEAD.c.quota)
    .where(
        or_(
            exists().where(right.c.quota == _AHEAD.c.quota),
            exists().where(returned_right.c.quota == _AHEAD.c.quota),
        )
    )
    .order_by(_AHEAD.c.quota)
)
_EVER_HELD = union(select(right.c.quota), select(returned_right.c.quota)).order_by("quota")
_OF_STREAM = Statement(
    select(orphan_right.c.quota, orphan_right.c.first, orphan_right.c.last, orphan_right.c.is_returned).where(
        orphan_right.c.stream == bindparam("stream")
    )
)


class SqlRights:
    """The rights of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection

    def free(self, of: QuotaId) -> NumberSet:
        """Return the numbers granted to this stream, and neither spent nor returned."""
        return holding_of(self._connection, of).free

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


def holding_of(connection: Connection, of: str) -> Holding:
    """Return what this stream was given of a quota, with what became of it."""
    in_hand, returned = _ranges(_IN_HAND, connection, of), _ranges(_RETURNED, connection, of)
    spent = NumberSet.of_pairs((number, number) for (number,) in _SPENT.all(connection, {"quota": of}))
    return Holding(in_hand | returned, spent, returned)


def held_quotas(connection: Connection) -> list[str]:
    """Return every quota of which this stream was ever given a number."""
    return list(connection.execute(_EVER_HELD).scalars())


def current_right_views(connection: Connection, now: datetime) -> tuple[RightView, ...]:
    """Return this stream's own view of its rights over what is ahead, or not long over.

    The others change nothing any more, and there are more of them every day.
    """
    since = now - _TOLD_FOR
    rows = _CURRENT.all(connection, {"since": since, "since_day": hall_day(since)})
    return tuple(_view(row.quota, holding_of(connection, row.quota)) for row in rows)


def right_views(connection: Connection) -> tuple[RightView, ...]:
    """Return this stream's own view of all its rights: what a restored bureau must know."""
    return tuple(_view(of, holding_of(connection, of)) for of in held_quotas(connection))


def orphan_holdings(connection: Connection, stream: str) -> dict[str, Holding]:
    """Return what a stream that ended here was given, by quota."""
    ranges: dict[str, tuple[list[NumberRange], list[NumberRange]]] = {}
    for row in _OF_STREAM.all(connection, {"stream": stream}):
        ranges.setdefault(row.quota, ([], []))[row.is_returned].append(NumberRange(row.first, row.last))
    return {
        of: Holding(
            NumberSet.of([*in_hand, *returned]), holding_of(connection, of).spent, NumberSet.of(returned)
        )
        for of, (in_hand, returned) in ranges.items()
    }


def views_of(held: Mapping[str, Holding]) -> tuple[RightView, ...]:
    """Return holdings as they are told."""
    return tuple(_view(of, holding) for of, holding in held.items())


def store_grants(connection: Connection, grants: Iterable[tuple[str, NumberSet]]) -> None:
    """Add granted numbers to what is there, and tell the board what can be taken here now."""
    changed: list[str] = []
    for of, numbers in grants:
        before = holding_of(connection, of)
        after = holdings.told(before, numbers)
        if after != before:
            _let_go(connection, of, before.spent - after.spent)
            _keep(connection, of, after)
            changed.append(of)
    refresh_openings(connection, changed)


def store_returns(connection: Connection, returns: Mapping[str, NumberSet]) -> None:
    """Take free numbers out of this stream's hand for good. Raises ValueError for any that is not free."""
    for of, numbers in returns.items():
        _keep(connection, of, holdings.give_back(holding_of(connection, of), numbers))
    refresh_openings(connection, returns)


def _let_go(connection: Connection, of: str, numbers: NumberSet) -> None:
    """Forget who spent numbers that were granted anew: their papers are gone, and others will have them."""
    for item in numbers.ranges:
        in_range = spent_number.c.number.between(item.first, item.last)
        connection.execute(delete(spent_number).where(spent_number.c.quota == of, in_range))


def _keep(connection: Connection, of: str, held: Holding) -> None:
    here = len(held.free)
    row = upsert(quota).values(id=of, here=here)
    connection.execute(row.on_conflict_do_update(index_elements=["id"], set_={"here": here}))
    for table, numbers in ((right, held.granted - held.returned), (returned_right, held.returned)):
        _replace_ranges(connection, table, of, numbers)


def _replace_ranges(connection: Connection, table: Table, of: str, numbers: NumberSet) -> None:
    connection.execute(table.delete().where(table.c.quota == of))
    rows = [{"quota": of, "first": item.first, "last": item.last} for item in numbers.ranges]
    if rows:
        connection.execute(insert(table), rows)


def _ranges(of_table: Statement, connection: Connection, of: str) -> NumberSet:
    return NumberSet.of_pairs((first, last) for first, last in of_table.all(connection, {"quota": of}))


def _view(of: str, held: Holding) -> RightView:
    return RightView(
        quota=of,
        granted=held.granted.pairs,
        returned=held.returned.pairs,
        spent=len(held.spent & (held.granted - held.returned)),
    )
