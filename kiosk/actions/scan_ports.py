"""What reading a scanned code asks of storage: the public keys of everybody who may have signed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.domain.ids import StationCode


@dataclass(frozen=True, slots=True)
class KioskKey:
    """The public key of one kiosk of the city, and the parts of a slip number that the key stands for."""

    public_key: Ed25519PublicKey
    station: StationCode
    kiosk_no: int


class CodeKeys(Protocol):
    """Public keys as the bureau sent them, found by the id in a code.

    Kiosks and bureau are told apart here and not by the code: no kiosk's key can sign a badge.
    """

    def kiosk(self, key_id: int) -> KioskKey | None: ...
    def bureau(self, key_id: int) -> Ed25519PublicKey | None: ...
