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
_KEY_BYTES = 32


class KeySource(StrEnum):
    """Where the key came from, which decides what it protects against."""

    CREDENTIAL = "credential"
    FILE = "file"


@dataclass(frozen=True, slots=True, repr=False)
class DatabaseKey:
    """A raw key. A passphrase would cost 150 ms at every open and protect nothing more."""

    raw: bytes
    source: KeySource

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
        return DatabaseKey(_parsed(_read(credential)), KeySource.CREDENTIAL)
    key_file = data_dir / KEY_FILE_NAME
    if key_file.exists():
        return DatabaseKey(_parsed(_read(key_file)), KeySource.FILE)
    if database.exists():
        raise StorageFault(Sentence("storage.key_missing"))
    return DatabaseKey(_make(key_file), KeySource.FILE)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise StorageFault(Sentence("storage.key_unreadable")) from fault


def _parsed(content: bytes) -> bytes:
    """Accept 32 raw bytes, as a sealed credential holds them, or 64 hexadecimal digits."""
    if len(content) == _KEY_BYTES:
        return content
    try:
        raw = bytes.fromhex(content.decode("ascii").strip())
    except ValueError:
        raw = b""
    if len(raw) != _KEY_BYTES:
        raise StorageFault(Sentence("storage.key_unreadable"))
    return raw


def _make(path: Path) -> bytes:
    """Write a new key so that it is on the disk before the first page that needs it."""
    raw = secrets.token_bytes(_KEY_BYTES)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(raw.hex().encode())
            file.flush()
            os.fsync(file.fileno())
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
