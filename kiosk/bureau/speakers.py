"""Who speaks in a round, as it is enrolled."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, select

from kiosk.bureau.feeds import CITY, hall_scope
from kiosk.bureau.problems import RequestRefused
from kiosk.bureau.tables import kiosk


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


def enrolled(connection: Connection, name: str) -> Enrolled:
    """Return the kiosk of this id. Raises RequestRefused for one nobody enrolled."""
    row = connection.execute(select(kiosk).where(kiosk.c.id == name)).first()
    if row is None:
        raise RequestRefused(401, "bureau.problem.unknown_kiosk")
    return Enrolled(Speaker(row.id, row.station, row.profile), row.letter, row.public_key)
