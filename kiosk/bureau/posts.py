"""What a kiosk hears of itself at POST /post: how it is called by now, and that it shall make a new key."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, delete, select

from kiosk.bureau.enrol import checked_key, key_id_of
from kiosk.bureau.feeds import CITY, Changes, current_body
from kiosk.bureau.problems import RequestRefused
from kiosk.bureau.registries import KnownKiosk, Registry
from kiosk.bureau.rows import change, has, put
from kiosk.bureau.speakers import Enrolled
from kiosk.bureau.tables import kiosk
from kiosk.bureau.trust_tables import kiosk_call, revoked_key
from kiosk.domain.clock import hall_day
from kiosk.messages.feed import KeyBody
from kiosk.messages.signing import is_proven_key
from kiosk.messages.sync import PostReply, PostRequest

_OVERLAP = timedelta(days=1)
"""A kiosk's screen takes its new key up when nobody stands there, the night after at the latest."""
_REMEMBERED = tuple(KnownKiosk.model_fields.keys() - {"machines"})


def call_in(connection: Connection, name: str, now: datetime, *, asks_key: bool) -> None:
    """Have a kiosk come to POST /post after its next round; that a key is asked for stays asked."""
    asks = asks_key or has(connection, kiosk_call, kiosk=name, asks_key=True)
    put(connection, kiosk_call, {"kiosk": name}, {"asks_key": asks, "asked_at": now})


def answer_post(
    connection: Connection, registry: Registry, present: Enrolled, request: PostRequest, now: datetime
) -> PostReply:
    """Answer a kiosk that came; the same request twice has one effect. Raises RequestRefused.

    It is called no more once it says itself what we would say.
    """
    name = present.speaker.kiosk
    if request.new_key and request.new_key != present.public_key:
        _take_key(connection, registry, present, request, now)
    row = connection.execute(select(kiosk).where(kiosk.c.id == name)).one()
    asks_key = has(connection, kiosk_call, kiosk=name, asks_key=True)
    says = (request.station_name, request.letter, request.key_id)
    if not asks_key and says == (row.station_name, row.letter, row.key_id):
        connection.execute(delete(kiosk_call).where(kiosk_call.c.kiosk == name))
    return PostReply(station_name=row.station_name, letter=row.letter, key_id=row.key_id, asks_key=asks_key)


def change_kiosk(
    connection: Connection, registry: Registry, name: str, changed: Mapping[str, object]
) -> None:
    """Change how a kiosk is enrolled, here and where no backup takes it back."""
    change(connection, kiosk, {"id": name}, changed)
    row = connection.execute(select(kiosk).where(kiosk.c.id == name)).one()
    registry.note_kiosk({field: getattr(row, field) for field in _REMEMBERED})


def say_last_day(connection: Connection, changes: Changes, key_id: str, last_day: date) -> None:
    """Say to every hall that a key signed nothing of a later day."""
    said = current_body(connection, changes, [CITY], "key", key_id)
    if said is not None:
        body = KeyBody.model_validate_json(said[1])
        changes.say(CITY, "key", key_id, body.model_copy(update={"last_day": last_day}))


def retire_key(connection: Connection, registry: Registry, key_id: str, last_day: date) -> None:
    """Let a key sign no paper after a day, whatever backup is put back."""
    registry.note_retired(key_id, last_day)
    changes = Changes()
    say_last_day(connection, changes, key_id, last_day)
    changes.stamp(connection)


def _take_key(
    connection: Connection, registry: Registry, present: Enrolled, request: PostRequest, now: datetime
) -> None:
    """Put the key that a kiosk offers in the place of its old one, under which the offer was signed."""
    name, station = present.speaker.kiosk, present.speaker.station
    raw = checked_key(request.new_key)
    proven = is_proven_key(
        Ed25519PublicKey.from_public_bytes(raw), name, present.public_key, request.new_key, request.proof
    )
    if not proven:
        raise RequestRefused(403, "bureau.problem.key_unproven")
    if not has(connection, kiosk_call, kiosk=name, asks_key=True):
        raise RequestRefused(403, "bureau.problem.no_key_asked")
    if has(connection, kiosk, public_key=request.new_key) or has(
        connection, revoked_key, public_key=request.new_key
    ):
        raise RequestRefused(403, "bureau.problem.key_unproven")
    old = connection.scalars(select(kiosk.c.key_id).where(kiosk.c.id == name)).one()
    key_id = key_id_of(raw)
    change_kiosk(connection, registry, name, {"public_key": request.new_key, "key_id": key_id})
    change(connection, kiosk_call, {"kiosk": name}, {"asks_key": False})
    changes = Changes()
    body = KeyBody(key_id=key_id, kiosk=name, station=station, public_key=base64.b64encode(raw).decode())
    changes.say(CITY, "key", key_id, body)
    changes.stamp(connection)
    retire_key(connection, registry, old, hall_day(now + _OVERLAP))
