"""What became of places: return parts that were read here, and who is still waited for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Select, and_, bindparam, delete, exists, func, insert, or_, select, update

from kiosk.actions.outcome_ports import Answer, AwaitedPlace, ReturnedPart
from kiosk.domain.ids import PlacementId, SlipNumber, WorkerId
from kiosk.domain.outcomes import AWAITED, Outcome, WhyNot
from kiosk.domain.slips import SlipKind
from kiosk.statements import Row, Statement
from kiosk.storage.outcome_tables import returned_part
from kiosk.storage.tables import placement, worker

KEPT = timedelta(days=366)
"""So long a part that is shown again is known; by then its number may be another slip's."""

_IS_AWAITED = or_(*(placement.c.state == state.value for state in sorted(AWAITED)))
_RETURNED = Statement(
    select(returned_part).where(
        returned_part.c.slip == bindparam("slip"), returned_part.c.day == bindparam("day")
    )
)
_KEEP = Statement(insert(returned_part), *(column.name for column in returned_part.columns))
_OWE_NOTHING = Statement(
    update(placement).where(placement.c.id == bindparam("of")).values(pay_due_at=bindparam("due")),
)


def _awaited() -> Select[tuple[object, ...]]:
    return (
        select(
            placement.c.id,
            placement.c.slip,
            placement.c.worker,
            placement.c.title,
            placement.c.taken_on,
            placement.c.starts,
            func.coalesce(worker.c.name, "").label("name"),
            func.coalesce(worker.c.number_tail, "").label("tail"),
        )
        .select_from(placement)
        .outerjoin(worker, worker.c.id == placement.c.worker)
        .where(_IS_AWAITED)
        .limit(bindparam("most"))
    )


_IS_BACK = exists().where(
    and_(returned_part.c.slip == placement.c.slip, returned_part.c.day == placement.c.taken_on)
)
_PARTS_DUE = Statement(
    _awaited()
    .where(placement.c.kind == SlipKind.REFERRAL.value, ~_IS_BACK)
    .where(placement.c.taken_on >= bindparam("first"), placement.c.taken_on <= bindparam("last"))
    .order_by(placement.c.taken_on, placement.c.id)
)
_EXPECTED = Statement(
    _awaited()
    .where(placement.c.trip.is_(None))
    .where(placement.c.starts >= bindparam("since"), placement.c.starts <= bindparam("now"))
    .order_by(placement.c.starts, placement.c.id)
)


class SqlOutcomes:
    """What became of places, as one transaction knows it."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection

    def returned(self, slip: SlipNumber, day: date) -> ReturnedPart | None:
        """Return the part of a slip of this day, None where it was not read here."""
        row = _RETURNED.first(self._connection, {"slip": slip, "day": day})
        return None if row is None else _part(row)

    def keep(self, part: ReturnedPart) -> None:
        """Keep a part that was read; a second one of the same slip is a defect."""
        answer = part.answer
        values = {
            "slip": part.slip,
            "day": part.day,
            "placement": part.placement,
            "outcome": answer.outcome.value,
            "why": answer.why.value if answer.why else "",
            "arrived_on": answer.arrived_on,
            "arrived_time": answer.arrived_time,
            "pay_fen": answer.pay_fen,
            "is_keyed": part.is_keyed,
            "read_at": part.read_at,
        }
        _KEEP.run(self._connection, values)

    def owe_nothing(self, of: PlacementId) -> None:
        """Note that no money is due for a place; nobody is asked whether it came."""
        _OWE_NOTHING.run(self._connection, {"of": of, "due": None})

    def parts_due(self, first: date, last: date, most: int) -> Sequence[AwaitedPlace]:
        """Return referrals taken on these days whose part has not come back, the oldest first."""
        asked = {"first": first, "last": last, "most": most}
        return [_place(row) for row in _PARTS_DUE.all(self._connection, asked)]

    def expected(self, since: datetime, now: datetime, most: int) -> Sequence[AwaitedPlace]:
        """Return places without a coach that began in between and whose worker is not known to have come."""
        asked = {"since": since, "now": now, "most": most}
        return [_place(row) for row in _EXPECTED.all(self._connection, asked)]


def forget_parts(connection: Connection, now: datetime) -> None:
    """Forget parts that were read so long ago that their numbers come round again."""
    connection.execute(delete(returned_part).where(returned_part.c.read_at < now - KEPT))


def _part(row: Row) -> ReturnedPart:
    answer = Answer(
        Outcome(row.outcome),
        WhyNot(row.why) if row.why else None,
        row.arrived_on,
        row.arrived_time,
        row.pay_fen,
    )
    of = PlacementId(row.placement) if row.placement else None
    return ReturnedPart(SlipNumber(row.slip), row.day, of, answer, row.is_keyed, row.read_at)


def _place(row: Row) -> AwaitedPlace:
    return AwaitedPlace(
        placement=PlacementId(row.id),
        slip=SlipNumber(row.slip),
        worker=WorkerId(row.worker),
        name=row.name,
        number_tail=row.tail,
        title=row.title,
        taken_on=row.taken_on,
        starts=row.starts,
    )
