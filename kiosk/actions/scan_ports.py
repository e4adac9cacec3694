"""What reading a scanned code asks of storage: the public keys of everybody who may have signed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.domain.ids import StationCode


@dataclass(frozen=True, slots=True)
class KioskKey:
    """The public key of one kiosk of the city, and the parts of a slip number that the key stands for.

    It signed nothing that says a day after `last_day`; None while it is in use.
    """

    public_key: Ed25519PublicKey
    station: StationCode
    kiosk_no: int
    last_day: date | None = None

    def could_sign(self, day: date) -> bool:
        """Return whether paper of that day may be this key's."""
        return self.last_day is None or day <= self.last_day


class CodeKeys(Protocol):
    """Public keys as the bureau sent them, found by the id in a code.

    Kiosks and bureau are told apart here and not by the code: no kiosk's key can sign a badge.
    """

    def kiosk(self, key_id: int) -> KioskKey | None: ...
    def bureau(self, key_id: int) -> Ed25519PublicKey | None: ...
