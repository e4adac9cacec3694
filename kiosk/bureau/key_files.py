"""Keys of workers in a file beside the database: one process's server, other processes' commands.

The log costs a commit one flush. Deleted rows are overwritten (`secure_delete`), and after each erasure the
log, which still knows them, is cut to nothing.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kiosk.actions.faults import StorageFault
from kiosk.bureau.key_statements import DESTROY, KEEP, MARK, NOTE, VOID
from kiosk.domain.sentences import Sentence
from kiosk.messages.sealing import WorkerKey, key_id

_SCHEMA = """
CREATE TABLE IF NOT EXISTS key (
    worker TEXT NOT NULL, kind TEXT NOT NULL, secret TEXT NOT NULL, epoch INTEGER NOT NULL,
    PRIMARY KEY (worker, kind, secret)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS erasure (
    worker TEXT NOT NULL, kind TEXT NOT NULL, person TEXT NOT NULL, epoch INTEGER NOT NULL,
    void INTEGER NOT NULL, asked_at TEXT NOT NULL, law TEXT NOT NULL, held_until TEXT NOT NULL,
    PRIMARY KEY (worker, kind)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS destroyed (id TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_BUSY_S = 10.0


class KeyFile:
    """The file at `path`, made with the first key; many threads may use it, and other processes beside."""

    def __init__(self, path: Path) -> None:
        """Touch nothing yet."""
        self._path = path
        self._lock = threading.RLock()
        self._open: sqlite3.Connection | None = None

    def rows(self, asked: str, *values: object) -> list[dict[str, Any]]:
        """Return what a statement finds, by column; nothing where there is no file."""
        with self._lock, self._plain_faults():
            if self._open is None and not self._path.exists():
                return []
            return [dict(row) for row in self._connection().execute(asked, values)]

    def add(self, keys: Sequence[WorkerKey]) -> None:
        """Keep keys, durably."""
        with self._changing() as connection:
            connection.executemany(KEEP, [(key.worker, key.kind, key.secret, key.epoch) for key in keys])

    def note(self, erasure: Sequence[object], void: tuple[str, str, int], told: Sequence[str]) -> None:
        """Keep what was asked, and destroy the keys it makes void; `told` are such that were not kept yet."""
        with self._changing() as connection:
            connection.execute(NOTE, erasure)
            gone = [row["secret"] for row in connection.execute(VOID, void)]
            connection.executemany(MARK, [(key_id(secret),) for secret in (*told, *gone)])
            connection.execute(DESTROY, void)

    def cut(self) -> None:
        """Leave nothing of destroyed keys in the log. Raises StorageFault while somebody reads on and on."""
        for row in self.rows("PRAGMA wal_checkpoint(TRUNCATE)"):
            if row["busy"]:
                raise self._fault()

    def shred(self) -> None:
        """Overwrite every row and remove the file: what it held lies elsewhere by now."""
        if not self._path.exists():
            return
        with self._changing() as connection:
            for emptied in ("DELETE FROM key", "DELETE FROM erasure", "DELETE FROM destroyed"):
                connection.execute(emptied)
        self.cut()
        self.close()
        for end in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + end).unlink(missing_ok=True)

    def close(self) -> None:
        """Let the file go."""
        with self._lock:
            if self._open is not None:
                self._open.close()
                self._open = None

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """Run one durable transaction of the file."""
        with self._lock, self._plain_faults():
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                raise

    def _connection(self) -> sqlite3.Connection:
        if self._open is None:
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
            opened = sqlite3.connect(
                self._path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False
            )
            opened.row_factory = sqlite3.Row
            for setting in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
                opened.execute(f"PRAGMA {setting}").fetchall()
            opened.executescript(_SCHEMA)
            self._open = opened
        return self._open

    @contextmanager
    def _plain_faults(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, OSError) as fault:
            raise self._fault() from fault

    def _fault(self) -> StorageFault:
        return StorageFault(Sentence("bureau.fault.key_store", {"file": str(self._path)}))
