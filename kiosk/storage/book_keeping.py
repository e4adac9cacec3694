"""What fills the books of a desk and what empties them: told entries, the own journal, erasures, old age."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from sqlalchemy import Connection, delete, or_, select, update

from kiosk.domain.clock import instant_of
from kiosk.messages.desk_feed import (
    DESK,
    LEDGER_TYPES,
    TOLD,
    JobSaid,
    ToldBody,
    job_said,
    tells_otherwise,
)
from kiosk.messages.events import Event, EventBody, PlaceTaken
from kiosk.messages.feed import Cursor, EmployerBody, FeedPage, FeedRow, JobBody
from kiosk.messages.personal import Kind
from kiosk.messages.sealing import opened
from kiosk.storage import books
from kiosk.storage.book_rules import Source
from kiosk.storage.book_tables import (
    book_certificate,
    book_check_in,
    book_class,
    book_hardship,
    book_mark,
    book_part,
    book_person,
    book_placement,
    book_print,
    book_talk,
)
from kiosk.storage.coach_book_tables import (
    book_check,
    book_departure,
    book_driver,
    book_hand_over,
    book_incident,
    book_return,
    book_rider,
    book_vehicle,
)
from kiosk.storage.feed_tables import employer, job
from kiosk.storage.known_streams import present_stream
from kiosk.storage.tables import journal, worker_key
from kiosk.storage.worker_keys import present_epoch

_AT_ONCE = 500
_OF_COACHES = {
    book_vehicle: "at",
    book_driver: "at",
    book_departure: "departed_at",
    book_rider: "departed_at",
    book_check: "at",
    book_hand_over: "at",
    book_incident: "at",
    book_return: "noted_at",
}
_BOOKS = (
    *(book_mark, book_person, book_certificate, book_hardship, book_check_in, book_placement),
    *(book_talk, book_part, book_class, book_print, *_OF_COACHES),
)
_NOBODY = dict.fromkeys(("name", "number", "sex", "birth_date", "region"))


def parted(scope: str, rows: Sequence[FeedRow]) -> tuple[list[FeedRow], list[FeedRow]]:
    """Return the rows of a page that go into the books, and all others."""
    if not scope.startswith(DESK):
        return [], list(rows)
    return [row for row in rows if row.topic == TOLD], [row for row in rows if row.topic != TOLD]


def begins_anew(page: FeedPage, known: Cursor | None) -> bool:
    """Return whether a page is the first of a life that tells other kinds than the one `known` was read in.

    Such a one begins with empty books: their marks would pass over what was not told then.
    """
    is_first = page.scope.startswith(DESK) and page.is_snapshot
    return is_first and tells_otherwise(page.feed_gen, known.feed_gen if known else "")


def empty_books(connection: Connection) -> None:
    """Forget all that the books hold, which is told again from its beginning."""
    for table in _BOOKS:
        connection.execute(delete(table))


def keep_told(connection: Connection, rows: Sequence[FeedRow]) -> None:
    """Write what the bureau told of the hall's entries; told again, nothing changes."""
    for row in rows:
        told = ToldBody.model_validate_json(row.body)
        body = told.parsed()
        if body is None:
            continue
        books.unify(connection, body.sealed_worker, told.person)
        source = Source(
            told.stream, told.seq, told.kiosk, told.at, told.person, told.epoch, told.is_signed, told.job
        )
        books.write(connection, source, body)


def catch_up(connection: Connection, kiosk: str) -> None:
    """Write what this desk said itself and has not heard back yet.

    It ends before an entry that has gone from the journal: books that are read anew hear it from the bureau.
    """
    stream = present_stream(connection)
    after = books.upto(connection, stream.id)
    while after < stream.mark.head:
        rows = connection.execute(
            select(journal).where(journal.c.seq > after).order_by(journal.c.seq).limit(_AT_ONCE)
        ).all()
        if not rows:
            return
        for row in rows:
            is_wanted = row.type in LEDGER_TYPES
            if row.seq != after + 1 or (is_wanted and not row.body):
                return
            if is_wanted:
                _write_own(connection, stream.id, kiosk, Event.model_validate(row, from_attributes=True))
            after = row.seq
            books.move_mark(connection, stream.id, after)


