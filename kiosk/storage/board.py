"""The board: which jobs a person may look at now, read from covering indexes, never from the whole table.

Each order and filter of the board has an index that begins with `is_open`. A plus sign before a column hides
it from the planner, where without statistics it would take the wrong index and sort, or scan, too much.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from math import isqrt
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    exists,
    func,
    literal,
    literal_column,
    nulls_last,
    or_,
    select,
    update,
)

from kiosk.actions.board_ports import (
    BoardQuery,
    FamilyCount,
    JobOnBoard,
    Stop,
    StopCount,
    Weighable,
)
from kiosk.domain.families import Family
from kiosk.domain.ids import EmployerId, JobId, TripId, places_of
from kiosk.domain.jobs import Employer, Job, JobState
from kiosk.domain.trips import Trip
from kiosk.statements import Statement
from kiosk.storage.columns import Instant
from kiosk.storage.feed_tables import employer, job, search_term, trip
from kiosk.storage.feed_values import read_employer, read_job, read_trip
from kiosk.storage.search_terms import normalised
from kiosk.storage.tables import quota

_Found = TypeVar("_Found", bound=Select[Any])

_JOB = Statement(select(job.c.body, job.c.state).where(job.c.id == bindparam("id")))
_JOBS = select(job.c.id, job.c.body, job.c.state).where(job.c.id.in_(bindparam("of", expanding=True)))
_WITHDRAW = (
    update(job)
    .where(job.c.id == bindparam("of"), job.c.state == JobState.PUBLISHED.value)
    .values(state=JobState.WITHDRAWN.value, is_open=False)
)
_EMPLOYERS = select(employer.c.body).order_by(employer.c.id)
_EMPLOYER = Statement(select(employer.c.body).where(employer.c.id == bindparam("id")))
_TRIP = Statement(select(trip.c.body).where(trip.c.id == bindparam("id")))
_TRIPS_OF = select(trip.c.body).where(trip.c.day == bindparam("day")).order_by(trip.c.departs_at)
_LINE = select(job.c.id, job.c.body, job.c.open_here, job.c.open_places).where(
    literal_column("+is_open") == literal(1),
    literal_column("+valid_until", Instant) > bindparam("now", type_=Instant),
    literal_column("+starts", Instant) > bindparam("now", type_=Instant),
)
_LINE_OF = Statement(_LINE.where(job.c.id == bindparam("of")))
_PUBLISHED = select(job.c.id, job.c.body, job.c.open_here, job.c.open_places).where(
    literal_column("+state") == literal(JobState.PUBLISHED.value),
    literal_column("+valid_until", Instant) > bindparam("now", type_=Instant),
    literal_column("+starts", Instant) > bindparam("now", type_=Instant),
)
_PUBLISHED_OF = Statement(_PUBLISHED.where(job.c.id == bindparam("of")))
_ASKED_FOR = job.c.id.in_(bindparam("jobs", expanding=True))
_LINES = _LINE.where(_ASKED_FOR)
_PUBLISHED_LINES = _PUBLISHED.where(_ASKED_FOR)
_TRIPS = select(trip.c.body).where(trip.c.id.in_(bindparam("trips", expanding=True)))

_ANY_RANK = 2**62
_IS_OPEN = job.c.is_open == literal(1)
_STARTS_LATER = literal_column("+job.starts", Instant) > bindparam("now", type_=Instant)
_IS_VALID = job.c.valid_until > bindparam("now", type_=Instant)
_IS_TAKEABLE: ColumnElement[bool] = literal_column("job.open_here > 0")
"""Word for word the condition of its index: a bound zero would not do."""
_IS_FULL: tuple[ColumnElement[bool], ...] = (
    literal_column("job.is_open = 0"),
    literal_column("job.state = 'published'"),
    exists().where(
        quota.c.id == literal(places_of(JobId(""))).op("||")(job.c.id), quota.c.open_at_bureau.is_not(None)
    ),
    or_(job.c.trip.is_(None), exists().where(trip.c.id == job.c.trip)),
)
"""Nothing of the job is left, which the bureau said; neither is a job whose coach is not known here yet."""
_SHOWN = (_IS_OPEN, _IS_VALID, _STARTS_LATER)
_BEGINS_FIRST = func.min(job.c.starts)
# The job is the one that begins first: SQLite takes it from the row of a lone minimum.
_SOONEST = (
    select(job.c.trade, job.c.id, _BEGINS_FIRST)
    .with_hint(job, "INDEXED BY board_by_start", "sqlite")
    .where(_IS_OPEN, _IS_VALID, job.c.starts > bindparam("now", type_=Instant))
    .where(job.c.trade.in_(bindparam("of", expanding=True)))
    .group_by(job.c.trade)
)
_FAMILIES = (
    select(
        job.c.family,
        func.sum(func.max(job.c.open_places, job.c.open_here)),
        func.count(),
    )
    .where(*_SHOWN)
    .group_by(job.c.family)
    .order_by(job.c.family)
)
_TRADES = (
    select(job.c.trade, func.count())
    .where(*_SHOWN, job.c.family == bindparam("family"))
    .group_by(job.c.trade)
    .order_by(func.count().desc(), job.c.trade)
)


class SqlBoard:
    """The board of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read within the transaction of `connection`."""
        self._connection = connection

    def job(self, job_id: JobId) -> Job | None:
        """Return a job as it was last published, whether or not it is still open."""
        row = _JOB.first(self._connection, {"id": job_id})
        if row is None:
            return None
        return replace(read_job(row.body), state=JobState(row.state))

    def jobs(self, jobs: Sequence[JobId]) -> Mapping[JobId, Job]:
        """Return those of these jobs that are known here, as they were last published."""
        rows = self._connection.execute(_JOBS, {"of": jobs}) if jobs else ()
        return {JobId(row.id): replace(read_job(row.body), state=JobState(row.state)) for row in rows}

    def withdraw(self, job_id: JobId) -> bool:
        """Take a job off this kiosk's board; False when it is not published here."""
        return self._connection.execute(_WITHDRAW, {"of": job_id}).rowcount == 1

    def employers(self) -> Sequence[Employer]:
        """Return everyone the bureau told of, for the desk."""
        bodies = self._connection.execute(_EMPLOYERS).scalars()
        return [read_employer(body) for body in bodies]

    def employer(self, employer_id: EmployerId) -> Employer | None:
        """Return an employer."""
        body = _EMPLOYER.scalar(self._connection, {"id": employer_id})
        return None if body is None else read_employer(body)

    def trip(self, trip_id: TripId) -> Trip | None:
        """Return a trip."""
        body = _TRIP.scalar(self._connection, {"id": trip_id})
        return None if body is None else read_trip(body)

    def line(self, job_id: JobId, now: datetime) -> JobOnBoard | None:
        """Return one job as the board shows it, or None when the board does not show it."""
        return self._one(_LINE_OF, job_id, now)

    def published(self, job_id: JobId, now: datetime) -> JobOnBoard | None:
        """Return one job that is published and still ahead, also where every place of it is taken."""
        return self._one(_PUBLISHED_OF, job_id, now)

    def _one(self, statement: Statement, job_id: JobId, now: datetime) -> JobOnBoard | None:
        row = statement.first(self._connection, {"of": job_id, "now": now})
        if row is None:
            return None
        item = read_job(row.body)
        coach = self.trip(item.trip) if item.trip else None
        return _line(item, coach, row.open_here, row.open_places)

    def count(self, query: BoardQuery, now: datetime) -> int:
        """Return how many jobs a query finds."""
        statement = _from_index(select(func.count()).select_from(job), query).where(*_conditions(query))
        return self._connection.execute(statement, {"now": now}).scalar_one()

    def page(self, query: BoardQuery, now: datetime, offset: int, limit: int) -> Sequence[JobOnBoard]:
        """Return some lines of what a query finds: the best paid first, or by `order="start"` the soonest.

        What is full stands by its start.
        """
        is_by_start = query.order == "start" or query.is_full
        order = (job.c.starts, job.c.pay_rank, job.c.id) if is_by_start else _by_pay(query)
        conditions = _conditions(query)
        if normalised(query.text) and not is_by_start:
            conditions.append(job.c.pay_rank <= self._worst_rank(query, now, offset + limit))
        statement = _from_index(select(job.c.id), query).where(*conditions).order_by(*order)
        found = self._connection.execute(statement.limit(limit).offset(offset), {"now": now}).scalars()
        return self._lines(_PUBLISHED_LINES if query.is_full else _LINES, list(found), now)

    def weighables(self, query: BoardQuery, now: datetime) -> Sequence[Weighable]:
        """Return what ranking reads of every job a query finds: the best paid first, then the soonest."""
        statement = _ranked(select(job.c.id, job.c.traits, job.c.travel_min, job.c.first_day), query)
        statement = statement.where(*_conditions(query)).order_by(job.c.pay_rank, job.c.starts, job.c.id)
        found: Sequence[Any] = self._connection.execute(statement, {"now": now}).all()
        return found

    def stops(self, query: BoardQuery, now: datetime) -> Sequence[StopCount]:
        """Return the places that a query finds work at, each station's nearest first."""
        nearest = func.min(job.c.travel_min)
        counts = (job.c.station, job.c.town, nearest, func.count(), func.sum(job.c.has_coach))
        statement = _ranked(select(*counts), query).where(*_conditions(query))
        grouped = statement.group_by(job.c.station, job.c.town).order_by(job.c.station, nearest, job.c.town)
        rows = self._connection.execute(grouped, {"now": now})
        return [
            StopCount(Stop(station, town), minutes, jobs, coaches)
            for station, town, minutes, jobs, coaches in rows
        ]

    def days(self, query: BoardQuery, now: datetime) -> Sequence[tuple[date, int]]:
        """Return the days on which work begins that a query finds, with its jobs, the soonest first."""
        statement = _ranked(select(job.c.first_day, func.count()), query).where(*_conditions(query))
        grouped = statement.group_by(job.c.first_day).order_by(job.c.first_day)
        return [(day, jobs) for day, jobs in self._connection.execute(grouped, {"now": now})]

    def _worst_rank(self, query: BoardQuery, now: datetime, rows: int) -> int:
        """Return a rank that none of the best paid `rows` jobs of a search exceeds.

        A letter may find most of the board, and sorting all of that for one page takes long. So a few jobs of
        each wording are looked at: where `some` wordings have `deep` jobs up to a rank, there are enough.
        """
        deep = isqrt(max(rows - 1, 0)) + 1
        some = -(-rows // deep)
        statement = _ranks(query, deep - 1, some - 1)
        found: int | None = self._connection.execute(statement, {"now": now}).scalar_one_or_none()
        return _ANY_RANK if found is None else found

    def families(self, now: datetime) -> Sequence[FamilyCount]:
        """Return, for each family that has a job on the board, its open places and jobs."""
        rows = self._connection.execute(_FAMILIES, {"now": now})
        return [FamilyCount(Family(family), places, jobs) for family, places, jobs in rows]

    def trades(self, family: Family, now: datetime) -> Sequence[tuple[str, int]]:
        """Return (trade, jobs) within a family, the most jobs first."""
        rows = self._connection.execute(_TRADES, {"family": family.value, "now": now})
        return [(trade, jobs) for trade, jobs in rows]

    def trips_of(self, day: date) -> Sequence[Trip]:
        """Return the trips of a local day in order of departure."""
        bodies = self._connection.execute(_TRIPS_OF, {"day": day}).scalars()
        return [read_trip(body) for body in bodies]

    def lines(self, jobs: Sequence[JobId], now: datetime) -> Sequence[JobOnBoard]:
        """Return jobs in the order given; one that the board no longer shows is left out."""
        return self._lines(_LINES, jobs, now)

    def soonest_of(self, trades: Sequence[str], now: datetime) -> Mapping[str, JobId]:
        """Return of each trade the job on the board that begins first; a trade without one is left out."""
        rows = self._connection.execute(_SOONEST, {"of": trades, "now": now})
        return {trade: job_id for trade, job_id, _ in rows}

    def _lines(self, statement: Select[Any], jobs: Sequence[JobId], now: datetime) -> Sequence[JobOnBoard]:
        if not jobs:
            return []
        rows = self._connection.execute(statement, {"jobs": jobs, "now": now}).all()
        found = {row.id: (read_job(row.body), row) for row in rows}
        wanted = [item.trip for item, _ in found.values() if item.trip]
        trips = self._trips(wanted)
        lines = []
        for job_id in jobs:
            if job_id in found:
                item, row = found[job_id]
                coach = trips.get(item.trip) if item.trip else None
                lines.append(_line(item, coach, row.open_here, row.open_places))
        return lines

    def _trips(self, ids: Sequence[TripId]) -> dict[TripId, Trip]:
        if not ids:
            return {}
        bodies = self._connection.execute(_TRIPS, {"trips": sorted(set(ids))}).scalars()
        trips = (read_trip(body) for body in bodies)
        return {item.id: item for item in trips}


def _line(item: Job, coach: Trip | None, open_here: int, open_places: int) -> JobOnBoard:
    return JobOnBoard(item, coach, open_here, max(open_places, open_here))


def _from_index(statement: _Found, query: BoardQuery) -> _Found:
    """Name the small index where it serves; the planner knows no numbers and would walk a large one."""
    if query.is_full:
        return statement.with_hint(job, "INDEXED BY board_full", "sqlite")
    if query.takeable_here and not query.text:
        return statement.with_hint(job, "INDEXED BY board_takeable", "sqlite")
    if query.stop is not None and not query.text:
        return statement.with_hint(job, "INDEXED BY board_by_pay", "sqlite")
    return statement


def _ranked(statement: _Found, query: BoardQuery) -> _Found:
    """Name the index that knows traits and places; words are looked up by their own."""
    if query.takeable_here or query.text or query.is_full:
        return _from_index(statement, query)
    return statement.with_hint(job, "INDEXED BY board_by_pay", "sqlite")


def _by_pay(query: BoardQuery) -> tuple[ColumnElement[object], ...]:
    first: ColumnElement[object] = literal_column("+job.pay_rank") if query.text else job.c.pay_rank
    return first, job.c.starts, job.c.id


def _conditions(query: BoardQuery, worded: ColumnElement[bool] | None = None) -> list[ColumnElement[bool]]:
    """Return what a query asks of a job; `worded` is asked instead of its text."""
    conditions: list[ColumnElement[bool]] = [*(_IS_FULL if query.is_full else (_IS_OPEN,)), _IS_VALID]
    text = normalised(query.text)
    by_start = query.is_full or (query.order == "start" and not text and query.family is None)
    conditions.append(job.c.starts > bindparam("now", type_=Instant) if by_start else _STARTS_LATER)
    if text:
        found = job.c.wording.in_(_wordings(text))
        conditions.append(found if worded is None else worded)
    if query.family is not None:
        family = literal_column("+job.family") if text else job.c.family
        conditions.append(family == query.family.value)
    if query.trades:
        conditions.append(job.c.trade.in_(query.trades))
    if query.same_day_pay_only:
        conditions.append(job.c.is_same_day_pay == literal(1))
    if query.with_coach_only:
        conditions.append(job.c.has_coach == literal(1))
    if query.takeable_here:
        conditions.append(_IS_TAKEABLE)
    if query.stop is not None:
        conditions += [job.c.station == query.stop.station, job.c.town == query.stop.town]
    if query.starting_on is not None:
        conditions.append(job.c.first_day == query.starting_on)
    return conditions


def _wordings(text: str) -> ColumnElement[int]:
    """Return the wordings with a term that begins so."""
    return select(search_term.c.wording).where(*_begins(text)).scalar_subquery()


def _begins(text: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return what a term that begins so fulfils; U+10FFFF sorts after every continuation."""
    return search_term.c.term >= text, search_term.c.term < text + "\U0010ffff"


def _ranks(query: BoardQuery, before: int, wordings_before: int) -> Select[int]:
    """Return the ranks behind the best `before` jobs of each wording; of these, the one behind so many."""
    rank = (
        select(job.c.pay_rank)
        .where(*_conditions(query, job.c.wording == search_term.c.wording))
        .order_by(job.c.pay_rank)
        .limit(1)
        .offset(before)
        .correlate(search_term)
        .scalar_subquery()
        .label("rank")
    )
    ranks = select(rank).where(*_begins(normalised(query.text))).group_by(search_term.c.wording)
    return ranks.order_by(nulls_last(rank)).limit(1).offset(wordings_before)
