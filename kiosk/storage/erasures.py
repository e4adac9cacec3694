"""Erasures that come down: keys are destroyed here too, and what they sealed is blanked where it is in clear.

Journal entries need no blanking: they are sealed, and stay in their chain. A copy of a key that comes back
from an older database is refused by the bureau, and destroyed again with the next snapshot.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, delete, exists, or_, select, update

from kiosk.domain.papers import PaperKind
from kiosk.domain.slips import SlipState
from kiosk.messages.feed import FeedRow
from kiosk.messages.personal import Kind
from kiosk.storage.book_keeping import erase as erase_booked
from kiosk.storage.feed_rows import read_changes, write_changes
from kiosk.storage.feed_tables import erasure
from kiosk.storage.hiring_tables import decision, left_place, sign_up
from kiosk.storage.paper_tables import paper
from kiosk.storage.proofs import forget_hardships
from kiosk.storage.tables import check_in, erasure_wish, placement, slip, worker, worker_key
from kiosk.storage.teams import forget_lists
from kiosk.storage.trip_tables import driver
from kiosk.storage.worker_keys import drop_erased

_TOPIC = "erasure"
_SETTLED = (SlipState.PRINTED.value, SlipState.VOID.value)
"""A slip that is still on its way to paper keeps its words until the first forgetting after it is there."""


def parted(rows: Sequence[FeedRow]) -> tuple[list[FeedRow], list[FeedRow]]:
    """Return the rows of a page that tell of erasures, and all others."""
    told = [row for row in rows if row.topic == _TOPIC]
    return told, [row for row in rows if row.topic != _TOPIC]


def carry_out(connection: Connection, scope: str, told: Sequence[FeedRow]) -> None:
    """Keep the rows of a page that tell of erasures, and carry out what they say.

    Told again, nothing changes: fields are forgotten when an erasure is heard of first. What is known after
    that was given since, here or at another kiosk, also when the row changes because law lets go.
    """
    if not told:
        return
    of_page = select(erasure).where(erasure.c.id.in_([row.id for row in told]))
    before = {row.id: row.epoch for row in connection.execute(of_page)}
    write_changes(connection, scope, read_changes(scope, told), {})
    for item in connection.execute(of_page).all():
        drop_erased(connection, worker_id=item.worker, kind=item.kind, epoch=item.void)
        erase_booked(connection, item.worker, item.kind, item.epoch, item.void)
        _drop_answered(connection, item.worker, item.kind, item.epoch)
        is_news = item.epoch > before.get(item.id, 0)
        if is_news and not is_given_anew(connection, item.worker, item.kind, item.epoch):
            forget_fields(connection, item.worker, item.kind)
    blank_papers(connection)  # once a page: it looks at every place that was taken here


def forget_fields(connection: Connection, of: str, kind: str) -> None:
    """Forget what this kiosk holds in clear of one kind of a person's fields, but for slips."""
    if kind == Kind.OPTIONAL.value:
        _forget_answers(connection, of)
    elif kind == Kind.STATUTORY.value:
        _forget_person(connection, of)


def is_given_anew(connection: Connection, of: str, kind: str, epoch: int) -> bool:
    """Return whether such fields were given here after so many erasures were known."""
    later = exists().where(worker_key.c.worker == of, worker_key.c.kind == kind, worker_key.c.epoch >= epoch)
    return bool(connection.execute(select(later)).scalar_one())


def blank_papers(connection: Connection) -> None:
    """Blank the slips of people who were erased, once they are on paper or void."""
    is_unknown = placement.c.worker.not_in(select(worker.c.id))
    asked = [
        placement.c.worker.in_(select(table.c.worker).where(table.c.kind == Kind.STATUTORY.value))
        for table in (erasure, erasure_wish)
    ]
    taken = select(placement.c.id).where(is_unknown, or_(*asked))
    papers = update(slip).where(
        slip.c.placement.in_(taken), slip.c.state.in_(_SETTLED), slip.c.document != ""
    )
    connection.execute(papers.values(document=""))


def _drop_answered(connection: Connection, of: str, kind: str, epoch: int) -> None:
    """Forget a wish that the bureau has answered: it counts as many erasures as were asked here."""
    wish = erasure_wish.c
    connection.execute(delete(erasure_wish).where(wish.worker == of, wish.kind == kind, wish.epoch <= epoch))


def _forget_answers(connection: Connection, of: str) -> None:
    """Forget what only consent allowed: the answers, their receipt, and why somebody is helped first."""
    receipts = paper.c.kind == PaperKind.REGISTRATION.value
    connection.execute(delete(paper).where(paper.c.worker == of, receipts))
    blank = {"phone": None, "trades": json.dumps([]), "span": None}
    connection.execute(update(worker).where(worker.c.id == of).values(**blank))
    forget_hardships(connection, of)


def _forget_person(connection: Connection, of: str) -> None:
    """Forget who somebody is; what he took stays, under an id that means nobody here any more."""
    connection.execute(delete(paper).where(paper.c.worker == of))
    forget_lists(connection, [of])
    connection.execute(delete(check_in).where(check_in.c.worker == of))
    connection.execute(delete(sign_up).where(sign_up.c.worker == of))
    connection.execute(delete(decision).where(decision.c.about == of))
    connection.execute(delete(left_place).where(left_place.c.worker == of))
    connection.execute(delete(driver).where(driver.c.id == of))
    connection.execute(delete(worker).where(worker.c.id == of))
