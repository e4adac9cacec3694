"""What a capsule tells of money: which places a worker is to be asked about, and which he answered for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, select

from kiosk.bureau.feeds import kept
from kiosk.bureau.pay_tables import pay_answer
from kiosk.bureau.tables import feed_row, placement, scope_head
from kiosk.domain.clock import hall_day
from kiosk.domain.paydays import ASKED_FOR, PAY_STATES
from kiosk.messages.feed import CapsulePay, JobBody

_STATES = [state.value for state in PAY_STATES]


def pay_due(connection: Connection, people: Sequence[str], now: datetime) -> list[CapsulePay]:
    """Return the firm places of which a person has not said yet, under whichever registration he took them.

    Those among them that are not due yet, too.
    """
    rows = connection.execute(
        select(placement)
        .where(placement.c.worker.in_(people), is_unanswered(now))
        .order_by(placement.c.pay_due_at, placement.c.id)
    )
    return [_question(connection, row) for row in rows.all()]


def is_unanswered(now: datetime) -> ColumnElement[bool]:
    """Return what is true of a firm place whose worker has not said yet, and may still be asked."""
    is_answered = exists().where(pay_answer.c.placement == placement.c.id)
    is_firm = placement.c.state.in_(_STATES)
    return and_(is_firm, placement.c.pay_due_at > now - ASKED_FOR, ~is_answered)


def pay_answered(connection: Connection, people: Sequence[str], now: datetime) -> list[str]:
    """Return the places of which a person has said, as long as a kiosk might still ask."""
    rows = connection.scalars(
        select(placement.c.id)
        .join(pay_answer, pay_answer.c.placement == placement.c.id)
        .where(placement.c.worker.in_(people), placement.c.pay_due_at > now - ASKED_FOR)
        .distinct()
        .order_by(placement.c.id)
    )
    return list(rows.all())


def _question(connection: Connection, row: Row[tuple[object, ...]]) -> CapsulePay:
    """Return one question; the pay that was promised is only that of the version that was taken."""
    asked = CapsulePay(
        placement=row.id, title=row.title, worked_on=hall_day(row.starts), due_at=row.pay_due_at
    )
    text = _last_words(connection, row.job)
    if text is None:
        return asked
    job = JobBody.model_validate_json(text)
    asked = asked.model_copy(update={"trade": job.trade})
    if job.version != row.job_version:
        return asked
    promised = {"fen": job.pay.fen, "unit": job.pay.unit, "piece_name": job.pay.piece_name}
    return asked.model_copy(update=promised)


def _last_words(connection: Connection, job: str) -> str | None:
    """Return what was last said of a job, in whichever scope, also of one that is over."""
    told = connection.scalar(
        select(feed_row.c.body)
        .where(feed_row.c.scope.in_(select(scope_head.c.scope)), feed_row.c.topic == "job")
        .where(feed_row.c.id == job, feed_row.c.is_deleted.is_(False))
        .limit(1)
    )
    over = None if told is not None else kept(connection, "job", job)
    return over[1] if over else told
