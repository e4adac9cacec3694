"""Numbers that kiosks return unspent, which may go to other kiosks, and what a log says was spent."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from kiosk.bureau.problems import NotApplicable
from kiosk.bureau.quotas import load, save
from kiosk.bureau.tables import placement, spent_number
from kiosk.domain.ids import QuotaId, StreamId
from kiosk.domain.quotas import NumberSet
from kiosk.messages.events import RightsReturned
from kiosk.protocol.quotas import NotHeld, give_back, notice_spent
from kiosk.statements import Statement

_EVER_SPENT = Statement(
    select(spent_number.c.number)
    .join_from(spent_number, placement, placement.c.id == spent_number.c.placement)
    .where(placement.c.stream == bindparam("stream"), spent_number.c.quota == bindparam("quota"))
)


def return_rights(connection: Connection, stream: StreamId, body: RightsReturned) -> None:
    """Free returned numbers. Raises NotApplicable for numbers the stream does not hold or ever spent.

    A number that was ever spent has paper somewhere; only proof that the paper is gone may free it.
    """
    name = QuotaId(body.quota)
    state = load(connection, name)
    if state is None:
        raise NotApplicable("bureau.refused.number_not_granted")
    numbers = NumberSet.of_pairs(body.ranges)
    if len(numbers & ever_spent(connection, stream, name)):
        raise NotApplicable("bureau.refused.number_spent")
    try:
        save(connection, name, give_back(state, stream, numbers), stream)
    except NotHeld:
        raise NotApplicable("bureau.refused.number_not_granted") from None


def notice_spent_of(connection: Connection, name: QuotaId, stream: StreamId) -> None:
    """Count what a stream is now known to have spent that was written off, where a person counted less."""
    state = load(connection, name)
    if state is not None:
        known = len(ever_spent(connection, stream, name))
        save(connection, name, notice_spent(state, stream, known), stream)


def ever_spent(connection: Connection, stream: StreamId, name: QuotaId) -> NumberSet:
    """Return every number of a quota that a stream's log says was spent."""
    rows = _EVER_SPENT.all(connection, {"stream": stream, "quota": name})
    return NumberSet.of_pairs([(row.number, row.number) for row in rows])
