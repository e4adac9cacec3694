"""The print journal of the small papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Connection, bindparam, exists, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.actions.paper_ports import PaperRecord
from kiosk.domain.ids import PaperNumber, WorkerId
from kiosk.domain.papers import PaperKind
from kiosk.domain.slips import SlipState
from kiosk.statements import Row, Statement
from kiosk.storage.paper_tables import paper
from kiosk.storage.print_journals import asked_for, in_states
from kiosk.storage.tables import check_in, placement

_BY_NUMBER = Statement(select(paper).where(paper.c.number == bindparam("number")))
_IN_STATE = in_states(paper, "changed_at")
_TOOK_A_PLACE = exists().where(
    placement.c.worker == check_in.c.worker, placement.c.taken_on == check_in.c.day
)
_WAITING = Statement(
    select(func.count())
    .select_from(check_in)
    .where(check_in.c.day == bindparam("day"), check_in.c.sequence < bindparam("sequence"), ~_TOOK_A_PLACE)
)


class SqlPapers:
    """The small papers of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection

    def by_number(self, number: PaperNumber) -> PaperRecord | None:
        """Return one paper."""
        return next(iter(_records(_BY_NUMBER.all(self._connection, {"number": number}))), None)

    def in_state(self, *states: SlipState) -> Sequence[PaperRecord]:
        """Return the papers in any of the states, the longest unchanged first."""
        return _records(self._connection.execute(_IN_STATE, asked_for(states)))

    def put(self, record: PaperRecord) -> None:
        """Keep a paper, new or changed."""
        values = {
            "kind": record.kind.value,
            "worker": record.worker,
            "state": record.state.value,
            "copy_no": record.copy_no,
            "document": record.document,
            "token": record.token,
            "evidence": record.evidence,
            "changed_at": record.changed_at,
        }
        statement = upsert(paper).values(number=record.number, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["number"], set_=values))

    def waiting_before(self, day: date, sequence: int) -> int:
        """Return how many came to this kiosk on that day before this one and took no place on it."""
        return _WAITING.scalar(self._connection, {"day": day, "sequence": sequence}) or 0


def _records(rows: Iterable[Row]) -> list[PaperRecord]:
    return [
        PaperRecord(
            PaperNumber(row.number),
            PaperKind(row.kind),
            WorkerId(row.worker),
            SlipState(row.state),
            row.copy_no,
            row.document,
            row.token,
            row.evidence,
            row.changed_at,
        )
        for row in rows
    ]
