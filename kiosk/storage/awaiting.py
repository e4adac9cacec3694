"""Who waits to write says so: other threads by a count, other processes by a lock on a small file.

Whoever writes a page looks in between. A shared lock is one who waits; it ends with its process, so nobody
who died is waited for. The file is empty. Where none can be made, somebody is always taken to wait.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

_LOCK_FILE = "awaiting.lock"


class Awaiting:
    """What one process says and hears of waiting."""

    def __init__(self, folder: Path) -> None:
        """Name the file; it is opened when first needed."""
        self._path = folder / _LOCK_FILE
        self._handle: int | None = None
        self._counting = Lock()
        self._threads = 0

    @contextmanager
    def for_this_process(self) -> Iterator[None]:
        """Say within the block that a thread waits until another one of its process has written."""
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    @contextmanager
    def for_others(self) -> Iterator[None]:
        """Say within the block that this process waits until another has written; one thread at a time."""
        handle = self._opened()
        if handle is None:
            yield
            return
        fcntl.flock(handle, fcntl.LOCK_SH)
        try:
            yield
        finally:
            fcntl.flock(handle, fcntl.LOCK_UN)

    def is_anybody(self) -> bool:
        """Return whether somebody waits to write, as far as that can be known; asked by whoever writes."""
        handle = self._opened()
        if self._threads or handle is None:
            return True
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        fcntl.flock(handle, fcntl.LOCK_UN)
        return False

    def close(self) -> None:
        """Close the file."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _count(self, change: int) -> None:
        with self._counting:
            self._threads += change

    def _opened(self) -> int | None:
        if self._handle is None:
            try:
                self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            except OSError:
                return None
        return self._handle
