"""Places whose money is due, and what their workers said about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.actions.pay_ports import DuePlace
from kiosk.domain.ids import PlacementId, WorkerId
from kiosk.domain.paydays import ASKED_FOR, PAY_STATES, PayAnswer
from kiosk.statements import Statement
from kiosk.storage.merges import is_same_person
from kiosk.storage.pay_tables import pay_answer
from kiosk.storage.tables import placement

_IS_ANSWERED = Statement(select(pay_answer.c.answer).where(pay_answer.c.placement == bindparam("of")))
_DUE = Statement(
    select(
        placement.c.id,
        placement.c.title,
        placement.c.job,
        placement.c.job_version,
        placement.c.starts,
        placement.c.pay_due_at,
    )
    .where(is_same_person(placement.c.worker))
    .where(or_(*(placement.c.state == state.value for state in sorted(PAY_STATES))))
    .where(placement.c.pay_due_at <= bindparam("now"), placement.c.pay_due_at > bindparam("asked_since"))
)
_put = upsert(pay_answer)
_ANSWER = Statement(
    _put.on_conflict_do_update(
        index_elements=["placement"],
        set_={"answer": _put.excluded.answer, "answered_at": _put.excluded.answered_at},
    ),
    *pay_answer.columns.keys(),
)


class SqlPays:
    """What one transaction knows of money that is due."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection

    def due(self, worker: WorkerId, now: datetime) -> Sequence[DuePlace]:
        """Return the firm places taken here whose payday has lately come, nothing being said of it yet."""
        asked = {"worker": worker, "now": now, "asked_since": now - ASKED_FOR}
        return [DuePlace(*row) for row in _DUE.all(self._connection, asked)]

    def is_answered(self, of: PlacementId) -> bool:
        """Return whether the worker has said here what came of a place's money."""
        return _IS_ANSWERED.first(self._connection, {"of": of}) is not None

    def answer(self, of: PlacementId, answer: PayAnswer, at: datetime) -> None:
        """Keep what a worker said; what is said later stands."""
        _ANSWER.run(self._connection, {"placement": of, "answer": answer.value, "answered_at": at})


def forget_answers(connection: Connection, now: datetime) -> None:
    """Forget answers so old that no capsule of the city asks for them any more."""
    connection.execute(delete(pay_answer).where(pay_answer.c.answered_at < now - ASKED_FOR))
