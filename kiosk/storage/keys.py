"""The key of the database: 256 random bits, from the machine's credential store or from a file beside it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kiosk.actions.faults import StorageFault
from kiosk.domain.sentences import Sentence

CREDENTIAL_NAME = "kiosk-db-key"
KEY_FILE_NAME = "database.key"
_KEY_BYTES, _SALT_BYTES = 32, 16
_LENGTHS = (_KEY_BYTES, _KEY_BYTES + _SALT_BYTES)


class KeySource(StrEnum):
    """Where the key came from, which decides what it protects against."""

    CREDENTIAL = "credential"
    FILE = "file"


@dataclass(frozen=True, slots=True, repr=False)
class DatabaseKey:
    """A raw key. A passphrase would cost 150 ms at every open and protect nothing more.

    `salt` is what the file begins with. Kept here too, a spoiled first sector leaves the rest readable; where
    it is empty, it is read from the file.
    """

    raw: bytes
    source: KeySource
    salt: bytes = b""

    @property
    def protects(self) -> Sentence:
        """Say what the key protects: a file beside the database protects backups, not a stolen machine."""
        return Sentence(f"storage.key_from_{self.source.value}")

    def __repr__(self) -> str:
        """Show the source alone."""
        return f"DatabaseKey({self.source.value}, …)"


def load_key(data_dir: Path, database: Path, environment: Mapping[str, str] | None = None) -> DatabaseKey:
    """Return the key of `database`, made at first start; a database whose key is gone is a StorageFault."""
    folder = (os.environ if environment is None else environment).get("CREDENTIALS_DIRECTORY")
    credential = Path(folder) / CREDENTIAL_NAME if folder else None
    if credential is not None and credential.exists():
        return _parsed(_read(credential), KeySource.CREDENTIAL)
    key_file = data_dir / KEY_FILE_NAME
    if key_file.exists():
        return _parsed(_read(key_file), KeySource.FILE)
    if database.exists():
        raise StorageFault(Sentence("storage.key_missing"))
    return _parsed(_make(key_file), KeySource.FILE)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise StorageFault(Sentence("storage.key_unreadable")) from fault


def _parsed(content: bytes, source: KeySource) -> DatabaseKey:
    """Accept a key of 32 bytes, perhaps with its salt of 16 behind it; raw, as sealed, or in hexadecimal.

    Raises StorageFault for anything else.
    """
    raw = content
    if len(raw) not in _LENGTHS:
        try:
            raw = bytes.fromhex(content.decode("ascii").strip())
        except ValueError:
            raw = b""
    if len(raw) not in _LENGTHS:
        raise StorageFault(Sentence("storage.key_unreadable"))
    return DatabaseKey(raw[:_KEY_BYTES], source, raw[_KEY_BYTES:])


def _make(path: Path) -> bytes:
    """Write a new key whole, so that it is on the disk before its name, and before any page that needs it."""
    raw = secrets.token_bytes(_KEY_BYTES + _SALT_BYTES)
    aside = path.with_suffix(".new")
    try:
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(raw.hex().encode())
            file.flush()
            os.fsync(file.fileno())
        aside.rename(path)
        sync_folder(path.parent)
    except OSError as fault:
        raise StorageFault(Sentence("storage.folder_unwritable")) from fault
    return raw


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; a file's own fsync does not cover its name."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
