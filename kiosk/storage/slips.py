"""The print journal: one row a slip, durable before a byte leaves for the printer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update

from kiosk.actions.faults import IntegrityFault
from kiosk.actions.ports import SlipRecord
from kiosk.domain.ids import PlacementId, SlipNumber
from kiosk.domain.slips import SlipState
from kiosk.statements import Row, Statement
from kiosk.storage.counters import Counters
from kiosk.storage.print_journals import asked_for, in_states
from kiosk.storage.tables import placement, slip

_BY_NUMBER = Statement(select(slip).where(slip.c.number == bindparam("number")))
_IN_STATE = in_states(slip, "changed_at")
_ALL = select(slip).order_by(slip.c.number)
_OF_DAY = Statement(
    select(slip.c.state, func.count().label("count"))
    .join(placement, placement.c.slip == slip.c.number)
    .where(placement.c.taken_on == bindparam("day"), placement.c.taken_at >= bindparam("since"))
    .group_by(slip.c.state)
)
_ADD = Statement(insert(slip))
_CHANGE = Statement(
    update(slip).where(slip.c.number == bindparam("of")),
    *(column.name for column in slip.columns if not column.primary_key),
)


class SqlSlips:
    """The slips of one transaction."""

    def __init__(self, connection: Connection, counters: Counters) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection
        self._counters = counters

    def next_counter(self, day: date) -> int:
        """Return the counter of a slip number that `add` will use up.

        A slip number carries month and day but no year, so the series goes on where it stood a year ago.
        """
        return self._counters.following(f"slip:{day:%m%d}")

    def add(self, record: SlipRecord) -> None:
        """Keep a new slip; a number that was used before is a defect."""
        _ADD.run(self._connection, _columns(record))
        *_, day, _kiosk, counted = record.number.split("-")
        self._counters.use(f"slip:{day}", int(counted))

    def by_number(self, number: SlipNumber) -> SlipRecord | None:
        """Return one slip."""
        return next(iter(_records(_BY_NUMBER.all(self._connection, {"number": number}))), None)

    def update(self, record: SlipRecord) -> None:
        """Replace what is known of a slip."""
        if _CHANGE.run(self._connection, _columns(record) | {"of": record.number}) != 1:
            raise IntegrityFault(f"no slip {record.number}")

    def in_state(self, *states: SlipState) -> Sequence[SlipRecord]:
        """Return the slips in any of the states, the longest unchanged first."""
        return _records(self._connection.execute(_IN_STATE, asked_for(states)))

    def count_states(self, day: date, since: datetime) -> Mapping[SlipState, int]:
        """Return how many slips of the places taken on a day from an instant on are in which state."""
        rows = _OF_DAY.all(self._connection, {"day": day, "since": since})
        return {SlipState(row.state): row.count for row in rows}

    def all(self) -> Sequence[SlipRecord]:
        """Return every slip by number, for reports."""
        return _records(self._connection.execute(_ALL))


def _columns(record: SlipRecord) -> dict[str, object]:
    return {
        "number": record.number,
        "placement": record.placement,
        "state": record.state.value,
        "copy_no": record.copy_no,
        "document": record.document,
        "token": record.token,
        "evidence": record.evidence,
        "changed_at": record.changed_at,
        "cuts_before": record.cuts_before,
        "cuts_after": record.cuts_after,
    }


def _records(rows: Iterable[Row]) -> list[SlipRecord]:
    return [
        SlipRecord(
            SlipNumber(row.number),
            PlacementId(row.placement),
            SlipState(row.state),
            row.copy_no,
            row.document,
            row.token,
            row.evidence,
            row.changed_at,
            row.cuts_before,
            row.cuts_after,
        )
        for row in rows
    ]