def erase(connection: Connection, worker: str, kind: str, epoch: int, void: int) -> None:
    """Let an erasure reach the books: what consent allowed goes at once, who it is when law lets go.

    Until then it is kept and shown to nobody. What was given after so many erasures stays.
    """
    is_his = book_person.c.worker == worker
    if kind == Kind.OPTIONAL.value:
        gone = {"phone": None, "trades": None}
        connection.execute(
            update(book_person).where(is_his, book_person.c.answers_epoch < epoch).values(gone)
        )
        helped = book_hardship.c
        connection.execute(delete(book_hardship).where(helped.worker == worker, helped.epoch < epoch))
        return
    was_before = book_person.c.identity_epoch
    connection.execute(update(book_person).where(is_his, was_before < epoch).values(is_restricted=True))
    ended = connection.execute(update(book_person).where(is_his, was_before < void).values(_NOBODY))
    if ended.rowcount:
        connection.execute(delete(book_certificate).where(book_certificate.c.worker == worker))
    _erase_driver(connection, worker, epoch, void)


def _erase_driver(connection: Connection, worker: str, epoch: int, void: int) -> None:
    seen = book_driver.c
    is_he = or_(seen.worker == worker, seen.recorded_as == worker)
    connection.execute(
        update(book_driver).where(is_he, seen.identity_epoch < epoch).values(is_restricted=True)
    )
    nobody = {"name": "", "birth_date": None, "qualification_no": ""}
    connection.execute(update(book_driver).where(is_he, seen.identity_epoch < void).values(nobody))


def forget_old(connection: Connection, services_since: date, classes_since: date) -> None:
    """Forget what a hall need not keep any longer: services, and classes, from before these days.

    A person goes with the last line that tells of him.
    """
    since = instant_of(services_since, time(0))
    connection.execute(delete(book_check_in).where(book_check_in.c.day < services_since))
    connection.execute(delete(book_placement).where(book_placement.c.ends < since))
    connection.execute(delete(book_print).where(book_print.c.at < since))
    connection.execute(delete(book_class).where(book_class.c.held_on < classes_since))
    connection.execute(delete(book_talk).where(book_talk.c.agreed_at < since))
    connection.execute(delete(book_part).where(book_part.c.read_at < since))
    for table, at in _OF_COACHES.items():
        connection.execute(delete(table).where(table.c[at] < since))
    is_named = [
        select(table.c.worker).where(table.c.worker == book_person.c.worker).exists()
        for table in (book_check_in, book_placement, book_class)
    ]
    is_old = book_person.c.registered_at < since
    connection.execute(delete(book_person).where(is_old, *(~known for known in is_named)))
    people = select(book_person.c.worker)
    for table in (book_certificate, book_hardship):
        connection.execute(delete(table).where(table.c.worker.not_in(people)))


def _write_own(connection: Connection, stream: str, kiosk: str, entry: Event) -> None:
    body = entry.parsed()
    if body is None:
        return
    epoch = 0
    is_signed = bool(body.sealed_text)
    if body.sealing is not None:
        epoch = present_epoch(connection, body.sealed_worker, body.sealing.kind)
        body = _opened(connection, body, stream, entry.seq, epoch) or body
    said = _job_said(connection, body) if isinstance(body, PlaceTaken) else None
    source = Source(stream, entry.seq, kiosk, entry.at, epoch=epoch, is_signed=is_signed, job=said)
    books.write(connection, source, body)


def _opened(connection: Connection, body: EventBody, stream: str, seq: int, epoch: int) -> EventBody | None:
    """Return an own entry with its personal fields, None where they were erased since."""
    assert body.sealing is not None
    found = connection.execute(
        select(worker_key.c.secret).where(
            worker_key.c.worker == body.sealed_worker,
            worker_key.c.kind == body.sealing.kind.value,
            worker_key.c.epoch >= epoch,
        )
    ).scalars()
    try:
        return opened(body, found.all(), stream, seq)
    except ValueError:
        return None


def _job_said(connection: Connection, body: PlaceTaken) -> JobSaid | None:
    """Return what the board says of a place that was taken here just now."""
    text = connection.execute(select(job.c.body).where(job.c.id == body.job)).scalar()
    if text is None:
        return None
    said = JobBody.model_validate_json(text)
    who = connection.execute(select(employer.c.body).where(employer.c.id == said.employer)).scalar()
    name = EmployerBody.model_validate_json(who).name if who else ""
    return job_said(said, name, body.job_version)
