"""The lines of a day: everybody who signed up in this hall, as far as this kiosk knows.

What other kiosks say of a sign-up comes down as rows of the hall's feed. Of two tellings the one with more
steps holds, so that what was done here and is not told yet is not undone by what the bureau knew before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.actions.faults import IntegrityFault
from kiosk.domain.ids import JobId, QuotaId, SignUpId, TeamId, TripId, WorkerId, places_of, seats_of
from kiosk.domain.orders import OrderKey, Turn
from kiosk.domain.placements import PlacementState
from kiosk.domain.sign_ups import OPEN, SignUp, Way, in_order
from kiosk.messages.feed import FeedRow, SignUpBody
from kiosk.statements import Row, Statement
from kiosk.storage.feed_tables import job
from kiosk.storage.hiring_tables import sign_up
from kiosk.storage.merges import is_same_person
from kiosk.storage.settings import SqlSettings

_TOPIC = "sign_up"
_IS_OPEN = sign_up.c.state.in_([bindparam(None, state.value) for state in sorted(OPEN)])
_OF_DAY = sign_up.c.hall_day == bindparam("day")
_BY_ID = Statement(select(sign_up).where(sign_up.c.id == bindparam("id")))
_LINE = Statement(select(sign_up).where(_OF_DAY, sign_up.c.job == bindparam("job"), _IS_OPEN))
_WAYS = Statement(
    select(sign_up.c.way).where(_OF_DAY, sign_up.c.job == bindparam("job"), _IS_OPEN).distinct()
)
_OPEN_OF = Statement(
    select(sign_up)
    .where(is_same_person(sign_up.c.worker), _OF_DAY, _IS_OPEN)
    .order_by(sign_up.c.signed_at, sign_up.c.id)
)
_OPEN_ON = Statement(select(sign_up).where(_OF_DAY, _IS_OPEN))
_KEPT = Statement(
    select(sign_up.c.job, func.count().label("kept"))
    .where(sign_up.c.held_at == bindparam("kiosk"), _IS_OPEN)
    .group_by(sign_up.c.job)
)
_TRIP = Statement(select(job.c.trip).where(job.c.id == bindparam("id")))
_NAMES = [column.name for column in sign_up.columns]
_ADD = Statement(insert(sign_up), *_NAMES)
_KEEP = Statement(
    update(sign_up).where(sign_up.c.id == bindparam("of")), *(name for name in _NAMES if name != "id")
)
_TOLD = upsert(sign_up)
_TELL = Statement(
    _TOLD.on_conflict_do_update(
        index_elements=["id"],
        set_={name: _TOLD.excluded[name] for name in _NAMES if name != "id"},
        where=sign_up.c.step <= _TOLD.excluded.step,
    ),
    *_NAMES,
)
_FORGET = Statement(delete(sign_up).where(sign_up.c.id == bindparam("gone")))


class SqlSignUps:
    """The sign-ups of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection

    def add(self, item: SignUp) -> None:
        """Keep a new sign-up; one that is known already is a defect."""
        _ADD.run(self._connection, _columns(item))

    def keep(self, item: SignUp) -> None:
        """Keep what became of a sign-up that is known here."""
        if _KEEP.run(self._connection, _columns(item) | {"of": item.id}) != 1:
            raise IntegrityFault(f"no sign-up {item.id}")

    def by_id(self, of: SignUpId) -> SignUp | None:
        """Return one sign-up."""
        row = _BY_ID.first(self._connection, {"id": of})
        return None if row is None else _sign_up(row)

    def line_of(self, job: JobId, day: date) -> Sequence[SignUp]:
        """Return who is in the line of a job, or called out of it, in its order."""
        return in_order(map(_sign_up, _LINE.all(self._connection, {"job": job, "day": day})))

    def ways_of(self, job: JobId, day: date) -> frozenset[Way]:
        """Return what people stand in the line of a job for; nothing where nobody does."""
        return frozenset(Way(row.way) for row in _WAYS.all(self._connection, {"job": job, "day": day}))

    def open_of(self, worker: WorkerId, day: date) -> Sequence[SignUp]:
        """Return where a person stands in a line, or is called, the first signed up first."""
        return [_sign_up(row) for row in _OPEN_OF.all(self._connection, {"worker": worker, "day": day})]

    def kept_at(self, kiosk: str) -> Mapping[QuotaId, int]:
        """Return how many numbers of each quota a kiosk keeps for people who were called."""
        return _kept_at(self._connection, kiosk)

    def open_on(self, day: date) -> Sequence[SignUp]:
        """Return everybody in any line of a day, in order."""
        return in_order(map(_sign_up, _OPEN_ON.all(self._connection, {"day": day})))


