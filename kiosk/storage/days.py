"""The day as the desk sees it at a glance; each question is one statement over indexes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, bindparam, func, literal, select

from kiosk.actions.day_ports import CoachOfDay, OpenSlip
from kiosk.domain.ids import SlipNumber, TripId, WorkerId, seats_of
from kiosk.domain.slips import SlipState
from kiosk.statements import Statement
from kiosk.storage.feed_tables import trip
from kiosk.storage.feed_values import read_trip
from kiosk.storage.tables import check_in, placement, quota, slip, worker

_SEATS_OF_TRIP = literal(seats_of(TripId(""))).op("||")(trip.c.id)
_COACHES = Statement(
    select(trip.c.body, quota.c.open_at_bureau, quota.c.here)
    .outerjoin(quota, quota.c.id == _SEATS_OF_TRIP)
    .where(trip.c.day == bindparam("day"))
    .order_by(trip.c.departs_at, trip.c.id)
)
_OPEN_SLIPS = Statement(
    select(
        slip.c.number,
        slip.c.state,
        slip.c.changed_at,
        func.coalesce(worker.c.name, "").label("name"),
        func.coalesce(worker.c.number_tail, "").label("tail"),
    )
    .join(placement, placement.c.id == slip.c.placement)
    .outerjoin(worker, worker.c.id == placement.c.worker)
    .where(
        slip.c.state.in_([bindparam(None, state.value) for state in (SlipState.QUEUED, SlipState.UNCERTAIN)])
    )
    .order_by(slip.c.changed_at, slip.c.number)
)
_QUEUE_NUMBERS = select(check_in.c.worker, check_in.c.queue_number).where(
    check_in.c.worker.in_(bindparam("workers", expanding=True)), check_in.c.day == bindparam("day")
)


class SqlDays:
    """The day of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read within the transaction of `connection`."""
        self._connection = connection

    def coaches(self, day: date) -> Sequence[CoachOfDay]:
        """Return the coaches of a day by departure."""
        rows = _COACHES.all(self._connection, {"day": day})
        return [CoachOfDay(read_trip(row.body), _open(row.open_at_bureau, row.here)) for row in rows]

    def open_slips(self) -> Sequence[OpenSlip]:
        """Return the slips that are uncertain or were never sent, the longest unchanged first."""
        return [
            OpenSlip(SlipNumber(row.number), SlipState(row.state), row.changed_at, row.name, row.tail)
            for row in _OPEN_SLIPS.all(self._connection)
        ]

    def queue_numbers(self, workers: Sequence[WorkerId], day: date) -> Mapping[WorkerId, str]:
        """Return the number of the day of those among these people who have one."""
        if not workers:
            return {}
        rows = self._connection.execute(_QUEUE_NUMBERS, {"workers": workers, "day": day})
        return {WorkerId(row.worker): row.queue_number for row in rows}


def _open(at_bureau: int | None, here: int | None) -> int | None:
    """Return what is open: what the bureau told, and never less than this kiosk holds itself."""
    return None if at_bureau is None else max(at_bureau, here or 0)
