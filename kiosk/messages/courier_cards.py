"""The bureau's card for the courier: which key seals for it and which key it signs with, proven by the CA.

A kiosk pinned one authority when it was enrolled. The card carries the certificate that this authority gave
to the server, and the server's signature (ECDSA, SHA-256) over both keys: whoever may answer on the wire may
answer on a stick, and nobody else. So it can come by any way, on the stick itself too.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from pydantic import ValidationError

from kiosk.messages.bundles import BadBundle, Fault
from kiosk.messages.wire import Wire

CARD_FILE = "bureau-card.txt"
# Longer than the 32 bytes that somebody who opens a TLS connection may choose in what this key signs there.
_CARRIED = b"hall kiosk courier card, version 1: the keys of the bureau that seal and sign\n"


class _Written(Wire):
    certificate: str
    sealing: str
    signing: str
    signature: str


@dataclass(frozen=True, slots=True)
class Card:
    """The bureau's keys: bundles are sealed for `sealing`, answers are signed by `signing`."""

    sealing: X25519PublicKey
    signing: Ed25519PublicKey


def make_card(card: Card, certificate_pem: str, server_key: ec.EllipticCurvePrivateKey) -> str:
    """Return a card as text, signed by the server whose certificate it carries."""
    sealing, signing = card.sealing.public_bytes_raw(), card.signing.public_bytes_raw()
    signature = server_key.sign(_CARRIED + sealing + signing, ec.ECDSA(hashes.SHA256()))
    return _Written(
        certificate=certificate_pem,
        sealing=sealing.hex(),
        signing=signing.hex(),
        signature=base64.b64encode(signature).decode(),
    ).model_dump_json()


def read_card(text: str | bytes, authority_pem: bytes) -> Card:
    """Return the keys of a card that comes from the pinned authority's server. Raises BadBundle.

    Dates are not looked at: a kiosk's clock may have died.
    """
    try:
        written = _Written.model_validate_json(text)
        sealing, signing = bytes.fromhex(written.sealing), bytes.fromhex(written.signing)
        certificate = x509.load_pem_x509_certificate(written.certificate.encode())
        certificate.verify_directly_issued_by(x509.load_pem_x509_certificate(authority_pem))
        key = certificate.public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey):
            raise BadBundle(Fault.BAD_CARD)
        signature = base64.b64decode(written.signature, validate=True)
        key.verify(signature, _CARRIED + sealing + signing, ec.ECDSA(hashes.SHA256()))
        return Card(X25519PublicKey.from_public_bytes(sealing), Ed25519PublicKey.from_public_bytes(signing))
    except (ValidationError, ValueError, TypeError, InvalidSignature):
        raise BadBundle(Fault.BAD_CARD) from None
