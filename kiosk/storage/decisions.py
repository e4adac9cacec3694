"""What was decided of whom, with all that it was made from, for as long as a person may ask why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, bindparam, insert, select

from kiosk.actions.hiring_ports import Decision, DecisionKind
from kiosk.domain.ids import JobId, WorkerId
from kiosk.statements import Row, Statement
from kiosk.storage.hiring_tables import decision
from kiosk.storage.merges import is_same_person

_NEWEST_FIRST = (decision.c.at.desc(), decision.c.id.desc())
_OF_JOB = Statement(
    select(decision)
    .where(decision.c.job == bindparam("job"), decision.c.day == bindparam("day"))
    .order_by(*_NEWEST_FIRST)
)
_ABOUT = Statement(
    select(decision)
    .where(is_same_person(decision.c.about), decision.c.day == bindparam("day"))
    .order_by(*_NEWEST_FIRST)
)
_ADD = Statement(insert(decision), *(column.name for column in decision.columns))


class SqlDecisions:
    """The decisions of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection

    def add(self, made: Decision) -> None:
        """Keep a decision."""
        _ADD.run(
            self._connection,
            {
                "id": made.id,
                "at": made.at,
                "day": made.day,
                "kind": made.kind.value,
                "job": made.job,
                "about": made.about,
                "rule_version": made.rule_version,
                "inputs": made.inputs,
                "outcome": made.outcome,
            },
        )

    def of_job(self, job: JobId, day: date) -> Sequence[Decision]:
        """Return what was decided of a job's line on a day, the newest first."""
        return [_decision(row) for row in _OF_JOB.all(self._connection, {"job": job, "day": day})]

    def about(self, worker: WorkerId, day: date) -> Sequence[Decision]:
        """Return what was decided of one person on a day, the newest first."""
        return [_decision(row) for row in _ABOUT.all(self._connection, {"worker": worker, "day": day})]


def _decision(row: Row) -> Decision:
    return Decision(
        id=row.id,
        at=row.at,
        day=row.day,
        kind=DecisionKind(row.kind),
        job=JobId(row.job),
        about=WorkerId(row.about) if row.about else None,
        rule_version=row.rule_version,
        inputs=row.inputs,
        outcome=row.outcome,
    )
