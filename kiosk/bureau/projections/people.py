"""People, their visits and what they can show: workers, check-ins, first answers, certificates, classes."""

from __future__ import annotations

import json

from sqlalchemy import bindparam, select

from kiosk.bureau.problems import NotApplicable
from kiosk.bureau.projections.ground import Ground
from kiosk.bureau.rows import add, change, has, put
from kiosk.bureau.tables import certificate, check_in, class_held, worker, worker_alias
from kiosk.messages.events import (
    CertificateRecorded,
    CheckedIn,
    ClassHeld,
    FirstAnswersGiven,
    WorkerRegistered,
)
from kiosk.statements import Statement

_BY_HASH = Statement(
    select(worker.c.id, worker.c.notice_version).where(worker.c.number_hash == bindparam("number_hash"))
)
_NAMED = Statement(select(worker_alias.c.worker).where(worker_alias.c.alias == bindparam("alias")))


def register_worker(ground: Ground, body: WorkerRegistered) -> None:
    """Know a person, once per number: kiosks in the dark give one person several ids."""
    number_hash = ground.hash_of(body.person.number)
    known = _BY_HASH.first(ground.connection, {"number_hash": number_hash})
    person = known.id if known else body.worker
    is_named = _is_named(ground, body.worker, person)
    values = body.person.model_dump(exclude={"number"})
    values["notice_version"] = max(body.notice_version, known.notice_version if known else 0)
    if known is None:
        values |= {"number": body.person.number, "number_hash": number_hash, "trades": "[]"}
        values |= {"first_seen": ground.source.at, "last_seen": ground.source.received_at}
    put(ground.connection, worker, {"id": person}, values)
    if not is_named:
        add(ground.connection, worker_alias, {"alias": body.worker, "worker": person})
    ground.seen(person)


def note_check_in(ground: Ground, body: CheckedIn) -> None:
    """Note a visit; a second one on the same hall day, at whichever kiosk, changes nothing."""
    person = ground.person(body.worker)
    if not has(ground.connection, check_in, worker=person, hall_day=body.hall_day):
        values = body.model_dump(exclude={"check_in", "worker"})
        key = {"id": body.check_in, "worker": person, "stream": ground.source.stream}
        add(ground.connection, check_in, {**values, **key})
    ground.seen(person)


def note_answers(ground: Ground, body: FirstAnswersGiven) -> None:
    """Keep the newest answers to the first questions."""
    person = ground.person(body.worker)
    trades = json.dumps(body.trades, ensure_ascii=False)
    facts = {"phone": body.phone, "trades": trades, "span": body.span}
    change(ground.connection, worker, {"id": person}, facts)
    ground.seen(person)


def note_certificate(ground: Ground, body: CertificateRecorded) -> None:
    """Keep a certificate that an attendant saw."""
    person = ground.person(body.worker)
    put(ground.connection, certificate, ground.key, body.model_dump(exclude={"worker"}) | {"worker": person})
    ground.seen(person)


def note_class(ground: Ground, body: ClassHeld) -> None:
    """Keep a safety class that was held for a person."""
    person = ground.person(body.worker)
    put(ground.connection, class_held, ground.key, body.model_dump(exclude={"worker"}) | {"worker": person})
    ground.seen(person)


def _is_named(ground: Ground, alias: str, person: str) -> bool:
    """Return whether an id is known to mean this person; one that means somebody else is refused."""
    named = _NAMED.scalar(ground.connection, {"alias": alias})
    if named not in {None, person}:
        raise NotApplicable("bureau.refused.contradiction")
    return named is not None
