"""The pages of an encrypted database as its key shows them, with what lies in their free room."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

_PAGE_BYTES = 4096
_SALT_BYTES = 16
_IV_BYTES = 16
_RESERVE_BYTES = 80
"""At the end of each page: the start of its chain of blocks, then its HMAC-SHA512."""


def plain_pages(database: Path, key: bytes) -> bytes:
    """Return every page of a closed database behind each other, decrypted with its raw key."""
    content = database.read_bytes()
    return b"".join(_plain(content, at, key) for at in range(0, len(content), _PAGE_BYTES))


def _plain(content: bytes, at: int, key: bytes) -> bytes:
    end = at + _PAGE_BYTES - _RESERVE_BYTES
    decryptor = Cipher(AES256(key), CBC(content[end : end + _IV_BYTES])).decryptor()
    return decryptor.update(content[at + (0 if at else _SALT_BYTES) : end]) + decryptor.finalize()
