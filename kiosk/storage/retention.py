"""Forgetting: a kiosk keeps personal data until the loop closes, and at most 30 days after acknowledgement.

A person is forgotten when he is not here today, all his entries are acknowledged, and either nothing he took
is open or his newest entry is older than 30 days. His row, papers and visits go; the documents of his slips
and the bodies of his entries are blanked. Entries keep their place and hash, and since blank ones can never
be uploaded again, the floor below which nothing is re-sent rises over them: that is why younger entries
are blanked only once the bureau's backup holds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, exists, func, not_, or_, select, update

from kiosk.domain.clock import hall_day
from kiosk.storage.database import Database
from kiosk.storage.placements import TAKES_TIME
from kiosk.storage.tables import (
    check_in,
    current_stream,
    journal,
    orphan_entry,
    orphan_stream,
    placement,
    slip,
    worker,
)

KEEP_DAYS = 30
_MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many people and entries were blanked; run again while `workers` is not 0."""

    workers: int
    entries: int


def forget_closed(database: Database, now: datetime) -> Forgotten:
    """Forget at most 100 people in one short transaction."""
    with database.writing() as connection:
        people = _to_forget(connection, now)
        entries = _blank_entries(connection, people)
        taken = select(placement.c.id).where(placement.c.worker.in_(people))
        connection.execute(update(slip).where(slip.c.placement.in_(taken)).values(document=""))
        connection.execute(delete(check_in).where(check_in.c.worker.in_(people)))
        connection.execute(delete(worker).where(worker.c.id.in_(people)))
    return Forgotten(len(people), entries)


def _to_forget(connection: Connection, now: datetime) -> Sequence[str]:
    ended_long_ago = now - timedelta(days=KEEP_DAYS)
    floor = select(current_stream.c.prune_ok).scalar_subquery()
    acked = select(current_stream.c.acked).scalar_subquery()
    is_here = exists().where(check_in.c.worker == worker.c.id, check_in.c.day == hall_day(now))
    has_open = exists().where(placement.c.worker == worker.c.id, TAKES_TIME)
    is_unsaid = exists().where(journal.c.subject == worker.c.id, journal.c.seq > acked)
    is_not_backed_up = exists().where(journal.c.subject == worker.c.id, journal.c.seq > floor)
    is_recent = exists().where(journal.c.subject == worker.c.id, journal.c.at > ended_long_ago)
    is_unsaid_orphan = exists().where(
        orphan_entry.c.subject == worker.c.id,
        orphan_stream.c.stream == orphan_entry.c.stream,
        orphan_entry.c.seq > orphan_stream.c.acked,
    )
    closed = not_(has_open) & not_(is_not_backed_up)
    statement = (
        select(worker.c.id)
        .where(not_(is_here), not_(is_unsaid), not_(is_unsaid_orphan), or_(closed, not_(is_recent)))
        .limit(_MOST_AT_ONCE)
    )
    return connection.execute(statement).scalars().all()


def _blank_entries(connection: Connection, people: Sequence[str]) -> int:
    if not people:
        return 0
    of_them = journal.c.subject.in_(people)
    blanked = connection.execute(select(func.max(journal.c.seq)).where(of_them)).scalar() or 0
    raised = func.max(current_stream.c.prune_floor, func.min(blanked, current_stream.c.acked))
    connection.execute(update(current_stream).values(prune_floor=raised))
    entries = connection.execute(update(journal).where(of_them).values(body="", subject=None)).rowcount
    old = orphan_entry.c.subject.in_(people)
    highest = (
        select(func.max(orphan_entry.c.seq))
        .where(old, orphan_entry.c.stream == orphan_stream.c.stream)
        .scalar_subquery()
    )
    floor = func.max(orphan_stream.c.prune_floor, func.coalesce(highest, 0))
    connection.execute(update(orphan_stream).values(prune_floor=floor))
    return (
        entries + connection.execute(update(orphan_entry).where(old).values(body="", subject=None)).rowcount
    )
