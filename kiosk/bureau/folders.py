"""Where a bureau keeps its files: one folder that only its own user may read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class BureauFolder:
    """The files of one bureau under `root`."""

    root: Path

    @property
    def database(self) -> Path:
        """The database of everything the halls reported and the bureau published."""
        return self.root / "bureau.sqlite"

    @property
    def database_url(self) -> Path:
        """Where the database is, when it is PostgreSQL and no file; the URL may hold a password."""
        return self.root / "database.url"

    @property
    def registry(self) -> Path:
        """Kiosks, machines and doors, which no backup of the database takes back."""
        return self.root / "kiosks.sqlite"

    @property
    def registry_copy(self) -> Path:
        """All of that in one piece, as it lies in a backup; put into a bureau's folder it is taken in."""
        return self.root / "kiosks.json"

    @property
    def worker_keys(self) -> Path:
        """The keys of workers, which no backup holds: what is destroyed there is readable nowhere."""
        return self.root / "worker-keys.sqlite"

    @property
    def keys_url(self) -> Path:
        """Where the keys of workers and the registry are, when several servers share them in a database."""
        return self.root / "keys.url"

    @property
    def keys_cover(self) -> Path:
        """64 random bytes that cover the keys of workers in that database; no backup holds it."""
        return self.root / "worker-keys.cover"

    @property
    def serving_lock(self) -> Path:
        """Held while a server runs, so that nobody puts a database back under it."""
        return self.root / "serving.lock"

    @property
    def city_key(self) -> Path:
        """32 random bytes that open capsules together with a card's number."""
        return self.root / "city.key"

    @property
    def ca_certificate(self) -> Path:
        """The certificate of the private authority, which kiosks pin (PEM)."""
        return self.root / "ca.pem"

    @property
    def ca_key(self) -> Path:
        """The private authority's key (PEM); it signs the server's certificate and nothing else."""
        return self.root / "ca.key"

    @property
    def server_certificate(self) -> Path:
        """The server's certificate (PEM)."""
        return self.root / "server.pem"

    @property
    def server_key(self) -> Path:
        """The server's private key (PEM)."""
        return self.root / "server.key"

    def create(self) -> None:
        """Make the folder, readable by its owner alone; an existing one is kept."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)


def write_private(path: Path, content: bytes) -> None:
    """Write a secret so that it is whole or absent, and at no moment readable by others."""
    aside = path.with_name(path.name + ".new")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make a folder's entries durable: a renamed file is found under its new name after a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
