"""The store that actions see: one transaction at a time, and the marker behind every commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from sqlalchemy import Connection

from kiosk.domain.clock import Clock
from kiosk.protocol import kiosk_side
from kiosk.storage.records import SqlRecords


class Transactions(Protocol):
    """Where transactions are run: the encrypted file, or the memory of a practice."""

    def writing(self) -> AbstractContextManager[Connection]:
        """Open one transaction."""
        ...

    def reading(self) -> AbstractContextManager[Connection]:
        """Open one consistent read."""
        ...


class Heads(Protocol):
    """What follows the head of the journal behind every commit."""

    def raise_head(self, stream: str, head: int, head_hash: str, counters: Mapping[str, int]) -> None:
        """Follow a commit."""
        ...


class SqlStore:
    """Storage over one database, as durable and as safe to use from other threads as that is."""

    def __init__(self, database: Transactions, marker: Heads, clock: Clock, boot: str) -> None:
        """Serve one database; `boot` names this start of the machine in every entry."""
        self._database = database
        self._marker = marker
        self._clock = clock
        self._boot = boot

    def writing(self) -> AbstractContextManager[SqlRecords]:
        """Open one writing transaction; when the block has ended, it and the marker are on the disk.

        Raises StorageFault when the disk, and IntegrityFault when we, are to blame; either way nothing was
        committed, unless the sentence is `storage.marker_unwritable`: then it was, and no slip may follow.
        """
        return kiosk_side.followed_by_marker(self._transaction(), self._marker.raise_head)

    @contextmanager
    def reading(self) -> Iterator[SqlRecords]:
        """Open one consistent read; a write inside fails."""
        with self._database.reading() as connection:
            yield self._records(connection)

    @contextmanager
    def _transaction(self) -> Iterator[SqlRecords]:
        with self._database.writing() as connection:
            yield self._records(connection)

    def _records(self, connection: Connection) -> SqlRecords:
        return SqlRecords(connection, self._clock, self._boot)
