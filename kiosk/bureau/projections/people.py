"""People, their visits and what they can show: workers, check-ins, answers, certificates, classes, proofs."""

from __future__ import annotations

import json

from sqlalchemy import bindparam, or_, select

from kiosk.bureau.problems import NotApplicable
from kiosk.bureau.projections.ground import Ground
from kiosk.bureau.proof_tables import proof
from kiosk.bureau.readings import unread
from kiosk.bureau.riders import say_rides_of
from kiosk.bureau.rows import add, add_if_new, change, put
from kiosk.bureau.tables import certificate, check_in, class_held, event, worker, worker_alias
from kiosk.domain.clock import hall_day
from kiosk.messages.events import (
    CertificateRecorded,
    CheckedIn,
    ClassHeld,
    FirstAnswersGiven,
    HardshipVerified,
    SkillRecorded,
    WorkerCorrected,
    WorkerRegistered,
)
from kiosk.statements import Row, Statement

_KNOWN = select(worker.c.id, worker.c.notice_version, worker.c.identity_stream, worker.c.identity_seq)
_BY_HASH = Statement(
    _KNOWN.add_columns(worker.c.number_hash).where(
        worker.c.number_hash.in_([bindparam("number_hash"), bindparam("unread")])
    )
)
_BY_ID = Statement(
    _KNOWN.where(
        or_(
            worker.c.id == bindparam("id"),
            worker.c.id.in_(select(worker_alias.c.worker).where(worker_alias.c.alias == bindparam("alias"))),
        )
    )
)
_SAID = Statement(
    select(event.c.body).where(event.c.stream == bindparam("stream"), event.c.seq == bindparam("seq"))
)


def register_worker(ground: Ground, body: WorkerRegistered) -> None:
    """Know a person, once per number: kiosks in the dark give one person several ids.

    Who it is stays in the log, sealed: here stands where, and one from before an erasure never takes the
    place of one behind it. Without its key a registration is of the person its id meant before, or of a new
    one.
    """
    number_hash = _number_hash(ground, body)
    meant = ground.reader.person_of(body.worker)
    known = _known(ground, body.worker, meant, number_hash)
    person = known.id if known else meant
    is_named = _is_named(ground, body.worker, person)
    values: dict[str, object] = {
        "notice_version": max(body.notice_version, known.notice_version if known else 0)
    }
    if known is None or body.epoch >= _epoch_of(ground, known):
        # Whoever registers again told anew who he is: what was put right before was of the older word.
        values |= {"identity_stream": ground.source.stream, "identity_seq": ground.source.seq}
        values["correction_seq"] = 0
    if number_hash is not None:
        values["number_hash"] = number_hash
    if known is None:
        values |= {"number_hash": number_hash or unread(person), "answers_stream": "", "answers_seq": 0}
        values |= {"first_seen": ground.source.at, "last_seen": ground.source.received_at}
        put(ground.connection, worker, {"id": person}, values)
    else:
        change(ground.connection, worker, {"id": person}, values)
    if not is_named:
        add(ground.connection, worker_alias, {"alias": body.worker, "worker": person})
        ground.met.meant[body.worker] = person
    ground.seen(person)


def correct_worker(ground: Ground, body: WorkerCorrected) -> None:
    """Note where it stands that what is known of a person was put right; the newest word holds."""
    person = ground.person(body.worker)
    ground.opened(body)
    facts = {"correction_stream": ground.source.stream, "correction_seq": ground.source.seq}
    change(ground.connection, worker, {"id": person}, facts)
    ground.seen(person)


def note_check_in(ground: Ground, body: CheckedIn) -> None:
    """Note a visit; a second one on the same hall day, at whichever kiosk, changes nothing."""
    person = ground.person(body.worker)
    values = body.model_dump(exclude={"check_in", "worker"})
    key = {"id": body.check_in, "worker": person, "stream": ground.source.stream}
    add_if_new(ground.connection, check_in, {**values, **key}, "worker", "hall_day")
    ground.seen(person)


def note_answers(ground: Ground, body: FirstAnswersGiven) -> None:
    """Note where the newest answers to the first questions stand."""
    person = ground.person(body.worker)
    ground.opened(body)
    facts = {"answers_stream": ground.source.stream, "answers_seq": ground.source.seq}
    change(ground.connection, worker, {"id": person}, facts)
    ground.seen(person)


def note_certificate(ground: Ground, body: CertificateRecorded) -> None:
    """Note where a certificate stands that an attendant saw."""
    person = ground.person(body.worker)
    ground.opened(body)
    put(ground.connection, certificate, ground.key, {"worker": person, "actor": body.actor})
    ground.seen(person)


def note_proof(ground: Ground, body: HardshipVerified | SkillRecorded) -> None:
    """Note where it stands that an attendant verified a hardship, or saw a grade of skill."""
    person = ground.person(body.worker)
    ground.opened(body)
    put(ground.connection, proof, ground.key, {"worker": person, "actor": body.actor})
    ground.seen(person)


def note_class(ground: Ground, body: ClassHeld) -> None:
    """Keep a safety class that was held for a person; how he signed stays in the log, sealed."""
    person = ground.person(body.worker)
    ground.opened(body)
    facts = body.model_dump(exclude={"worker", "signature", "sealed"})
    put(ground.connection, class_held, ground.key, facts | {"worker": person})
    if not ground.is_replay:
        say_rides_of(ground.connection, ground.changes, person, hall_day(ground.source.received_at))
    ground.seen(person)


def _number_hash(ground: Ground, body: WorkerRegistered) -> str | None:
    """Return the hash of the number that was registered, None where it cannot be read."""
    found = ground.opened(body)
    if found is None or (found.person is None and ground.is_replay):
        return None
    if found.person is None:
        raise ValueError("a registration of nobody")
    return ground.reader.hash_of(found.person.number)


def _known(ground: Ground, alias: str, meant: str, number_hash: str | None) -> Row | None:
    """Return the person of a number, or, where it cannot be read, of the id and whom it `meant` before."""
    connection = ground.connection
    if number_hash is None:
        return _BY_ID.first(connection, {"id": meant, "alias": alias})
    # Whose number could not be read before is known by the id alone.
    found = _BY_HASH.all(connection, {"number_hash": number_hash, "unread": unread(meant)})
    return min(found, key=lambda row: row.number_hash != number_hash, default=None)


def _epoch_of(ground: Ground, known: Row) -> int:
    """Return how many erasures whoever registered a person knew of; the entry tells it to everybody."""
    said = _SAID.scalar(ground.connection, {"stream": known.identity_stream, "seq": known.identity_seq})
    return json.loads(said).get("epoch", 0) if said else 0


def _is_named(ground: Ground, alias: str, person: str) -> bool:
    """Return whether an id is known to mean this person; one that means somebody else is refused."""
    named = ground.met.person(ground.connection, alias)
    if named not in {None, person}:
        raise NotApplicable("bureau.refused.contradiction")
    return named is not None
