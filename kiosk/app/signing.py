"""The kiosk's own key at work on slips; it never leaves this object."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.messages import boarding_codes, slip_codes
from kiosk.messages.boarding_codes import BoardingCode
from kiosk.messages.slip_codes import SlipCode


class SlipKey:
    """Signs slips and boarding passes under the key id that the bureau gave this kiosk."""

    def __init__(self, key: Ed25519PrivateKey, key_id: int) -> None:
        """Keep the key."""
        self._key = key
        self._key_id = key_id

    @property
    def key_id(self) -> int:
        """Return the number under which every kiosk finds the public key."""
        return self._key_id

    def sign(self, code: SlipCode) -> str:
        """Return the text that goes into the slip's QR code."""
        return slip_codes.encode(code, self._key)

    def sign_boarding(self, code: BoardingCode) -> str:
        """Return the text that goes into the QR code of a boarding pass."""
        return boarding_codes.encode(code, self._key)
