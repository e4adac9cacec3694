"""What a hall's desk reads: entries of its hall straight from the log, with fields open that may be shown.

The log's own position is the cursor, up to the head of the hall's log, behind which nothing is missing. A
life of the bureau's database is a life of this scope, for as long as it tells the same kinds. Entries that
could not be applied are left out; what was erased comes without who it was.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from kiosk.bureau.districts import scopes_at
from kiosk.bureau.feeds import Changes, current_body, kept, page_of
from kiosk.bureau.init import meta_value
from kiosk.bureau.readings import Reader
from kiosk.bureau.tables import dead_letter, event, kiosk, log_head, stream, worker_alias
from kiosk.messages.desk_feed import DESK, LEDGER_TYPES, TOLD, JobSaid, ToldBody, job_said, told_life
from kiosk.messages.events import ClassHeld, Event, EventBody, PlaceTaken
from kiosk.messages.feed import Cursor, EmployerBody, FeedPage, FeedRow, JobBody
from kiosk.messages.sync import MAX_ROWS_A_PAGE
from kiosk.statements import Row, Statement

_HEAD = Statement(select(log_head.c.pos).where(log_head.c.station == bindparam("station")))
_IS_DEAD = (
    select(dead_letter.c.id)
    .where(
        dead_letter.c.stream == event.c.stream,
        dead_letter.c.seq == event.c.seq,
        dead_letter.c.hash == event.c.hash,
    )
    .exists()
)


def any_page_of(connection: Connection, reader: Reader, scope: str, cursor: Cursor | None) -> FeedPage:
    """Return what changed in a scope after a cursor, whichever scope it is."""
    if scope.startswith(DESK):
        return page_of_log(connection, reader, scope, cursor)
    return page_of(connection, scope, cursor)


def page_of_log(
    connection: Connection, reader: Reader, scope: str, cursor: Cursor | None, limit: int = MAX_ROWS_A_PAGE
) -> FeedPage:
    """Return the entries of a hall behind a cursor; one of another life begins anew."""
    station = scope.removeprefix(DESK)
    life = told_life(meta_value(connection, "generation"))
    head = int(_HEAD.scalar(connection, {"station": station}) or 0)
    is_known = cursor is not None and cursor.feed_gen == life and cursor.pos <= head
    after = cursor.pos if cursor is not None and is_known else 0
    found = [] if after == head else _entries(connection, station, range(after + 1, head + 1), limit + 1)
    has_more = len(found) > limit
    found = found[:limit]
    return FeedPage(
        scope=scope,
        feed_gen=life,
        rows=_rows(connection, reader, station, found),
        pos=found[-1].pos if has_more else head,
        has_more=has_more,
        is_snapshot=not is_known,
    )


def _entries(connection: Connection, station: str, within: range, limit: int) -> Sequence[Row]:
    return connection.execute(
        select(event, stream.c.kiosk)
        .join(stream, stream.c.id == event.c.stream)
        .join(kiosk, kiosk.c.id == stream.c.kiosk)
        .where(event.c.pos >= within.start, event.c.pos < within.stop, event.c.type.in_(LEDGER_TYPES))
        .where(kiosk.c.station == station, ~_IS_DEAD)
        .order_by(event.c.pos)
        .limit(limit)
    ).all()


def _rows(connection: Connection, reader: Reader, station: str, found: Sequence[Row]) -> list[FeedRow]:
    bodies = [Event.model_validate(row, from_attributes=True).parsed() for row in found]
    people = _people(connection, {body.sealed_worker for body in bodies if body is not None})
    jobs = _jobs(connection, station, {body.job for body in bodies if isinstance(body, PlaceTaken)})
    rows = []
    for row, body in zip(found, bodies, strict=True):
        if body is None:
            continue
        said = _said_of(body, jobs) if isinstance(body, PlaceTaken) else None
        told = _told(reader, row, body, people.get(body.sealed_worker, body.sealed_worker), said)
        name = f"{row.stream}/{row.seq}"
        rows.append(FeedRow(topic=TOLD, id=name, pos=row.pos, body=told.model_dump_json()))
    return rows


def _told(reader: Reader, row: Row, body: EventBody, person: str, said: JobSaid | None) -> ToldBody:
    shown, epoch = body, 0
    if body.sealing is not None:
        shown = _shown(reader, row, body)
        erased = reader.keys.erasure_of(body.sealed_worker, body.sealing.kind)
        epoch = 0 if erased is None else erased.epoch
    is_signed = isinstance(body, ClassHeld) and bool(body.sealed_text or body.signature)
    if isinstance(shown, ClassHeld):
        shown = shown.model_copy(update={"signature": ""})
    return ToldBody(
        stream=row.stream,
        seq=row.seq,
        kiosk=row.kiosk,
        type=row.type,
        v=row.v,
        at=row.at,
        body=shown.model_copy(update={"sealed": ""}).model_dump_json()
        if body.sealing is not None
        else shown.model_dump_json(),
        person=person,
        epoch=epoch,
        is_signed=is_signed,
        job=said,
    )


def _shown(reader: Reader, row: Row, body: EventBody) -> EventBody:
    """Return an entry with the fields that may be shown, and blanks for all others."""
    try:
        found = reader.opened(row.stream, row.seq, body, is_shown=True)
    except ValueError:
        found = None
    return found or body.model_copy(update=body.blanks())


def _people(connection: Connection, aliases: set[str]) -> dict[str, str]:
    asked = select(worker_alias.c.alias, worker_alias.c.worker).where(worker_alias.c.alias.in_(aliases))
    return {row.alias: row.worker for row in connection.execute(asked)}


def _jobs(connection: Connection, station: str, wanted: set[str]) -> dict[str, tuple[JobBody, str]]:
    """Return the newest words of jobs, also of those that are over, each with its employer's name."""
    jobs = {}
    for name in wanted:
        text = _newest(connection, station, "job", name)
        if text is not None:
            job = JobBody.model_validate_json(text)
            who = _newest(connection, station, "employer", job.employer)
            jobs[name] = job, EmployerBody.model_validate_json(who).name if who else ""
    return jobs


def _newest(connection: Connection, station: str, topic: str, name: str) -> str | None:
    scopes = reversed(scopes_at(connection, station))
    said = current_body(connection, Changes(), scopes, topic, name) or kept(connection, topic, name)
    return said[1] if said else None


def _said_of(body: PlaceTaken, jobs: dict[str, tuple[JobBody, str]]) -> JobSaid | None:
    known = jobs.get(body.job)
    return job_said(*known, body.job_version) if known else None
