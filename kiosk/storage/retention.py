"""Forgetting: a kiosk keeps personal data until the loop closes, and at most 30 days after acknowledgement.

A person is forgotten when he is not here today, all his entries are acknowledged, and either nothing he took
is open or his newest entry is older than 30 days. His row, keys, papers and visits go; the documents of his
slips and the bodies of his entries are blanked. Entries keep their place and hash, and since blank ones can
never be uploaded again, the floor below which nothing is re-sent rises over them: that is why younger
entries are blanked only once the bureau's backup holds them.

Who stands in the line of today, and which places of other kiosks were given back here, goes by its own days:
whoever is not kept here may have come to another kiosk, and neither names anybody.

Entries older than 30 days that the bureau's verified backup holds are deleted, whoever they speak of; the
floor rises with them and keeps the hash of the last one, to which the next upload is chained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile

from sqlalchemy import Connection, and_, delete, exists, func, not_, or_, select, update

from kiosk.domain.clock import hall_day
from kiosk.domain.periods import years_before
from kiosk.protocol import watermarks
from kiosk.storage import book_keeping
from kiosk.storage.database import Database
from kiosk.storage.door_tables import boarded_slip, closed_door, door_block, rider_call
from kiosk.storage.erasures import blank_papers
from kiosk.storage.feed_pages import yield_turn
from kiosk.storage.feed_tables import rider, trip
from kiosk.storage.hiring_tables import decision, left_place, sign_up
from kiosk.storage.known_streams import (
    KnownStream,
    drop_entries,
    entries_of,
    keep_mark,
    old_streams,
    present_stream,
)
from kiosk.storage.outcomes import forget_parts
from kiosk.storage.outing_tables import hand_over, incident, outing, return_mark
from kiosk.storage.paper_tables import paper
from kiosk.storage.pays import forget_answers
from kiosk.storage.placements import TAKES_TIME
from kiosk.storage.settings import SqlSettings
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
from kiosk.storage.teams import forget_lists
from kiosk.storage.worker_keys import drop_unneeded

KEEP_DAYS = 30
_SERVICES, _CLASSES = "retention.service_ledger_years", "retention.safety_class_years"
_MOST_AT_ONCE = 100
_MOST_ENTRIES = 500
"""A tap never waits for more to be deleted."""


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
        connection.execute(delete(paper).where(paper.c.worker.in_(people)))
        forget_lists(connection, people)
        connection.execute(delete(check_in).where(check_in.c.worker.in_(people)))
        connection.execute(delete(worker).where(worker.c.id.in_(people)))
        connection.execute(delete(decision).where(decision.c.about.in_(people)))
        drop_unneeded(connection)
        blank_papers(connection)
        forget_answers(connection, now)
        forget_parts(connection, now)
    return Forgotten(len(people), entries)


def prune_told(database: Database, now: datetime) -> int:
    """Delete old entries that are safe at the bureau, what doors knew, and lines of before.

    Return how many entries went.
    """
    before = now - timedelta(days=KEEP_DAYS)
    _forget_doors(database, before)
    _forget_lines(database, hall_day(now), before)
    pruned = 0
    while some := _prune_some(database, before):
        pruned += some
        yield_turn()
    return pruned


def forget_books(database: Database, now: datetime) -> None:
    """Forget of a desk's books what law wants kept no longer; while nobody says how long, all is kept."""
    today = hall_day(now)
    with database.writing() as connection:
        told = SqlSettings(connection).parameters(today).values
        if _SERVICES in told and _CLASSES in told:
            services, classes = (years_before(today, int(told[key].value)) for key in (_SERVICES, _CLASSES))
            book_keeping.forget_old(connection, services, classes)


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
    blanked = 0
    for known in (present_stream(connection), *old_streams(connection)):
        entries, own = entries_of(known)
        of_them = and_(own, entries.c.subject.in_(people))
        newest = connection.execute(select(func.max(entries.c.seq)).where(of_them)).scalar() or 0
        keep_mark(connection, known, watermarks.blanked(known.mark, newest))
        blanked += connection.execute(update(entries).where(of_them).values(body="", subject=None)).rowcount
    return blanked


def _prune_some(database: Database, before: datetime) -> int:
    with database.writing() as connection:
        for known in (present_stream(connection), *old_streams(connection)):
            last = _last_before(connection, known, before)
            if last:
                keep_mark(connection, known, watermarks.pruned(known.mark, last))
                return drop_entries(connection, known, last)
    return 0


def _last_before(connection: Connection, known: KnownStream, before: datetime) -> int:
    """Return the last of the oldest entries that may go, 0 when none may."""
    entries, own = entries_of(known)
    statement = (
        select(entries.c.seq, entries.c.at)
        .where(own, entries.c.seq <= watermarks.prunable(known.mark))
        .order_by(entries.c.seq)
        .limit(_MOST_ENTRIES)
    )
    old = takewhile(lambda row: row.at < before, connection.execute(statement).all())
    return max((row.seq for row in old), default=0)


def _forget_lines(database: Database, today: date, before: datetime) -> None:
    """Forget who stood in the lines of days that are over, and what was decided long ago."""
    with database.writing() as connection:
        connection.execute(delete(sign_up).where(sign_up.c.hall_day < today))
        connection.execute(delete(decision).where(decision.c.at < before))
        connection.execute(delete(left_place).where(left_place.c.at < before))


def _forget_doors(database: Database, before: datetime) -> None:
    """Forget who went with coaches that left long ago, and who was kept out; never who is not back."""
    with database.writing() as connection:
        is_still_known = trip.c.day >= hall_day(before)
        is_out = exists().where(outing.c.trip == boarded_slip.c.trip, outing.c.is_settled.is_(False))
        for table, is_long_ago in (
            (door_block, door_block.c.told_at < before),
            (boarded_slip, (boarded_slip.c.at < before) & not_(is_out)),
        ):
            is_needed = exists().where(trip.c.id == table.c.trip, is_still_known)
            connection.execute(delete(table).where(is_long_ago, not_(is_needed)))
        connection.execute(delete(closed_door).where(closed_door.c.at < before))
        connection.execute(delete(rider_call).where(rider_call.c.at < before))
        has_left = exists().where(trip.c.id == rider.c.trip, trip.c.day < hall_day(before))
        connection.execute(delete(rider).where(has_left))
        is_over = outing.c.is_settled.is_(True) & (outing.c.opened_at < before)
        connection.execute(delete(outing).where(is_over))
        for told, at in (
            (hand_over, hand_over.c.noted_at),
            (return_mark, return_mark.c.at),
            (incident, incident.c.closed_at),
        ):
            is_kept = exists().where(outing.c.trip == told.c.trip)
            connection.execute(delete(told).where(at < before, not_(is_kept)))
