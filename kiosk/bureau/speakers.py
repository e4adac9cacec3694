"""Who speaks in a round, as it is enrolled."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, bindparam, select

from kiosk.bureau.databases import Database
from kiosk.bureau.feeds import CITY, hall_scope
from kiosk.bureau.problems import RequestRefused
from kiosk.bureau.tables import kiosk
from kiosk.messages.desk_feed import desk_scope
from kiosk.messages.signing import is_genuine
from kiosk.statements import Statement

_BY_ID = Statement(select(kiosk).where(kiosk.c.id == bindparam("id")))


@dataclass(frozen=True, slots=True)
class Speaker:
    """The kiosk that speaks; `station` names its hall."""

    kiosk: str
    station: str
    profile: str

    @property
    def scopes(self) -> tuple[str, str]:
        """The feeds this kiosk reads."""
        return (CITY, hall_scope(self.station))

    @property
    def feeds(self) -> tuple[str, ...]:
        """Everything this kiosk is told: a desk reads what its hall wrote down, and no other profile does."""
        return feeds_of(self.profile, self.station)


def feeds_of(profile: str, station: str) -> tuple[str, ...]:
    """Return the scopes that a kiosk of this profile reads."""
    own = (CITY, hall_scope(station))
    return (*own, desk_scope(station)) if profile == "desk" else own


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
            present = enrolled(connection, name)
        key = present.key
        if not is_genuine(key, "POST", path, told, body):
            raise RequestRefused(401, "bureau.problem.bad_signature")
        self._known[name] = present, key
        return present

    def forget(self, name: str) -> None:
        """Ask the database when this kiosk speaks the next time."""
        self._known.pop(name, None)


def enrolled(connection: Connection, name: str) -> Enrolled:
    """Return the kiosk of this id. Raises RequestRefused for one nobody enrolled."""
    row = _BY_ID.first(connection, {"id": name})
    if row is None:
        raise RequestRefused(401, "bureau.problem.unknown_kiosk")
    return Enrolled(Speaker(row.id, row.station, row.profile), row.letter, row.public_key)
