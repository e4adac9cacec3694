"""What is over leaves the feed, jobs before their coaches; the bureau keeps its last words for its own lists.

A job is over when its last day and its last hour on the board are past and nothing about it is open:

| open | until |
| --- | --- |
| a place of it | a day after it has ended, the way home included; a disputed one, until it is settled |
| a question about pay | it is answered, or is asked no more |
| numbers in the hand of a kiosk | that kiosk was heard after they closed, or was written off by count |
| the door of its coach | the device that holds it has closed it |

A coach is over when its day is past, no job that is told names it, and its numbers and its door are closed.
However open, a job is told for no longer than `feed.open_job_days` after its last day: as long as wages of
a month are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, and_, delete, or_, select

from kiosk.bureau.databases import Database
from kiosk.bureau.door_tables import door
from kiosk.bureau.doors import forget_blocks
from kiosk.bureau.feeds import Changes, current_body, end_tombstones
from kiosk.bureau.kept_tables import kept_body
from kiosk.bureau.pay_questions import is_unanswered
from kiosk.bureau.portable import field_of
from kiosk.bureau.quotas import right_of
from kiosk.bureau.retaining import ledger_since, parameter_in_force
from kiosk.bureau.riders import forget_riders
from kiosk.bureau.rows import put
from kiosk.bureau.tables import event, feed_row, kiosk, placement, quota, rights, stream
from kiosk.domain.clock import hall_day
from kiosk.domain.ids import JobId, TripId, places_of, seats_of
from kiosk.domain.placements import OPEN_STATES, PlacementState
from kiosk.messages.feed import JobBody, TripBody
from kiosk.messages.part_bodies import PartBody

_LONGEST = "feed.open_job_days"
_USUAL_DAYS = 62
"""The wages of a month are due a month later at most, and asked for thirty days from then."""
_LAST_DAYS = {"job": ("shift", "last_day"), "trip": ("day",)}
"""What ends, jobs before their coaches, and where its body says when."""
_CLOCKS_APART = timedelta(days=1)
_PARTS_TOLD = timedelta(days=30)
"""So long a hall may be dark and still hears what became of its slips."""
_AT_ONCE = 100
"""So many leave the feed in one transaction: whoever speaks meanwhile waits for some ten milliseconds."""
_TAKES_TIME = sorted(state.value for state in OPEN_STATES - {PlacementState.DISPUTED})


@dataclass(frozen=True, slots=True)
class _Said:
    """A job or coach as the feed tells it now, its last day, and the coach it is about, or nothing."""

    scope: str
    id: str
    body: str
    last_day: date
    trip: str


def forget_what_is_over(database: Database, now: datetime) -> int:
    """Take what is over out of the feed, some rows a transaction; return how many rows that were."""
    today = hall_day(now)
    with database.reading() as connection:
        longest = parameter_in_force(connection, _LONGEST, today)
        since = today - timedelta(days=_USUAL_DAYS if longest is None else int(longest.value))
        past = [(topic, _past(connection, topic, day, today)) for topic, day in _LAST_DAYS.items()]
    count = 0
    for topic, keys in past:
        for at in range(0, len(keys), _AT_ONCE):
            with database.writing() as connection:
                count += _forget(connection, topic, keys[at : at + _AT_ONCE], now, since)
    with database.writing() as connection:
        _forget_late_blocks(connection)
        _forget_parts(connection, now)
        end_tombstones(connection, today)
        connection.execute(delete(kept_body).where(kept_body.c.over_on < ledger_since(connection, today)))
    return count


def _past(connection: Connection, topic: str, day: tuple[str, ...], today: date) -> list[tuple[str, str]]:
    """Return scope and id of what is told of a topic and whose `day`, a path in the body, is before today."""
    is_told = and_(feed_row.c.topic == topic, feed_row.c.is_deleted.is_(False))
    is_past = field_of(feed_row.c.body, *day) < today.isoformat()
    rows = connection.execute(select(feed_row.c.scope, feed_row.c.id).where(is_told, is_past))
    return sorted((row.scope, row.id) for row in rows)


def _forget(
    connection: Connection, topic: str, keys: Iterable[tuple[str, str]], now: datetime, since: date
) -> int:
    """Take back what of this is over; it is read again here, since it may have been said anew meanwhile."""
    found = [_said(connection, topic, scope, row_id, now) for scope, row_id in keys]
    said = [item for item in found if item is not None]
    unsettled = _unsettled(connection, topic, said, now)
    named = _named(connection) if topic == "trip" else set()
    changes, count = Changes(), 0
    for item in said:
        is_open = item.id in unsettled and item.last_day >= since
        if is_open or item.id in named:
            continue
        facts = {"scope": item.scope, "body": item.body, "over_on": hall_day(now)}
        put(connection, kept_body, {"topic": topic, "id": item.id}, facts)
        changes.take_back(item.scope, topic, item.id)
        if topic == "trip":
            coach = TripBody.model_validate_json(item.body)
            forget_blocks(connection, changes, coach)
            forget_riders(connection, changes, coach)
        count += 1
    changes.stamp(connection)
    return count


def _said(connection: Connection, topic: str, scope: str, row_id: str, now: datetime) -> _Said | None:
    """Return what is told of a thing whose last day and hour are past, None of any other."""
    said = current_body(connection, Changes(), [scope], topic, row_id)
    if said is None:
        return None
    if topic == "trip":
        trip = TripBody.model_validate_json(said[1])
        last_day, until, coach = trip.day, now, row_id
    else:
        job = JobBody.model_validate_json(said[1])
        last_day, until, coach = job.shift.last_day, job.valid_until, job.trip or ""
    is_past = last_day < hall_day(now) and until <= now
    return _Said(scope, row_id, said[1], last_day, coach) if is_past else None


def _unsettled(connection: Connection, topic: str, said: Sequence[_Said], now: datetime) -> set[str]:
    """Return those of which something is open."""
    jobs = [item.id for item in said if topic == "job"]
    of_trips = _with_open_door(connection, {item.trip for item in said})
    quotas = {_quota_of(topic, item): item.id for item in said}
    return {
        *_with_open_places(connection, jobs, now),
        *(quotas[name] for name in _in_dark_hands(connection, quotas)),
        *(item.id for item in said if item.trip in of_trips),
    }


def _with_open_places(connection: Connection, jobs: Sequence[str], now: datetime) -> Iterable[str]:
    takes_time = and_(placement.c.state.in_(_TAKES_TIME), placement.c.ends > now - _CLOCKS_APART)
    is_disputed = placement.c.state == PlacementState.DISPUTED.value
    is_open = or_(takes_time, is_disputed, is_unanswered(now))
    return connection.scalars(select(placement.c.job).where(placement.c.job.in_(jobs), is_open).distinct())


def _in_dark_hands(connection: Connection, quotas: Iterable[str]) -> Iterator[str]:
    """Yield quotas of which a kiosk may have spent numbers that we have not heard of.

    Who speaks by stick is seen by nobody; his entries tell when he was heard.
    """
    rows = connection.execute(
        select(rights)
        .join(quota, quota.c.id == rights.c.quota)
        .join(stream, stream.c.id == rights.c.stream)
        .join(kiosk, kiosk.c.id == stream.c.kiosk)
        .outerjoin(event, and_(event.c.stream == stream.c.id, event.c.seq == stream.c.acked))
        .where(rights.c.quota.in_(list(quotas)), rights.c.counted.is_(None))
        .where(kiosk.c.seen_at <= quota.c.closes_at)
        .where(or_(event.c.pos.is_(None), event.c.received_at <= quota.c.closes_at))
    )
    return (row.quota for row in rows if len(right_of(row).committed))


def _with_open_door(connection: Connection, trips: Iterable[str]) -> set[str]:
    is_open = and_(door.c.trip.in_(list(trips)), door.c.is_closed.is_(False))
    return set(connection.scalars(select(door.c.trip).where(is_open)))


def _named(connection: Connection) -> set[str | None]:
    """Return the coaches that jobs name which are told."""
    is_told = and_(feed_row.c.topic == "job", feed_row.c.is_deleted.is_(False))
    return set(connection.scalars(select(field_of(feed_row.c.body, "trip")).where(is_told).distinct()))


def _quota_of(topic: str, item: _Said) -> str:
    return places_of(JobId(item.id)) if topic == "job" else seats_of(TripId(item.id))


def _forget_late_blocks(connection: Connection) -> None:
    """Take back papers that are kept out of coaches which are told no more: their entries came late."""
    told = select(feed_row.c.id).where(feed_row.c.topic == "trip", feed_row.c.is_deleted.is_(False))
    late = connection.execute(
        select(feed_row.c.scope, feed_row.c.id)
        .where(feed_row.c.topic == "block", feed_row.c.is_deleted.is_(False))
        .where(field_of(feed_row.c.body, "trip").not_in(told))
    )
    changes = Changes()
    for row in late.all():
        changes.take_back(row.scope, "block", row.id)
    changes.stamp(connection)


def _forget_parts(connection: Connection, now: datetime) -> None:
    """Take back parts that were read long ago: whoever had to know of them has read them or reads no more."""
    told = connection.execute(
        select(feed_row.c.scope, feed_row.c.id, feed_row.c.body).where(
            feed_row.c.topic == "part", feed_row.c.is_deleted.is_(False)
        )
    )
    changes = Changes()
    for row in told.all():
        if PartBody.model_validate_json(row.body).read_at < now - _PARTS_TOLD:
            changes.take_back(row.scope, "part", row.id)
    changes.stamp(connection)
