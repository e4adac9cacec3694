"""Writing the books of a hall's desk: each entry once, whoever tells it first, this journal or the bureau.

Entries of one stream come in their order, so a mark a stream tells what is written already. Of two streams
the orders may differ here and at the bureau; each entry therefore fills columns of its own, and of what two
may say of one thing a rule decides that knows no order: the earliest visit, the newest paper.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.messages import events
from kiosk.messages.desk_feed import JobSaid
from kiosk.messages.events import EventBody
from kiosk.statements import Statement
from kiosk.storage.book_tables import (
    book_certificate,
    book_check_in,
    book_class,
    book_mark,
    book_person,
    book_placement,
    book_print,
)

_UPTO = Statement(select(book_mark.c.upto).where(book_mark.c.stream == bindparam("stream")))


@dataclass(frozen=True, slots=True)
class Source:
    """Where an entry stands and what was known when it was told, as in `kiosk.messages.desk_feed`."""

    stream: str
    seq: int
    kiosk: str
    at: datetime
    person: str = ""
    epoch: int = 0
    is_signed: bool = False
    job: JobSaid | None = None


def upto(connection: Connection, stream: str) -> int:
    """Return the newest entry of a stream that is written here, 0 before the first."""
    return int(_UPTO.scalar(connection, {"stream": stream}) or 0)


def move_mark(connection: Connection, stream: str, seq: int) -> None:
    """Note that everything up to an entry is written here."""
    _MOVE.run(connection, {"stream": stream, "upto": seq})


def write(connection: Connection, source: Source, body: EventBody) -> None:
    """Write an entry into the books, unless it stands there already."""
    if source.seq <= upto(connection, source.stream):
        return
    meaning = _MEANING.get(type(body))
    if meaning is not None:
        meaning(connection, source, body)
    move_mark(connection, source.stream, source.seq)


def unify(connection: Connection, alias: str, person: str) -> None:
    """Write what was booked under one id of somebody under the one that the bureau knows him by."""
    if alias == person or not person:
        return
    for table in (book_placement, book_class, book_certificate):
        _ALIASES[table].run(connection, {"alias": alias, "person": person})
    visits, people = {"alias": alias, "person": person}, {"alias": alias}
    _ALIASES[book_check_in].run(connection, visits)
    _DROP_VISITS.run(connection, people)
    known = _PERSON.first(connection, {"alias": alias})
    if known is not None:
        _DROP_PERSON.run(connection, people)
        _SEEN.run(
            connection, {"worker": person, **_first_seen(known.registered_at, known.method, known.kiosk)}
        )
        if known.number:
            facts = {name: getattr(known, name) for name in _WHO}
            _KNOWN.run(connection, {"worker": person, "identity_epoch": known.identity_epoch, **facts})
        if known.phone or known.trades:
            answers = {"phone": known.phone, "trades": known.trades, "answers_epoch": known.answers_epoch}
            _ANSWERED.run(connection, {"worker": person, **answers})


def _register(connection: Connection, source: Source, body: events.WorkerRegistered) -> None:
    worker = source.person or body.worker
    _SEEN.run(connection, {"worker": worker, **_first_seen(source.at, body.method, source.kiosk)})
    if body.person is not None:
        facts = {name: getattr(body.person, name) for name in _WHO}
        _KNOWN.run(connection, {"worker": worker, "identity_epoch": source.epoch, **facts})


def _check_in(connection: Connection, source: Source, body: events.CheckedIn) -> None:
    _VISIT.run(
        connection,
        {
            "worker": source.person or body.worker,
            "day": body.hall_day,
            "queue_number": body.queue_number,
            "arrived_at": body.arrived_at,
            "method": body.method,
            "kiosk": source.kiosk,
        },
    )


def _answers(connection: Connection, source: Source, body: events.FirstAnswersGiven) -> None:
    facts = {"phone": body.phone, "trades": json.dumps(body.trades), "answers_epoch": source.epoch}
    _ANSWERED.run(connection, {"worker": source.person or body.worker, **facts})


def _certificate(connection: Connection, source: Source, body: events.CertificateRecorded) -> None:
    if body.kind:
        key = {"stream": source.stream, "seq": source.seq}
        _CERTIFY.run(connection, {**key, "worker": source.person or body.worker, "kind": body.kind})


def _class(connection: Connection, source: Source, body: events.ClassHeld) -> None:
    facts = body.model_dump(include=set(book_class.c.keys()) - {"worker"})
    told = {"stream": source.stream, "seq": source.seq, "at": source.at, "is_signed": source.is_signed}
    _HOLD.run(connection, {**facts, **told, "worker": source.person or body.worker})


def _take(connection: Connection, source: Source, body: events.PlaceTaken) -> None:
    said = source.job or JobSaid(employer="")
    facts = body.model_dump(include={"slip", "kind", "title", "trip", "starts", "ends"})
    _TAKE.run(
        connection,
        {
            **facts,
            "id": body.placement,
            "worker": source.person or body.worker,
            "taken_at": source.at,
            "employer": said.employer,
            "pay_fen": said.fen,
            "pay_unit": said.unit,
        },
    )


def _give_back(connection: Connection, _source: Source, body: events.PlaceGivenBack) -> None:
    _BACK.run(connection, {"id": body.placement, "back_reason": body.reason})


def _pay(connection: Connection, _source: Source, body: events.PayAnswered) -> None:
    _PAY.run(connection, {"id": body.placement, "pay_answer": body.answer})


def _paper(connection: Connection, source: Source, body: events.SlipStateChanged) -> None:
    _PAPER.run(connection, {"id": body.placement, "paper": body.state, "paper_at": source.at})
    facts = body.model_dump(include={"slip", "copy_no", "state", "reason", "actor"})
    key = {"stream": source.stream, "seq": source.seq}
    _PRINT.run(connection, {**key, **facts, "at": source.at, "kiosk": source.kiosk})


def _first_seen(at: datetime | None, method: str | None, kiosk: str | None) -> dict[str, Any]:
    return {"registered_at": at, "method": method, "kiosk": kiosk}


# Any: each function takes the very body it stands beside, which the type system cannot say of a table.
_MEANING: dict[type[EventBody], Callable[[Connection, Source, Any], None]] = {
    events.WorkerRegistered: _register,
    events.CheckedIn: _check_in,
    events.FirstAnswersGiven: _answers,
    events.CertificateRecorded: _certificate,
    events.ClassHeld: _class,
    events.PlaceTaken: _take,
    events.PlaceGivenBack: _give_back,
    events.PayAnswered: _pay,
    events.SlipStateChanged: _paper,
}
_WHO = ("name", "number", "sex", "birth_date", "region")


def _filled(table: Table, key: tuple[str, ...], *columns: str) -> Statement:
    """Return what fills columns of a row, which it makes where there is none."""
    told = upsert(table)
    changed = {name: told.excluded[name] for name in columns}
    return Statement(told.on_conflict_do_update(index_elements=list(key), set_=changed), *key, *columns)


def _earliest(table: Table, key: tuple[str, ...], at: str, *others: str) -> Statement:
    """Return what keeps of two rows with one key the one whose instant is earlier."""
    told = upsert(table)
    changed = {name: told.excluded[name] for name in (at, *others)}
    is_earlier = func.coalesce(table.c[at] > told.excluded[at], True)
    statement = told.on_conflict_do_update(index_elements=list(key), set_=changed, where=is_earlier)
    return Statement(statement, *key, at, *others)


_TOLD_WHO = upsert(book_person)
_KNOWN = Statement(
    _TOLD_WHO.on_conflict_do_update(
        index_elements=["worker"],
        set_={name: _TOLD_WHO.excluded[name] for name in (*_WHO, "identity_epoch")}
        | {"is_restricted": False},
        where=_TOLD_WHO.excluded.identity_epoch >= book_person.c.identity_epoch,
    ),
    "worker",
    "identity_epoch",
    *_WHO,
)
_TOLD_ANSWERS = upsert(book_person)
_ANSWERED = Statement(
    _TOLD_ANSWERS.on_conflict_do_update(
        index_elements=["worker"],
        set_={name: _TOLD_ANSWERS.excluded[name] for name in ("phone", "trades", "answers_epoch")},
        where=_TOLD_ANSWERS.excluded.answers_epoch >= book_person.c.answers_epoch,
    ),
    "worker",
    "phone",
    "trades",
    "answers_epoch",
)
_TOLD_PAPER = upsert(book_placement)
_PAPER = Statement(
    _TOLD_PAPER.on_conflict_do_update(
        index_elements=["id"],
        set_={name: _TOLD_PAPER.excluded[name] for name in ("paper", "paper_at")},
        where=func.coalesce(book_placement.c.paper_at <= _TOLD_PAPER.excluded.paper_at, True),
    ),
    "id",
    "paper",
    "paper_at",
)
_MOVE = _filled(book_mark, ("stream",), "upto")
_SEEN = _earliest(book_person, ("worker",), "registered_at", "method", "kiosk")
_VISIT = _earliest(book_check_in, ("worker", "day"), "arrived_at", "queue_number", "method", "kiosk")
_TAKE = _filled(
    book_placement,
    ("id",),
    *(
        "worker",
        "taken_at",
        "slip",
        "kind",
        "title",
        "trip",
        "starts",
        "ends",
        "employer",
        "pay_fen",
        "pay_unit",
    ),
)
_BACK = _filled(book_placement, ("id",), "back_reason")
_PAY = _filled(book_placement, ("id",), "pay_answer")
_HOLD = Statement(insert(book_class))
_PRINT = Statement(insert(book_print))
_CERTIFY = Statement(insert(book_certificate))
_PERSON = Statement(select(book_person).where(book_person.c.worker == bindparam("alias")))
_DROP_PERSON = Statement(delete(book_person).where(book_person.c.worker == bindparam("alias")))
_DROP_VISITS = Statement(delete(book_check_in).where(book_check_in.c.worker == bindparam("alias")))
_OTHER = book_check_in.alias()
_ALIASES = {
    table: Statement(
        update(table).where(table.c.worker == bindparam("alias")).values(worker=bindparam("person"))
    )
    for table in (book_placement, book_class, book_certificate)
} | {
    book_check_in: Statement(
        update(book_check_in)
        .where(
            book_check_in.c.worker == bindparam("alias"),
            ~select(_OTHER.c.worker)
            .where(and_(_OTHER.c.worker == bindparam("person"), _OTHER.c.day == book_check_in.c.day))
            .exists(),
        )
        .values(worker=bindparam("person"))
    )
}
"""Of one day somebody has one visit: the one under the id that stays."""
