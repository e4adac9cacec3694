"""The log behind the database: a flush that failed is never believed to have been made good by a later one.

After a failed flush the kernel takes the pages for clean, though they never reached the disk, and says so
only once. A commit behind them would be told, and gone after a power cut. So before the next commit is told,
the log's own bytes are written once more in place, which makes the pages dirty again, and flushed. A file
beside the log tells the other process of the doubt, which may be the next to commit.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from sqlcipher3 import dbapi2

from kiosk.actions.faults import StorageFault
from kiosk.domain.sentences import Sentence

_CHUNK_BYTES = 2**20


class WriteAheadLog:
    """The log of one database."""

    def __init__(self, database: Path) -> None:
        """Name the file; nothing is touched yet."""
        self._path = database.with_name(database.name + "-wal")
        self._doubt = database.with_name(database.name + "-doubt")
        self._is_doubtful = False

    def flush(self) -> None:
        """Flush it without locking the database; a disk that fails is told by the next commit."""
        try:
            handle = os.open(self._path, os.O_RDONLY)
            try:
                os.fdatasync(handle)
            finally:
                os.close(handle)
        except OSError:
            self._begin_to_doubt()

    def doubt_after(self, error: BaseException) -> None:
        """Doubt the log after an error of the database that came from the disk."""
        code = getattr(getattr(error, "orig", error), "sqlite_errorcode", 0)
        if code & 0xFF == dbapi2.SQLITE_IOERR:
            self._begin_to_doubt()

    def make_sure(self) -> None:
        """Bring a doubtful log to the disk; whoever calls holds the writer's lock. Raises StorageFault."""
        if not self._is_doubtful and not self._doubt.exists():
            return
        try:
            handle = os.open(self._path, os.O_RDWR)
            try:
                _rewrite(handle)
            finally:
                os.close(handle)
            self._doubt.unlink(missing_ok=True)
        except OSError as fault:
            raise StorageFault(Sentence("storage.disk_failing")) from fault
        self._is_doubtful = False

    def _begin_to_doubt(self) -> None:
        self._is_doubtful = True
        with suppress(OSError):  # a disk that takes no name either fails at this process's next commit
            self._doubt.touch(0o600)


def _rewrite(handle: int) -> None:
    at = 0
    while chunk := os.pread(handle, _CHUNK_BYTES, at):
        at += os.pwrite(handle, chunk, at)
    os.fdatasync(handle)
