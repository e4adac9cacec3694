"""Signed requests: Ed25519 over method, path, kiosk, time, a fresh token and the body's hash.

| header | content |
| --- | --- |
| `Kiosk-Id` | the kiosk's id |
| `Kiosk-Token` | 128 random bits as text; a token is accepted once |
| `Kiosk-Suite` | `ed25519-sha256`, so that SM2/SM3 can follow |
| `Kiosk-Signature` | base64 of the signature |
"""

from __future__ import annotations

import base64
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SUITE = "ed25519-sha256"


def _signed_text(method: str, path: str, kiosk: str, token: str, body: bytes) -> bytes:
    digest = hashlib.sha256(body).hexdigest()
    return "\n".join((SUITE, method.upper(), path, kiosk, token, digest)).encode()


def sign_request(
    key: Ed25519PrivateKey, method: str, path: str, kiosk: str, token: str, body: bytes
) -> dict[str, str]:
    """Return the headers that prove a request comes from this kiosk."""
    signature = key.sign(_signed_text(method, path, kiosk, token, body))
    return {
        "Kiosk-Id": kiosk,
        "Kiosk-Token": token,
        "Kiosk-Suite": SUITE,
        "Kiosk-Signature": base64.b64encode(signature).decode(),
    }


def is_genuine(key: Ed25519PublicKey, method: str, path: str, headers: dict[str, str], body: bytes) -> bool:
    """Return whether the headers (lower-case names) were made by the holder of the key for this body."""
    if headers.get("kiosk-suite") != SUITE:
        return False
    text = _signed_text(method, path, headers.get("kiosk-id", ""), headers.get("kiosk-token", ""), body)
    try:
        key.verify(base64.b64decode(headers.get("kiosk-signature", ""), validate=True), text)
    except (InvalidSignature, ValueError):
        return False
    return True
