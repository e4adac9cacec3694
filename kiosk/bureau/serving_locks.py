"""Who is at the bureau's files: servers share them, whoever puts a database back must be alone."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.actions.faults import Refused, StorageFault
from kiosk.bureau.folders import BureauFolder
from kiosk.domain.sentences import Sentence


@contextmanager
def held(folder: BureauFolder, *, is_alone: bool) -> Iterator[None]:
    """Hold the lock of a bureau's files; the system lets go of it when a process dies.

    Raises Refused while somebody else is there, StorageFault where no bureau was ever made.
    """
    if not folder.root.is_dir():
        raise StorageFault(Sentence("bureau.fault.no_bureau", {"folder": str(folder.root)}))
    descriptor = os.open(folder.serving_lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_EX if is_alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(Sentence("bureau.fault.in_use", {"folder": str(folder.root)})) from None
        yield
    finally:
        os.close(descriptor)