def kept_here(connection: Connection) -> Counter[QuotaId]:
    """Return how many numbers of each quota this kiosk keeps; one of which none is kept counts as 0."""
    identity = SqlSettings(connection).identity()
    return _kept_at(connection, identity.kiosk) if identity else Counter()


@dataclass(frozen=True, slots=True)
class Told:
    """What a row of the feed tells of one sign-up: its columns, None where it has left the line."""

    id: str
    columns: Mapping[str, object] | None


def parted(rows: Sequence[FeedRow]) -> tuple[list[Told], list[FeedRow]]:
    """Return what the rows of a page tell of sign-ups, and all others.

    A word of a newer bureau is put aside like any other, so one that is taken back is in both.
    """
    told: list[Told] = []
    others: list[FeedRow] = []
    for row in rows:
        columns = _told_columns(row)
        if columns is not None or (row.topic == _TOPIC and row.is_deleted):
            told.append(Told(row.id, columns))
        if columns is None:
            others.append(row)
    return told, others


def is_sign_up(row: FeedRow) -> bool:
    """Return whether a row tells of a sign-up that this version understands."""
    return _told_columns(row) is not None


def keep_told(connection: Connection, told: Iterable[Told]) -> None:
    """Keep what the hall's feed tells of sign-ups; it was read before, for the file is locked now."""
    for item in told:
        if item.columns is None:
            _FORGET.run(connection, {"gone": item.id})
        else:
            _TELL.run(connection, item.columns)


def _kept_at(connection: Connection, kiosk: str) -> Counter[QuotaId]:
    kept: Counter[QuotaId] = Counter()
    for row in _KEPT.all(connection, {"kiosk": kiosk}):
        kept[places_of(JobId(row.job))] += row.kept
        trip = _TRIP.scalar(connection, {"id": row.job})
        if trip:
            kept[seats_of(TripId(trip))] += row.kept
    return kept


def _told_columns(row: FeedRow) -> dict[str, object] | None:
    """Return the columns of the sign-up that a row tells of; None for other rows and words not known yet."""
    if row.topic != _TOPIC or row.is_deleted:
        return None
    try:
        body = SignUpBody.model_validate_json(row.body)
        Way(body.way), PlacementState(body.state)
    except ValueError:
        return None
    return body.model_dump() | {"ended_at": None, "reason": ""}


def _columns(item: SignUp) -> dict[str, object]:
    own, turn = item.turn.own, item.turn
    return {
        "id": item.id,
        "worker": item.worker,
        "job": item.job,
        "job_version": item.job_version,
        "way": item.way.value,
        "queue_number": item.queue_number,
        "hall_day": own.day,
        "own_arrived_at": own.arrived_at,
        "own_kiosk": own.kiosk,
        "own_sequence": own.sequence,
        "turn_arrived_at": turn.at.arrived_at,
        "turn_kiosk": turn.at.kiosk,
        "turn_sequence": turn.at.sequence,
        "turn_shift": turn.shift,
        "signed_at": item.signed_at,
        "state": item.state.value,
        "calls": item.calls,
        "spot": item.spot,
        "held_at": item.held_at,
        "called_at": item.called_at,
        "answer_by": item.answer_by,
        "talked_at": item.talked_at,
        "agreed_at": item.agreed_at,
        "ended_at": item.ended_at,
        "reason": item.reason,
        "team": item.team,
        "step": item.step,
    }


def _sign_up(row: Row) -> SignUp:
    own = OrderKey(row.hall_day, row.own_arrived_at, row.own_kiosk, row.own_sequence)
    at = OrderKey(row.hall_day, row.turn_arrived_at, row.turn_kiosk, row.turn_sequence)
    return SignUp(
        id=SignUpId(row.id),
        worker=WorkerId(row.worker),
        job=JobId(row.job),
        job_version=row.job_version,
        way=Way(row.way),
        queue_number=row.queue_number,
        turn=Turn(at, row.turn_shift, own),
        signed_at=row.signed_at,
        state=PlacementState(row.state),
        calls=row.calls,
        spot=row.spot,
        held_at=row.held_at,
        called_at=row.called_at,
        answer_by=row.answer_by,
        talked_at=row.talked_at,
        agreed_at=row.agreed_at,
        ended_at=row.ended_at,
        reason=row.reason,
        team=TeamId(row.team) if row.team else None,
        step=row.step,
    )
