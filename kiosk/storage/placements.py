"""Places taken here, with the numbers each one holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, and_, bindparam, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.domain.clock import hall_day
from kiosk.domain.ids import JobId, PlacementId, QuotaId, SlipNumber, TripId, WorkerId
from kiosk.domain.placements import NEVER_HELD, OPEN_STATES, Placement, PlacementState, SpentNumber
from kiosk.domain.slips import SlipKind
from kiosk.statements import Row, Statement
from kiosk.storage.feed_tables import job
from kiosk.storage.hiring_tables import left_place
from kiosk.storage.merges import is_same_person
from kiosk.storage.tables import placement, spent_number

TAKES_TIME = or_(*(placement.c.state == state.value for state in sorted(OPEN_STATES)))
"""The condition that a placement takes a person's time."""
WAS_HELD = and_(*(placement.c.state != state.value for state in sorted(NEVER_HELD)))
"""The condition that somebody had a place and did not stay away from it."""

_BY_ID = Statement(select(placement).where(placement.c.id == bindparam("id")))
_BY_SLIP = Statement(select(placement).where(placement.c.slip == bindparam("slip")))
_OPEN_OF = Statement(
    select(placement).where(is_same_person(placement.c.worker), TAKES_TIME).order_by(placement.c.ends)
)
_ON_DAY = Statement(
    select(placement)
    .where(placement.c.taken_on == bindparam("day"))
    .order_by(placement.c.taken_at, placement.c.id)
)
_COUNT = select(func.count()).select_from(placement)
_SPENT = (
    select(spent_number.c.placement, spent_number.c.quota, spent_number.c.number)
    .where(spent_number.c.placement.in_(bindparam("placements", expanding=True)))
    .order_by(spent_number.c.quota, spent_number.c.number)
)
_TITLE = (
    select(func.json_extract(job.c.body, "$.title")).where(job.c.id == bindparam("of_job")).scalar_subquery()
)
# The title is kept with the placement, because the job may be gone before its worker comes back.
_ADD = Statement(
    insert(placement).values(title=func.coalesce(_TITLE, "")),
    *(column.name for column in placement.columns if column.name != "title"),
)
_SET_STATE = Statement(
    update(placement).where(placement.c.id == bindparam("of")).values(state=bindparam("then"))
)

_NOTE_LEFT = Statement(upsert(left_place).on_conflict_do_nothing(), "placement", "worker", "at")
_IS_LEFT = Statement(select(left_place.c.placement).where(left_place.c.placement == bindparam("id")))


class SqlPlacements:
    """The placements of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection

    def add(self, taken: Placement) -> None:
        """Keep a placement; its numbers are spent through the rights, in the same transaction."""
        _ADD.run(
            self._connection,
            {
                "id": taken.id,
                "worker": taken.worker,
                "job": taken.job,
                "job_version": taken.job_version,
                "trip": taken.trip,
                "kind": taken.kind.value,
                "slip": taken.slip,
                "of_job": taken.job,
                "starts": taken.starts,
                "ends": taken.ends,
                "taken_at": taken.taken_at,
                "taken_on": hall_day(taken.taken_at),
                "state": taken.state.value,
                "pay_due_at": taken.pay_due_at,
            },
        )

    def by_id(self, placement_id: PlacementId) -> Placement | None:
        """Return one placement."""
        return next(iter(self._found(_BY_ID.all(self._connection, {"id": placement_id}))), None)

    def by_slip(self, slip: SlipNumber) -> Placement | None:
        """Return the placement a slip belongs to."""
        return next(iter(self._found(_BY_SLIP.all(self._connection, {"slip": slip}))), None)

    def set_state(self, placement_id: PlacementId, state: PlacementState) -> None:
        """Move a placement on; whether it may is the action's business."""
        _SET_STATE.run(self._connection, {"of": placement_id, "then": state.value})

    def open_of(self, worker: WorkerId) -> Sequence[Placement]:
        """Return what takes a person's time, the first to end first."""
        return self._found(_OPEN_OF.all(self._connection, {"worker": worker}))

    def count(self) -> int:
        """Return how many places were ever taken here."""
        return self._connection.execute(_COUNT).scalar_one()

    def on_day(self, day: date) -> Sequence[Placement]:
        """Return what was taken on a hall day, in order."""
        return self._found(_ON_DAY.all(self._connection, {"day": day}))

    def note_left(self, placement_id: PlacementId, worker: WorkerId, at: datetime) -> None:
        """Remember that a place taken at another kiosk was given back here."""
        _NOTE_LEFT.run(self._connection, {"placement": placement_id, "worker": worker, "at": at})

    def is_left(self, placement_id: PlacementId) -> bool:
        """Return whether a place taken at another kiosk was given back here."""
        return _IS_LEFT.first(self._connection, {"id": placement_id}) is not None

    def _found(self, rows: Sequence[Row]) -> list[Placement]:
        spent: dict[str, list[SpentNumber]] = {row.id: [] for row in rows}
        if rows:
            for of, quota, number in self._connection.execute(_SPENT, {"placements": list(spent)}):
                spent[of].append(SpentNumber(QuotaId(quota), number))
        return [_placement(row, spent[row.id]) for row in rows]


def _placement(row: Row, spent: Sequence[SpentNumber]) -> Placement:
    return Placement(
        id=PlacementId(row.id),
        worker=WorkerId(row.worker),
        job=JobId(row.job),
        job_version=row.job_version,
        trip=TripId(row.trip) if row.trip else None,
        kind=SlipKind(row.kind),
        slip=SlipNumber(row.slip),
        spent=tuple(spent),
        starts=row.starts,
        ends=row.ends,
        taken_at=row.taken_at,
        state=PlacementState(row.state),
        pay_due_at=row.pay_due_at,
    )
