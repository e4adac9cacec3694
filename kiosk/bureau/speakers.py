"""Who speaks in a round, as it is enrolled."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, bindparam, exists, select

from kiosk.bureau.databases import Database
from kiosk.bureau.feeds import hall_scope, people_scope, scopes_of
from kiosk.bureau.problems import RequestRefused
from kiosk.bureau.tables import hall_district, kiosk
from kiosk.bureau.trust_tables import revoked_key
from kiosk.messages.desk_feed import desk_scope
from kiosk.messages.signing import is_genuine
from kiosk.protocol.profiles import Feed, rights_of
from kiosk.statements import Statement

_BY_ID = Statement(
    select(
        kiosk,
        exists().where(revoked_key.c.public_key == kiosk.c.public_key).label("is_revoked"),
        hall_district.c.district,
    )
    .outerjoin(hall_district, hall_district.c.station == kiosk.c.station)
    .where(kiosk.c.id == bindparam("id"))
)
_REVOKED = Statement(
    select(revoked_key.c.public_key, revoked_key.c.profile)
    .where(revoked_key.c.kiosk == bindparam("id"))
    .order_by(revoked_key.c.revoked_at.desc())
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """The kiosk that speaks; `station` names its hall. Who `is_revoked` is heard and told nothing."""

    kiosk: str
    station: str
    profile: str
    is_revoked: bool = False
    district: str = ""

    @property
    def scopes(self) -> tuple[str, ...]:
        """The feeds in which this kiosk reads of work."""
        return scopes_of(self.station, self.district)

    @property
    def feeds(self) -> tuple[str, ...]:
        """Everything this kiosk is told: a desk reads what its hall wrote down, and no other profile does."""
        return feeds_of(self.profile, self.station, self.district)


def feeds_of(profile: str, station: str, district: str) -> tuple[str, ...]:
    """Return the scopes that a kiosk of this profile reads; whoever cannot open a capsule is told none."""
    rights = rights_of(profile)
    people = [people_scope(district)] if district and rights.has_city_key else []
    wide = scopes_of(station, district)[:-1]
    scopes = {Feed.CITY: wide, Feed.HALL: (hall_scope(station),), Feed.HALL_LOG: (desk_scope(station),)}
    return (*(scope for feed in rights.reads for scope in scopes[feed]), *people)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A kiosk as it is enrolled now; `public_key` (base64, Ed25519) proves what it says."""

    speaker: Speaker
    letter: str
    public_key: str

    @property
    def key(self) -> Ed25519PublicKey:
        """The key itself."""
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(self.public_key))


@dataclass(frozen=True, slots=True)
class Speakers:
    """Kiosks as they were when they spoke last, with their keys, so that proving one needs no database.

    What is remembered may be out of date: whoever believes it asks the database again within his turn.
    """

    database: Database
    _known: dict[str, tuple[Enrolled, Ed25519PublicKey]] = field(default_factory=dict)

    def proven(self, path: str, headers: Mapping[str, str], body: bytes) -> Enrolled:
        """Return the kiosk that signed this. Raises RequestRefused for everybody else."""
        name, told = headers.get("kiosk-id", ""), dict(headers)
        remembered = self._known.get(name)
        if remembered is not None and is_genuine(remembered[1], "POST", path, told, body):
            return remembered[0]
        with self.database.reading() as connection:
            possible = ever_enrolled(connection, name)
        for present in possible:
            key = present.key
            if is_genuine(key, "POST", path, told, body):
                self._known[name] = present, key
                return present
        raise RequestRefused(401, "bureau.problem.bad_signature")

    def forget(self, name: str) -> None:
        """Ask the database when this kiosk speaks the next time."""
        self._known.pop(name, None)


def foresee_speaker(connection: Connection, name: str) -> None:
    """Ask ahead who a kiosk is."""
    _BY_ID.foresee(connection, {"id": name})


def enrolled(connection: Connection, name: str) -> Enrolled:
    """Return the kiosk of this id. Raises RequestRefused for one nobody enrolled."""
    row = _BY_ID.first(connection, {"id": name})
    if row is None:
        raise RequestRefused(401, "bureau.problem.unknown_kiosk")
    speaker = Speaker(row.id, row.station, row.profile, bool(row.is_revoked), row.district or "")
    return Enrolled(speaker, row.letter, row.public_key)


def ever_enrolled(connection: Connection, name: str) -> list[Enrolled]:
    """Return the kiosk of this id, and behind it the machines that were revoked as it: they may still tell.

    Raises RequestRefused for one nobody enrolled.
    """
    present = enrolled(connection, name)
    before = [row for row in _REVOKED.all(connection, {"id": name}) if row.public_key != present.public_key]
    speakers = [replace(present.speaker, is_revoked=True, profile=row.profile) for row in before]
    return [
        present,
        *(
            Enrolled(speaker, present.letter, row.public_key)
            for speaker, row in zip(speakers, before, strict=True)
        ),
    ]


def as_known_now(connection: Connection, proven: Enrolled) -> Enrolled | None:
    """Return whoever holds that key as he is known by now; None when the key counts no more."""
    present = enrolled(connection, proven.speaker.kiosk)
    if present.public_key == proven.public_key:
        return present
    possible = ever_enrolled(connection, proven.speaker.kiosk)
    return next((item for item in possible if item.public_key == proven.public_key), None)
