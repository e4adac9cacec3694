"""A file that holds room: given up when the disk runs low, so that what is under way still has some.

| free on the disk | what happens |
| --- | --- |
| below 64 MiB | no content is downloaded any more |
| below 16 MiB | the ballast is given up before the next transaction begins, once |

It is made again at a start that finds room for it. Nobody gives it up for a transaction that has failed
already: that one is rolled back, and the person at the screen has been told.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path

log = logging.getLogger(__name__)

BALLAST_FILE = "ballast"
_MIB = 2**20
_FOR_DOWNLOADS_BYTES = 64 * _MIB
_FOR_COMMITS_BYTES = 16 * _MIB


def free_bytes(folder: Path) -> int:
    """Return how much this user may still write beside a folder's files."""
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize


class Ballast:
    """The ballast in one folder; any process that writes there may give it up."""

    def __init__(self, folder: Path, free: Callable[[Path], int] = free_bytes) -> None:
        """Name the file; nothing is touched yet. `free` tells the room that is left."""
        self._folder = folder
        self._path = folder / BALLAST_FILE
        self._free = free
        self._wanted_bytes = 0

    @property
    def size_bytes(self) -> int:
        """How much it holds; 0 after it was given up."""
        return self._path.stat().st_size if self._path.exists() else 0

    @property
    def is_gone(self) -> bool:
        """Whether this process asked for it and it is not there."""
        return self.size_bytes < self._wanted_bytes

    @property
    def may_download(self) -> bool:
        """Whether there is room for what can wait."""
        return self._free(self._folder) >= _FOR_DOWNLOADS_BYTES

    def make(self, size_bytes: int) -> None:
        """Hold `size_bytes`, unless that would make the disk low; a disk that gives no room gives none."""
        self._wanted_bytes = size_bytes
        if self.size_bytes == size_bytes:
            return
        self._path.unlink(missing_ok=True)
        if size_bytes == 0 or self._free(self._folder) - size_bytes < _FOR_DOWNLOADS_BYTES:
            return
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.posix_fallocate(handle, 0, size_bytes)
        except OSError as fault:
            log.warning("no ballast could be made: %s", fault)
            self._path.unlink(missing_ok=True)
        finally:
            os.close(handle)

    def give_up_when_low(self) -> None:
        """Make room for the transaction that is about to begin, if it needs any."""
        if self._free(self._folder) < _FOR_COMMITS_BYTES and self._path.exists():
            self._path.unlink(missing_ok=True)
            log.error("the disk is nearly full; the ballast was given up")
