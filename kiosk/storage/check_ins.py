"""The order of the day: one visit a person and day, and numbers that never change or come twice."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, bindparam, func, insert, select

from kiosk.actions.ports import CheckIn
from kiosk.domain.ids import WorkerId
from kiosk.domain.orders import OrderKey
from kiosk.statements import Statement
from kiosk.storage.counters import Counters
from kiosk.storage.merges import is_same_person
from kiosk.storage.tables import check_in

_OF = Statement(
    select(check_in)
    .where(is_same_person(check_in.c.worker), check_in.c.day == bindparam("day"))
    .order_by(check_in.c.arrived_at, check_in.c.kiosk, check_in.c.sequence)
)
_COUNT_SINCE = select(func.count()).where(
    check_in.c.day == bindparam("day"),
    check_in.c.arrived_at >= bindparam("at", type_=check_in.c.arrived_at.type),
)
_COUNT_ALL = select(func.count()).select_from(check_in)
_ADD = Statement(insert(check_in))


class SqlCheckIns:
    """The visits of one transaction."""

    def __init__(self, connection: Connection, counters: Counters) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection
        self._counters = counters

    def of(self, worker: WorkerId, day: date) -> CheckIn | None:
        """Return a person's visit of a day, the first where he came under several registrations."""
        row = _OF.first(self._connection, {"worker": worker, "day": day})
        if row is None:
            return None
        key = OrderKey(row.day, row.arrived_at, row.kiosk, row.sequence)
        return CheckIn(row.id, WorkerId(row.worker), key, row.queue_number, row.method)

    def next_sequence(self, day: date) -> int:
        """Return the sequence that `add` will use up."""
        return self._counters.following(_series(day))

    def add(self, visit: CheckIn) -> None:
        """Keep a visit; a second one of the same person and day is a defect."""
        key = visit.key
        _ADD.run(
            self._connection,
            {
                "id": visit.id,
                "worker": visit.worker,
                "day": key.day,
                "arrived_at": key.arrived_at,
                "kiosk": key.kiosk,
                "sequence": key.sequence,
                "queue_number": visit.queue_number,
                "method": visit.method,
            },
        )
        self._counters.use(_series(key.day), key.sequence)

    def count_since(self, day: date, at: datetime) -> int:
        """Return how many people came on a day from an instant on."""
        return self._connection.execute(_COUNT_SINCE, {"day": day, "at": at}).scalar_one()

    def count_all(self) -> int:
        """Return how many visits are kept here, for reports."""
        return self._connection.execute(_COUNT_ALL).scalar_one()


def _series(day: date) -> str:
    return f"check_in:{day.isoformat()}"
