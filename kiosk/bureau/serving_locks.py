"""Who is at a bureau: servers share files and database, whoever puts a database back must be alone."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from kiosk.actions.faults import Refused, StorageFault
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.postgres import kept_url, shown, without_servers
from kiosk.domain.sentences import Sentence


@contextmanager
def held(folder: BureauFolder, *, is_alone: bool) -> Iterator[None]:
    """Hold the lock of a bureau's files; the system lets go of it when a process dies.

    Whoever is alone is so on every machine: on PostgreSQL no server anywhere has the database. Raises Refused
    while somebody else is there, StorageFault where no bureau was ever made.
    """
    if not folder.root.is_dir():
        raise StorageFault(Sentence("bureau.fault.no_bureau", {"folder": str(folder.root)}))
    descriptor = os.open(folder.serving_lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_EX if is_alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(Sentence("bureau.fault.in_use", {"folder": str(folder.root)})) from None
        if is_alone and folder.database_url.exists():
            with _database_alone(folder):
                yield
        else:
            yield
    finally:
        os.close(descriptor)


@contextmanager
def _database_alone(folder: BureauFolder) -> Iterator[None]:
    url = kept_url(folder.database_url)
    try:
        with without_servers(url) as is_alone:
            if not is_alone:
                raise Refused(Sentence("bureau.fault.in_use", {"folder": shown(url)}))
            yield
    except psycopg.OperationalError as fault:
        raise StorageFault(Sentence("bureau.fault.disk", {"detail": type(fault).__name__})) from fault
