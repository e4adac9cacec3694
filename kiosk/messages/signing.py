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


def _exchange_text(kiosk: str, old_key: str, new_key: str) -> bytes:
    return "\n".join((SUITE, "exchange", kiosk, old_key, new_key)).encode()


def prove_key(new: Ed25519PrivateKey, kiosk: str, old_key: str, new_key: str) -> str:
    """Return the proof (base64) that whoever offers `new_key` for `old_key` (both base64) holds it."""
    return base64.b64encode(new.sign(_exchange_text(kiosk, old_key, new_key))).decode()


def is_proven_key(new: Ed25519PublicKey, kiosk: str, old_key: str, new_key: str, proof: str) -> bool:
    """Return whether the holder of the new key made this proof, for this kiosk and this old key."""
    try:
        new.verify(base64.b64decode(proof, validate=True), _exchange_text(kiosk, old_key, new_key))
    except (InvalidSignature, ValueError):
        return False
    return True


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
