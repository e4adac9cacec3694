"""Erasures that come down: keys are destroyed here too, and what they sealed is blanked where it is in clear.

Journal entries need no blanking: they are sealed, and stay in their chain. A copy of a key that comes back
from an older database is refused by the bureau, and destroyed again with the next snapshot.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, delete, exists, select, update

from kiosk.domain.slips import SlipState
from kiosk.messages.feed import FeedRow
from kiosk.messages.personal import Kind
from kiosk.storage.feed_tables import erasure
from kiosk.storage.tables import check_in, placement, slip, worker, worker_key
from kiosk.storage.worker_keys import drop_erased

_TOPIC = "erasure"
_SETTLED = (SlipState.PRINTED.value, SlipState.VOID.value)
"""A slip that is still on its way to paper keeps its words until the first forgetting after it is there."""


def carry_out(connection: Connection, page: Sequence[FeedRow]) -> None:
    """Carry out the erasures of a page whose rows were kept; again, nothing changes."""
    told = [row.id for row in page if row.topic == _TOPIC and not row.is_deleted]
    for item in connection.execute(select(erasure).where(erasure.c.id.in_(told))).all() if told else ():
        drop_erased(connection, worker_id=item.worker, kind=item.kind, epoch=item.void)
        if _is_given_anew(connection, item.worker, item.kind, item.epoch):
            continue
        if item.kind == Kind.OPTIONAL.value:
            _forget_answers(connection, item.worker)
        elif item.kind == Kind.STATUTORY.value:
            _forget_person(connection, item.worker)


def blank_papers(connection: Connection) -> None:
    """Blank the slips of people who were erased, once they are on paper or void."""
    erased = select(erasure.c.worker).where(
        erasure.c.kind == Kind.STATUTORY.value, erasure.c.worker.not_in(select(worker.c.id))
    )
    taken = select(placement.c.id).where(placement.c.worker.in_(erased))
    papers = update(slip).where(
        slip.c.placement.in_(taken), slip.c.state.in_(_SETTLED), slip.c.document != ""
    )
    connection.execute(papers.values(document=""))


def _is_given_anew(connection: Connection, of: str, kind: str, epoch: int) -> bool:
    """Return whether such fields were given here after the erasure was known."""
    later = exists().where(worker_key.c.worker == of, worker_key.c.kind == kind, worker_key.c.epoch >= epoch)
    return bool(connection.execute(select(later)).scalar_one())


def _forget_answers(connection: Connection, of: str) -> None:
    blank = {"phone": None, "trades": json.dumps([]), "span": None}
    connection.execute(update(worker).where(worker.c.id == of).values(**blank))


def _forget_person(connection: Connection, of: str) -> None:
    """Forget who somebody is; what he took stays, under an id that means nobody here any more."""
    connection.execute(delete(check_in).where(check_in.c.worker == of))
    connection.execute(delete(worker).where(worker.c.id == of))
    blank_papers(connection)
