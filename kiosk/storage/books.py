"""Writing the books of a hall's desk: each entry once, whoever tells it first, this journal or the bureau.

Entries of one stream come in their order, so a mark a stream tells what is written already. Of two streams
the orders may differ here and at the bureau; each entry is therefore written by a rule of
`kiosk.storage.book_rules`: the earliest visit, the newest paper.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import time
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.domain.clock import instant_of
from kiosk.messages import events
from kiosk.messages.desk_feed import JobSaid
from kiosk.messages.events import EventBody
from kiosk.statements import Statement
from kiosk.storage import coach_books
from kiosk.storage.book_rules import Source, earliest, filled, newest
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
from kiosk.storage.coach_book_tables import book_driver

_UPTO = Statement(select(book_mark.c.upto).where(book_mark.c.stream == bindparam("stream")))


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
    for table in _OF_A_PERSON:
        _ALIASES[table].run(connection, {"alias": alias, "person": person})
    visits, people = {"alias": alias, "person": person}, {"alias": alias}
    _ALIASES[book_check_in].run(connection, visits)
    _DROP_VISITS.run(connection, people)
    known = _PERSON.first(connection, {"alias": alias})
    if known is not None:
        _DROP_PERSON.run(connection, people)
        seen = {name: getattr(known, name) for name in _FIRST_SEEN}
        _SEEN.run(connection, {"worker": person, **seen})
        if known.number:
            facts = {name: getattr(known, name) for name in (*_WHO, "named_at")}
            _KNOWN.run(connection, {"worker": person, "identity_epoch": known.identity_epoch, **facts})
        if known.phone or known.trades:
            answers = {"phone": known.phone, "trades": known.trades, "answers_epoch": known.answers_epoch}
            _ANSWERED.run(connection, {"worker": person, **answers})


def _register(connection: Connection, source: Source, body: events.WorkerRegistered) -> None:
    worker = source.person or body.worker
    told = {"registered_at": source.at, "method": body.method, "kiosk": source.kiosk, "actor": body.actor}
    _SEEN.run(connection, {"worker": worker, **told})
    if body.person is not None:
        facts = {name: getattr(body.person, name) for name in _WHO}
        said = {"identity_epoch": source.epoch, "named_at": source.at}
        _KNOWN.run(connection, {"worker": worker, **said, **facts})


def _correct(connection: Connection, source: Source, body: events.WorkerCorrected) -> None:
    if body.name:
        facts = {name: getattr(body, name) for name in _PUT_RIGHT}
        said = {"identity_epoch": source.epoch, "named_at": source.at}
        _CORRECTED.run(connection, {"worker": source.person or body.worker, **said, **facts})


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


def _hardship(connection: Connection, source: Source, body: events.HardshipVerified) -> None:
    if body.kind:
        key = {"stream": source.stream, "seq": source.seq, "epoch": source.epoch}
        _HELP.run(connection, {**key, "worker": source.person or body.worker, "kind": body.kind})


def _class(connection: Connection, source: Source, body: events.ClassHeld) -> None:
    facts = body.model_dump(include=set(book_class.c.keys()) - {"worker"})
    told = {"stream": source.stream, "seq": source.seq, "at": source.at, "is_signed": source.is_signed}
    _HOLD.run(connection, {**facts, **told, "worker": source.person or body.worker})


def _take(connection: Connection, source: Source, body: events.PlaceTaken) -> None:
    said = source.job or JobSaid(employer="")
    facts = body.model_dump(include=set(_TAKEN))
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
            "hazards": json.dumps(said.hazards),
            "ppe": json.dumps(said.ppe),
            "is_dangerous": said.is_dangerous,
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


def _agree(connection: Connection, source: Source, body: events.TalkAgreed) -> None:
    _AGREED.run(connection, {"sign_up": body.sign_up, "agreed_at": source.at})


def _part(connection: Connection, source: Source, body: events.SlipReturned) -> None:
    facts = body.model_dump(include={"slip", "day", "outcome", "why"})
    begins = instant_of(body.day, time(0))
    _PART.run(connection, {**facts, "begins": begins, "read_at": source.at})


def _come(connection: Connection, _source: Source, body: events.ArrivalConfirmed) -> None:
    _CAME.run(connection, {"id": body.placement, "came_at": body.arrived_at, "witness": body.witness})


def _seat(connection: Connection, source: Source, body: events.PassengersChanged) -> None:
    for left in body.left:
        _SEAT.run(connection, {"id": left, "seat_trip": None, "seat_at": source.at})
    for given in body.seated:
        _SEAT.run(connection, {"id": given.placement, "seat_trip": body.trip, "seat_at": source.at})


# Any: each function takes the very body it stands beside, which the type system cannot say of a table.
_MEANING: dict[type[EventBody], Callable[[Connection, Source, Any], None]] = {
    events.WorkerRegistered: _register,
    events.WorkerCorrected: _correct,
    events.CheckedIn: _check_in,
    events.FirstAnswersGiven: _answers,
    events.CertificateRecorded: _certificate,
    events.ClassHeld: _class,
    events.PlaceTaken: _take,
    events.PlaceGivenBack: _give_back,
    events.PayAnswered: _pay,
    events.SlipStateChanged: _paper,
    events.HardshipVerified: _hardship,
    events.TalkAgreed: _agree,
    events.SlipReturned: _part,
    events.ArrivalConfirmed: _come,
    events.PassengersChanged: _seat,
    **coach_books.MEANING,
}
_FIRST_SEEN = ("registered_at", "method", "kiosk", "actor")
_TAKEN = ("slip", "kind", "title", "trip", "starts", "ends", "sign_up", "education")
_PUT_RIGHT = ("name", "sex", "birth_date")
"""What a desk may put right: never the number, nor the region that stands in it."""
_WHO = (*_PUT_RIGHT, "number", "region")
_NAMED = ("identity_epoch", "named_at")


_TOLD_WHO = upsert(book_person)
_IS_NEWER = func.coalesce(book_person.c.named_at <= _TOLD_WHO.excluded.named_at, True)
_NEWEST = {
    name: case(
        (_TOLD_WHO.excluded.identity_epoch > book_person.c.identity_epoch, _TOLD_WHO.excluded[name]),
        (_IS_NEWER, _TOLD_WHO.excluded[name]),
        else_=book_person.c[name],
    )
    for name in (*_PUT_RIGHT, "named_at")
}
"""Of a registration and a word that puts it right the newer one holds, whichever is heard first."""
_HOLDS = _TOLD_WHO.excluded.identity_epoch >= book_person.c.identity_epoch
_KNOWN = Statement(
    _TOLD_WHO.on_conflict_do_update(
        index_elements=["worker"],
        set_=_NEWEST
        | {name: _TOLD_WHO.excluded[name] for name in ("number", "region", "identity_epoch")}
        | {"is_restricted": False},
        where=_HOLDS,
    ),
    "worker",
    *_NAMED,
    *_WHO,
)
_CORRECTED = Statement(
    _TOLD_WHO.on_conflict_do_update(
        index_elements=["worker"],
        set_=_NEWEST | {"identity_epoch": _TOLD_WHO.excluded.identity_epoch},
        where=_HOLDS,
    ),
    "worker",
    *_NAMED,
    *_PUT_RIGHT,
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
_MOVE = filled(book_mark, ("stream",), "upto")
_SEEN = earliest(book_person, ("worker",), *_FIRST_SEEN)
_VISIT = earliest(book_check_in, ("worker", "day"), "arrived_at", "queue_number", "method", "kiosk")
_TAKE = filled(
    book_placement,
    ("id",),
    *("worker", "taken_at", *_TAKEN),
    *("employer", "pay_fen", "pay_unit", "hazards", "ppe", "is_dangerous"),
)
_BACK = filled(book_placement, ("id",), "back_reason")
_PAY = filled(book_placement, ("id",), "pay_answer")
_PAPER = newest(book_placement, ("id",), "paper_at", "paper")
_CAME = earliest(book_placement, ("id",), "came_at", "witness")
_SEAT = newest(book_placement, ("id",), "seat_at", "seat_trip")
_AGREED = earliest(book_talk, ("sign_up",), "agreed_at")
_PART = newest(book_part, ("slip", "day"), "read_at", "begins", "outcome", "why")
_HELP = Statement(insert(book_hardship))
_HOLD = Statement(insert(book_class))
_PRINT = Statement(insert(book_print))
_CERTIFY = Statement(insert(book_certificate))
_PERSON = Statement(select(book_person).where(book_person.c.worker == bindparam("alias")))
_DROP_PERSON = Statement(delete(book_person).where(book_person.c.worker == bindparam("alias")))
_DROP_VISITS = Statement(delete(book_check_in).where(book_check_in.c.worker == bindparam("alias")))
_OTHER = book_check_in.alias()
_OF_A_PERSON = (book_placement, book_class, book_certificate, book_hardship, book_driver)
_ALIASES = {
    table: Statement(
        update(table).where(table.c.worker == bindparam("alias")).values(worker=bindparam("person"))
    )
    for table in _OF_A_PERSON
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
