"""Worker capsules: found by HMAC(city key, number), opened only with that number in hand."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from kiosk.messages.feed import CapsuleContent

_SCRYPT = {"n": 2**13, "r": 8, "p": 1}
"""About 20 ms on a small PC: a stolen city key lets someone guess numbers, and this makes guessing slow."""
_KEY_BYTES = 32
_NONCE_BYTES = 12


def number_hash(city_key: bytes, number: str) -> str:
    """Return the hex HMAC-SHA256 by which a person is found without being named."""
    return hmac.new(city_key, b"find:" + number.encode(), hashlib.sha256).hexdigest()


def content_key(city_key: bytes, number: str) -> bytes:
    """Return the key of what is said of a person, 32 bytes; nobody finds it faster than in some 20 ms."""
    salt = hashlib.sha256(city_key).digest()
    return Scrypt(salt=salt, length=_KEY_BYTES, **_SCRYPT).derive(number.encode())


def seal(content: CapsuleContent, *, key: bytes, found_by: str) -> str:
    """Return the content sealed with its person's `content_key`, bound to the hash he is found by.

    It is the base64 of nonce and ChaCha20-Poly1305 text.
    """
    nonce = os.urandom(_NONCE_BYTES)
    sealed = ChaCha20Poly1305(key).encrypt(nonce, content.model_dump_json().encode(), found_by.encode())
    return base64.b64encode(nonce + sealed).decode()


def unseal(city_key: bytes, number: str, sealed: str) -> CapsuleContent | None:
    """Return the content, or None when the number does not open it or it was tampered with."""
    raw = base64.b64decode(sealed)
    box = ChaCha20Poly1305(content_key(city_key, number))
    try:
        text = box.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], number_hash(city_key, number).encode())
    except InvalidTag:
        return None
    return CapsuleContent.model_validate_json(text)
