"""What a capsule tells of money: which places a worker is to be asked about, and what was promised."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Connection, and_, exists, select

from kiosk.bureau.kept_tables import kept_body
from kiosk.bureau.pay_tables import pay_answer
from kiosk.bureau.portable import among, listed
from kiosk.bureau.tables import feed_row, placement
from kiosk.domain.clock import hall_day
from kiosk.domain.paydays import ASKED_FOR, PAY_STATES
from kiosk.messages.feed import CapsulePay, JobBody
from kiosk.statements import Row, Statement

_JOB = "job"
_STATES = [state.value for state in PAY_STATES]
_TOLD = Statement(
    select(feed_row.c.id, feed_row.c.body).where(
        among(feed_row.c.id, listed("jobs")), feed_row.c.topic == _JOB, feed_row.c.is_deleted.is_(False)
    )
)
_OVER = Statement(
    select(kept_body.c.id, kept_body.c.body).where(
        among(kept_body.c.id, listed("jobs")), kept_body.c.topic == _JOB
    )
)


def is_unanswered(now: datetime) -> ColumnElement[bool]:
    """Return what is true of a firm place whose worker has not said yet, and may still be asked."""
    is_answered = exists().where(pay_answer.c.placement == placement.c.id)
    is_firm = placement.c.state.in_(_STATES)
    return and_(is_firm, placement.c.pay_due_at > now - ASKED_FOR, ~is_answered)


def ask_promises(connection: Connection, jobs: Collection[str]) -> Callable[[Row], CapsulePay]:
    """Ask what was last said of jobs, also of those that are over; return what words a placement's question.

    The pay that was promised is only that of the version that was taken.
    """
    if not jobs:
        return _bare
    names = {"jobs": json.dumps(sorted(jobs))}
    asked = [statement.ask(connection, names) for statement in (_OVER, _TOLD)]

    @cache
    def last_words() -> dict[str, JobBody]:
        said = {item.id: item.body for answer in asked for item in answer.all()}
        return {of: JobBody.model_validate_json(text) for of, text in said.items()}

    def question(row: Row) -> CapsulePay:
        job = last_words().get(row.job)
        if job is None:
            return _bare(row)
        if job.version != row.job_version:
            return _bare(row).model_copy(update={"trade": job.trade})
        promised = {"fen": job.pay.fen, "unit": job.pay.unit, "piece_name": job.pay.piece_name}
        return _bare(row).model_copy(update={"trade": job.trade, **promised})

    return question


def _bare(row: Row) -> CapsulePay:
    return CapsulePay(
        placement=row.id, title=row.title, worked_on=hall_day(row.starts), due_at=row.pay_due_at
    )
