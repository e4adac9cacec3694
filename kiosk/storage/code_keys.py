"""The public keys that came with the feed, for reading codes that others signed.

The rows of topic `key` are the bureau's word: it names the kiosk a key belongs to. A row that names no kiosk
is the bureau's own key, with which it signs badges.
"""

from __future__ import annotations

import base64
import binascii
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import bindparam, select

from kiosk.actions.scan_ports import KioskKey
from kiosk.domain.ids import StationCode
from kiosk.storage.database import Database
from kiosk.storage.feed_tables import slip_key

_BY_ID = select(slip_key.c.kiosk, slip_key.c.station, slip_key.c.public_key, slip_key.c.last_day).where(
    slip_key.c.id == bindparam("id")
)


class SqlCodeKeys:
    """Looks keys up in short reads of their own; safe to use from any thread."""

    def __init__(self, database: Database) -> None:
        """Read from an open database."""
        self._database = database

    def kiosk(self, key_id: int) -> KioskKey | None:
        """Return the key of a kiosk of this city; None when it has not come down, or is no kiosk's."""
        found = self._find(key_id)
        if found is None:
            return None
        kiosk, station, public_key, last_day = found
        number = kiosk.rpartition("-")[2]
        is_kiosk = bool(station) and number.isdecimal()
        return KioskKey(public_key, StationCode(station), int(number), last_day) if is_kiosk else None

    def bureau(self, key_id: int) -> Ed25519PublicKey | None:
        """Return the bureau's own key of that id; None when it has not come down, or is a kiosk's."""
        found = self._find(key_id)
        return found[2] if found is not None and not found[0] else None

    def _find(self, key_id: int) -> tuple[str, str, Ed25519PublicKey, date | None] | None:
        with self._database.reading() as connection:
            row = connection.execute(_BY_ID, {"id": f"{key_id:06x}"}).one_or_none()
        key = _key(row.public_key) if row is not None else None
        return (row.kiosk, row.station, key, row.last_day) if row is not None and key is not None else None


def _key(text: str) -> Ed25519PublicKey | None:
    """A row we cannot read is a key we do not know: what it signed is not refused as forged."""
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        return None
