"""Enrolment: a one-time code makes a machine a kiosk of a hall, known from then on by its own key."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, Row, delete, insert, select, update

from kiosk.bureau.databases import opened
from kiosk.bureau.feeds import CITY, Changes
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import meta_value
from kiosk.bureau.problems import RequestRefused
from kiosk.bureau.registries import Registry
from kiosk.bureau.rows import has, put
from kiosk.bureau.speakers import feeds_of
from kiosk.bureau.tables import enrolment_code, hall_district, kiosk
from kiosk.bureau.trust_tables import kiosk_call, revoked_key
from kiosk.messages.feed import KeyBody
from kiosk.messages.sync import EnrolReply, EnrolRequest
from kiosk.protocol.profiles import rights_of

Profile = Literal["worker", "desk", "door", "board"]

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without the signs people mistake for one another."""
_CODE_LENGTH = 16
CODE_LASTS = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Post:
    """The place a kiosk is enrolled for: hall, number within the hall, letter on queue numbers, profile."""

    station: str
    station_name: str
    kiosk_no: int
    letter: str
    profile: Profile


def issue_code(data_dir: Path, post: Post, now: datetime) -> str:
    """Return a fresh code for one enrolment within 24 hours; only its keyed hash is kept.

    16 signs of 31 are 79 bits, so guessing over the network is hopeless without any throttle. An older code
    of the same post that nobody used is void from now on: two machines must not be sent to one post.
    """
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    city_key = BureauFolder(data_dir).city_key.read_bytes()
    with opened(data_dir) as database, database.writing() as connection:
        connection.execute(
            delete(enrolment_code).where(
                enrolment_code.c.station == post.station,
                enrolment_code.c.kiosk_no == post.kiosk_no,
                enrolment_code.c.used_by.is_(None),
            )
        )
        connection.execute(
            insert(enrolment_code).values(
                code_hash=_code_hash(city_key, code),
                station=post.station,
                station_name=post.station_name,
                kiosk_no=post.kiosk_no,
                letter=post.letter,
                profile=post.profile,
                expires_at=now + CODE_LASTS,
            )
        )
    return code


def kiosk_id(station: str, kiosk_no: int) -> str:
    """Return the id of the kiosk at one post, such as `NZ-01`."""
    return f"{station}-{kiosk_no:02d}"


def enrol(
    connection: Connection, registry: Registry, city_key: bytes, request: EnrolRequest, now: datetime
) -> EnrolReply:
    """Make the holder of a code a kiosk. The same code with the same key is answered again: replies get lost.

    A second enrolment for one post replaces the machine; its old key stays known, so old slips stay genuine.
    """
    public_key = checked_key(request.public_key)
    if has(connection, revoked_key, public_key=request.public_key):
        raise RequestRefused(403, "bureau.problem.revoked")
    code_hash = _code_hash(city_key, request.code)
    row = connection.execute(select(enrolment_code).where(enrolment_code.c.code_hash == code_hash)).first()
    if row is None:
        raise RequestRefused(403, "bureau.problem.code_unknown")
    if row.used_by not in {None, request.public_key}:
        raise RequestRefused(403, "bureau.problem.code_used")
    if row.expires_at <= now:
        raise RequestRefused(403, "bureau.problem.code_expired")
    reply = _reply(connection, row, city_key, key_id_of(public_key))
    if row.used_by is None:
        _register(connection, registry, reply, request, now)
        connection.execute(
            update(enrolment_code)
            .where(enrolment_code.c.code_hash == code_hash)
            .values(used_by=request.public_key)
        )
    return reply


def _register(
    connection: Connection, registry: Registry, reply: EnrolReply, request: EnrolRequest, now: datetime
) -> None:
    identity = reply.model_dump(
        include={"station", "station_name", "kiosk_no", "letter", "profile", "key_id"}
    )
    facts = {**identity, "public_key": request.public_key, "device": request.device, "seen_at": now}
    registry.note_kiosk({"id": reply.kiosk, **facts})
    put(connection, kiosk, {"id": reply.kiosk}, facts)
    connection.execute(delete(kiosk_call).where(kiosk_call.c.kiosk == reply.kiosk))
    changes = Changes()
    body = KeyBody(
        key_id=reply.key_id, kiosk=reply.kiosk, station=reply.station, public_key=request.public_key
    )
    changes.say(CITY, "key", reply.key_id, body)
    changes.stamp(connection)


def _reply(connection: Connection, row: Row[tuple[object, ...]], city_key: bytes, key_id: str) -> EnrolReply:
    of_hall = select(hall_district.c.district).where(hall_district.c.station == row.station)
    district = connection.execute(of_hall).scalar()
    known_key = city_key if rights_of(row.profile).has_city_key else bytes(len(city_key))
    return EnrolReply(
        kiosk=kiosk_id(row.station, row.kiosk_no),
        kiosk_no=row.kiosk_no,
        letter=row.letter,
        station=row.station,
        station_name=row.station_name,
        profile=row.profile,
        key_id=key_id,
        city_key=base64.b64encode(known_key).decode(),
        scopes=list(feeds_of(row.profile, row.station, str(district or ""))),
        generation=meta_value(connection, "generation"),
    )


def key_id_of(public_key: bytes) -> str:
    """Return the name by which codes on paper say who signed them: six hexadecimal digits."""
    return hashlib.sha256(public_key).hexdigest()[:6]


def checked_key(text: str) -> bytes:
    """Return the raw bytes of a public key (base64, Ed25519). Raises RequestRefused for anything else."""
    try:
        raw = base64.b64decode(text, validate=True)
        Ed25519PublicKey.from_public_bytes(raw)
    except (binascii.Error, ValueError):
        raise RequestRefused(400, "bureau.problem.malformed") from None
    return raw


def _code_hash(city_key: bytes, code: str) -> str:
    plain = code.replace("-", "").replace(" ", "").upper()
    return hmac.new(city_key, b"enrol:" + plain.encode(), hashlib.sha256).hexdigest()
