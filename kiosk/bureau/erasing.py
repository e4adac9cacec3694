"""Erasing what is known of a person: the key goes first, and nothing it sealed can be read anywhere after.

What consent allowed goes at once. What law holds is only restricted while it does: nobody is shown it, no
kiosk keeps it, and the daily sweep destroys it on the first day on which it may. Who it is goes at once
only where somebody at the bureau says so: asked at a kiosk, it is restricted for some days at least, in which
a person can look, and kiosks that are dark bring what law may hold.

The key store is written before the database, and is what counts: a crash in between, or an older database
put back, hears of every erasure again (`forget_again`).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, select, update

from kiosk.actions.faults import Refused
from kiosk.actions.recognise import worker_id_of
from kiosk.bureau.databases import Database, opened
from kiosk.bureau.districts import take_capsules_back
from kiosk.bureau.feeds import CITY, Changes, bodies, current_body, hall_scope
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.hiring_tables import sign_up
from kiosk.bureau.kept_beside import keys_of
from kiosk.bureau.key_stores import Erasure, KeyStore
from kiosk.bureau.met import mark_due
from kiosk.bureau.plain_entries import blank_plain
from kiosk.bureau.readings import Reader, is_unread, unread
from kiosk.bureau.restriction_tables import restriction
from kiosk.bureau.retaining import held_by_law, looked_at_until
from kiosk.bureau.same_person import ids_of
from kiosk.bureau.tables import capsule_due, scope_head, worker, worker_alias
from kiosk.domain.clock import hall_day
from kiosk.domain.identity import normalise_number
from kiosk.domain.ids import NumberHash
from kiosk.domain.sentences import Sentence
from kiosk.domain.sign_ups import OPEN
from kiosk.messages.feed import ErasureBody
from kiosk.messages.personal import Kind

_TOPIC = "erasure"


def erase(data_dir: Path, whom: str, kinds: Sequence[Kind], now: datetime) -> list[Erasure]:
    """Erase these kinds of a person's fields, named by id or by card number; return what came of it.

    Asked again, it says what is so by now. A server may run. Raises Refused for somebody unknown.
    """
    folder = BureauFolder(data_dir)
    with closing(keys_of(folder)) as keys, opened(data_dir) as database:
        return erase_in(database, Reader(folder.city_key.read_bytes(), keys), whom, kinds, now)


def erase_in(
    database: Database, reader: Reader, whom: str, kinds: Sequence[Kind], now: datetime
) -> list[Erasure]:
    """As `erase`, on an open database."""
    with database.writing() as connection:
        person = _found(connection, reader, whom)
        changes = Changes()
        asked = [_asked(connection, reader.keys, person, kind, now) for kind in kinds]
        for erasure in (item for of_a_kind in asked for item in of_a_kind):
            reader.keys.note(erasure)
            _forget(connection, reader.keys, erasure, changes)
        changes.stamp(connection)
    return [next(item for item in of_a_kind if item.worker == person) for of_a_kind in asked]


def erase_as_asked(
    connection: Connection,
    reader: Reader,
    changes: Changes,
    alias: str,
    kind: Kind,
    epoch: int,
    now: datetime,
) -> None:
    """Carry out what a person known here asked at a kiosk that knew of `epoch` erasures of this kind.

    What was given since an erasure that the kiosk had not heard of is not meant, so a wish that is told
    again, or comes late, erases nothing anew. Needs the database's writing transaction.
    """
    keys = reader.keys
    of_person = select(worker_alias.c.worker).where(worker_alias.c.alias == alias)
    person = connection.execute(of_person).scalar_one_or_none()
    known = [] if person is None else _ids_of_all(connection, person)
    before = keys.erasure_of(alias, kind)
    is_news = before is None or before.epoch <= epoch
    for row in known:
        erasure = keys.erasure_of(row.alias, kind)
        if is_news or erasure is None:
            least = epoch + 1 if row.alias == alias else 1
            erasure = _wished(connection, erasure, row.alias, row.worker, kind, least, now)
            keys.note(erasure)
        _forget(connection, keys, erasure, changes)
    keys.cut_log()


def restricted(data_dir: Path) -> list[Erasure]:
    """Return what is restricted and not destroyed yet, the first that will be first."""
    with closing(keys_of(BureauFolder(data_dir))) as keys:
        held = [item for item in keys.erasures() if not item.is_destroyed]
    return sorted(held, key=lambda item: (item.held_until or date.max, item.worker))


def forget_again(connection: Connection, keys: KeyStore, changes: Changes) -> None:
    """Carry out what the key store knows of erasures and this database does not."""
    for erasure in keys.erasures():
        said = current_body(connection, changes, [CITY], _TOPIC, _row_id(erasure))
        if said is None or said[1] != _body(erasure).model_dump_json():
            _forget(connection, keys, erasure, changes)


def agree(connection: Connection, keys: KeyStore, now: datetime) -> None:
    """Let database and key store know of the same erasures, whichever of them was lost or put back."""
    keys.cut_log()
    for text in bodies(connection, CITY, _TOPIC):
        said = ErasureBody.model_validate_json(text)
        if keys.erasure_of(said.worker, Kind(said.kind)) is None:
            meant = select(worker_alias.c.worker).where(worker_alias.c.alias == said.worker)
            person = str(connection.execute(meant).scalar_one_or_none() or said.worker)
            of = Erasure(said.worker, Kind(said.kind), person, said.epoch, said.void, asked_at=now)
            keys.note(replace(of, law=said.law, held_until=said.held_until))
    changes = Changes()
    forget_again(connection, keys, changes)
    changes.stamp(connection)


def destroy_what_law_let_go(database: Database, keys: KeyStore, now: datetime) -> int:
    """Destroy the keys of restricted fields whose day has come; return how many. What was missed is heard."""
    today, count = hall_day(now), 0
    with database.writing() as connection:
        changes = Changes()
        for erasure in keys.erasures():
            if erasure.is_destroyed or (erasure.held_until is not None and erasure.held_until > today):
                continue
            settled = _settled(connection, erasure, today)
            keys.note(settled)
            count += settled.is_destroyed
        forget_again(connection, keys, changes)
        changes.stamp(connection)
    return count


def _found(connection: Connection, reader: Reader, whom: str) -> str:
    """Return the person of an id or of a number, whether he registered or only drives."""
    by_id = connection.execute(
        select(worker_alias.c.worker).where(worker_alias.c.alias == whom)
    ).scalar_one_or_none()
    if by_id is not None:
        return str(by_id)
    found = reader.hash_of(normalise_number(whom))
    person = connection.execute(select(worker.c.id).where(worker.c.number_hash == found)).scalar_one_or_none()
    if person is not None:
        return str(person)
    for driver in (whom, worker_id_of(NumberHash(found))):
        if _told_of(connection, driver) or reader.keys.erasure_of(driver, Kind.STATUTORY) is not None:
            return driver
    raise Refused(Sentence("bureau.erase.unknown"))


def _told_of(connection: Connection, driver: str) -> list[str]:
    """Return the scopes in which a driver is told."""
    scopes = connection.scalars(select(scope_head.c.scope)).all()
    return [scope for scope in scopes if current_body(connection, Changes(), [scope], "driver", driver)]


def _asked(connection: Connection, keys: KeyStore, person: str, kind: Kind, now: datetime) -> list[Erasure]:
    """Return the erasure of one kind for every id of a person; one that was asked before is settled again."""
    today = hall_day(now)
    asked = []
    ids = [(row.alias, row.worker) for row in _ids_of_all(connection, person)]
    for alias, registered in ids or [(person, person)]:  # who only drives never registered
        before = keys.erasure_of(alias, kind)
        if before is None:
            erasure = Erasure(alias, kind, registered, epoch=1, void=0, asked_at=now)
        elif keys.is_given_anew(before):
            erasure = replace(before, person=registered, epoch=before.epoch + 1, asked_at=now)
        else:
            erasure = before
        asked.append(_settled(connection, erasure, today))
    return asked


def _ids_of_all(connection: Connection, person: str) -> Sequence[Any]:
    """Return every id of a person with the registration it means, of all his registrations."""
    ids = select(worker_alias.c.alias, worker_alias.c.worker)
    return connection.execute(ids.where(worker_alias.c.worker.in_(ids_of(connection, person)))).all()


def _wished(
    connection: Connection,
    before: Erasure | None,
    alias: str,
    person: str,
    kind: Kind,
    least: int,
    now: datetime,
) -> Erasure:
    """Return what a wish makes of an erasure: void where only consent held the fields, else restricted."""
    asked = before or Erasure(alias, kind, person, epoch=0, void=0, asked_at=now)
    asked = replace(asked, person=person, epoch=max(asked.epoch + 1, least), asked_at=now)
    if kind is Kind.OPTIONAL:
        return replace(asked, void=asked.epoch, law="", held_until=None)
    today = hall_day(now)
    hold = held_by_law(connection, person, today)
    looked_at = looked_at_until(connection, today)
    if hold is None or hold.until < looked_at:
        return replace(asked, law="", held_until=looked_at)
    return replace(asked, law=hold.law, held_until=hold.until)


def _settled(connection: Connection, erasure: Erasure, today: date) -> Erasure:
    """Return an erasure with its keys void, or with the law that still holds what they seal."""
    hold = held_by_law(connection, erasure.person, today) if erasure.kind is Kind.STATUTORY else None
    if hold is None or erasure.is_destroyed:
        return replace(erasure, void=erasure.epoch, law="", held_until=None)
    return replace(erasure, law=hold.law, held_until=hold.until)


def _forget(connection: Connection, keys: KeyStore, erasure: Erasure, changes: Changes) -> None:
    """Say an erasure to every kiosk, take capsule, lines and driver back, and let go of what finds a number.

    What was said about the use of what is erased goes with it, unless it was said since.
    """
    changes.say(CITY, _TOPIC, _row_id(erasure), _body(erasure))
    if erasure.void:
        blank_plain(connection, erasure.worker, erasure.kind)
    if erasure.kind is Kind.STATUTORY:
        is_of_before = (restriction.c.worker == erasure.worker) & (restriction.c.epoch < erasure.epoch)
        connection.execute(delete(restriction).where(is_of_before))
        if not keys.is_given_anew(erasure):
            for scope in _told_of(connection, erasure.worker):
                changes.take_back(scope, "driver", erasure.worker)
    row = connection.execute(select(worker).where(worker.c.id == erasure.worker)).first()
    if row is None or keys.is_given_anew(erasure):
        return
    if not is_unread(row.number_hash):
        take_capsules_back(connection, changes, {row.number_hash: ()})
    if erasure.kind is Kind.OPTIONAL:
        mark_due(connection, [row.id])
        return
    for line in connection.execute(
        select(sign_up).where(sign_up.c.worker == row.id, sign_up.c.state.in_(OPEN))
    ):
        changes.take_back(hall_scope(line.station), "sign_up", line.id)
    connection.execute(delete(capsule_due).where(capsule_due.c.worker == row.id))
    if erasure.is_destroyed:
        unfound = update(worker).where(worker.c.id == row.id)
        connection.execute(unfound.values(number_hash=unread(row.id)))


def _row_id(erasure: Erasure) -> str:
    return f"{erasure.worker}/{erasure.kind.value}"


def _body(erasure: Erasure) -> ErasureBody:
    return ErasureBody(
        worker=erasure.worker,
        kind=erasure.kind.value,
        epoch=erasure.epoch,
        void=erasure.void,
        law=erasure.law,
        held_until=erasure.held_until,
    )
