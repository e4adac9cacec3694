"""Lives of the bureau's database: a restore begins one, and nothing is granted until everybody has reported.

A backup does not know what was granted after it was made. So every machine that ever spoke is awaited, by a
list that no backup takes back, and tells what it was given; who will never speak again is written off by
count. Until then, nobody gets a number.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from kiosk.bureau.door_tables import door
from kiosk.bureau.feeds import CITY, Changes
from kiosk.bureau.init import meta_value, set_meta
from kiosk.bureau.posts import say_last_day
from kiosk.bureau.registries import Registry
from kiosk.bureau.restore_tables import report, write_off
from kiosk.bureau.rows import has, put
from kiosk.bureau.tables import enrolment_code, kiosk, scope_head, stream
from kiosk.bureau.trust_tables import revoked_key
from kiosk.messages.feed import KeyBody
from kiosk.protocol.generations import Quarantine, following, number_of
from kiosk.protocol.ports import StreamRecord

_YES = "yes"


@dataclass(frozen=True, slots=True)
class Awaited:
    """A machine that has not reported since the restore; `streams` are what it spoke by."""

    kiosk: str
    machine: str
    streams: tuple[str, ...]

    @property
    def key(self) -> str:
        """One text for both names."""
        return f"{self.kiosk}/{self.machine}"


def begin_generation(connection: Connection, registry: Registry, after: str, changes: Changes) -> str:
    """Begin a new life after the newest one that anybody knows of, in quarantine; return its name.

    The feed begins a new life too, since positions that kiosks have read may be given anew. Tickets made
    before are void: some were used after the backup.
    """
    remembered = registry.read()
    lives = (after, meta_value(connection, "generation"), remembered.generation)
    generation = following(max(lives, key=number_of), secrets.token_hex(16))
    registry.note_generation(generation)
    set_meta(connection, "generation", generation)
    set_meta(connection, "is_quarantined", _YES)
    connection.execute(delete(report))
    connection.execute(delete(enrolment_code).where(enrolment_code.c.used_by.is_(None)))
    connection.execute(update(stream).values(backup_upto=0))
    for scope in connection.scalars(select(scope_head.c.scope)).all():
        fresh = {"feed_gen": secrets.token_hex(8)}
        connection.execute(update(scope_head).where(scope_head.c.scope == scope).values(**fresh))
    _remember(connection, registry, changes)
    return generation


def _remember(connection: Connection, registry: Registry, changes: Changes) -> None:
    """Put kiosks and doors back as they are by now, whatever the backup says of them."""
    remembered = registry.read()
    for known in remembered.kiosks.values():
        put(connection, kiosk, {"id": known.id}, known.model_dump(exclude={"id", "machines"}))
        body = KeyBody(
            key_id=known.key_id, kiosk=known.id, station=known.station, public_key=known.public_key
        )
        changes.say(CITY, "key", known.key_id, body)
    for item in remembered.revoked.values():
        if has(connection, kiosk, id=item.kiosk):
            facts = item.model_dump(exclude={"public_key"})
            put(connection, revoked_key, {"public_key": item.public_key}, facts)
    for key_id, last_day in remembered.retired.items():
        say_last_day(connection, changes, key_id, last_day)
    for trip, held in remembered.doors.items():
        if not has(connection, door, trip=trip, stream=held.stream):
            put(connection, door, {"trip": trip}, {**held.model_dump(), "is_closed": False})


def is_quarantined(connection: Connection) -> bool:
    """Return whether somebody is still awaited after a restore."""
    return meta_value(connection, "is_quarantined") == _YES


def note_report(connection: Connection, name: str, machine: str) -> None:
    """Note that a machine has told everything since the restore."""
    if not has(connection, report, kiosk=name, machine=machine):
        connection.execute(insert(report).values(kiosk=name, machine=machine))


def awaited(connection: Connection, registry: Registry) -> list[Awaited]:
    """Return the machines that are awaited after a restore."""
    reported = _reported(connection)
    return [item for item in _to_report(connection, registry) if item.key not in reported]


def end_quarantine_if_over(connection: Connection, registry: Registry) -> None:
    """Grant again once nobody is awaited any more."""
    ever = frozenset(item.key for item in _to_report(connection, registry))
    if Quarantine(_reported(connection)).is_over(ever):
        set_meta(connection, "is_quarantined", "")


def _reported(connection: Connection) -> frozenset[str]:
    rows = connection.execute(select(report))
    return frozenset(f"{row.kiosk}/{row.machine}" for row in rows)


def _to_report(connection: Connection, registry: Registry) -> list[Awaited]:
    """Return every machine that ever spoke, by kiosk, but for those that were written off by count."""
    ever = [
        Awaited(name, machine, tuple(streams))
        for name, known in sorted(registry.read().kiosks.items())
        for machine, streams in known.machines.items()
    ]
    settled = set(connection.scalars(select(write_off.c.stream).where(write_off.c.quota.is_(None))))
    return [item for item in ever if not item.streams or not settled.issuperset(item.streams)]


def open_stream(connection: Connection, record: StreamRecord, now: datetime) -> None:
    """Keep a new stream."""
    connection.execute(
        insert(stream).values(
            id=record.id,
            kiosk=record.kiosk,
            machine=record.machine,
            state=record.state,
            acked=record.acked,
            head_hash=record.head_hash,
            boot=record.boot,
            boottime_ms=record.boottime_ms,
            cursors="{}",
            began_at=now,
        )
    )
