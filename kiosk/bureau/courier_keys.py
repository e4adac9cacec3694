"""The bureau's keys for the courier. They follow from the server's key, so nothing new is to be kept safe.

Whoever holds that key answers kiosks on the wire already; on a stick he can do the same and no more. The keys
themselves are others, for a key should have one use.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.bureau.authority import load_key
from kiosk.bureau.folders import BureauFolder
from kiosk.messages.bundles import derived
from kiosk.messages.courier_cards import Card, make_card

_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class CourierKeys:
    """Bundles are opened with `sealing`, answers signed with `signing`; kiosks know both by the card."""

    sealing: X25519PrivateKey = field(repr=False)
    signing: Ed25519PrivateKey = field(repr=False)
    card: str


def courier_keys(folder: BureauFolder) -> CourierKeys:
    """Return the keys of a bureau that has its server's key and certificate."""
    server_key, secret = load_key(folder.server_key.read_bytes()), secret_of(folder)
    sealing = X25519PrivateKey.from_private_bytes(derived(secret, b"sealing"))
    signing = Ed25519PrivateKey.from_private_bytes(derived(secret, b"signing"))
    card = Card(sealing.public_key(), signing.public_key())
    certificate = folder.server_certificate.read_text(encoding="ascii")
    return CourierKeys(sealing, signing, make_card(card, certificate, server_key))


def secret_of(folder: BureauFolder) -> bytes:
    """Return the secret of which keys for one use each are made; raises OSError where the bureau has none."""
    server_key = load_key(folder.server_key.read_bytes())
    return server_key.private_numbers().private_value.to_bytes(_SECRET_BYTES)
