"""Opening the store: key, schema, marker and stream in the one safe order; the entry point for the app."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.actions.faults import StorageFault
from kiosk.actions.ports import Store
from kiosk.domain.clock import Clock
from kiosk.domain.ids import StreamId
from kiosk.domain.sentences import Sentence
from kiosk.protocol.lives import Cause
from kiosk.storage.ballast import free_bytes
from kiosk.storage.database import Database, Role
from kiosk.storage.examining import damage_of, was_closed
from kiosk.storage.feed_pages import read_again_what_was_learned
from kiosk.storage.keys import DatabaseKey, load_key, sync_folder
from kiosk.storage.machines import Machine, this_machine
from kiosk.storage.marker import Marker
from kiosk.storage.migrating import head_revision, migrate, require_current
from kiosk.storage.retention import Forgotten, forget_books, forget_closed, prune_told
from kiosk.storage.search_terms import TradeNames, names_digest, rewrite_terms
from kiosk.storage.settings import SqlSettings
from kiosk.storage.store import SqlStore
from kiosk.storage.streams import settle_stream, stream_state
from kiosk.storage.sync_book import SqlSyncBook

log = logging.getLogger(__name__)

DATABASE_FILE = "kiosk.db"
_NAMES_DIGEST = "search.names_digest"


@dataclass(frozen=True, slots=True)
class StorageHealth:
    """What the desk sees of storage. `new_stream` tells why the journal began anew at this start.

    `ballast_bytes` is the room held back for a disk that runs full. `is_reserve_gone` tells that it was given
    up since the start, or that the start found no room for it.
    """

    key: Sentence
    schema: str
    stream: StreamId
    database_bytes: int
    log_bytes: int
    free_bytes: int
    ballast_bytes: int
    is_reserve_gone: bool
    new_stream: Cause | None


@dataclass(frozen=True, slots=True)
class OpenedStore:
    """The store of one process, to be closed when it ends."""

    store: Store
    sync_book: SqlSyncBook
    database: Database
    key: DatabaseKey
    new_stream: Cause | None

    def health(self) -> StorageHealth:
        """Return sizes and states as they are now."""
        with self.database.reading() as connection:
            state = stream_state(connection)
        assert state is not None, "an opened store has a stream"
        return StorageHealth(
            key=self.key.protects,
            schema=head_revision(),
            stream=state.stream,
            database_bytes=_size(self.database.path),
            log_bytes=_size(self.database.path.with_name(self.database.path.name + "-wal")),
            free_bytes=free_bytes(self.database.path.parent),
            ballast_bytes=self.database.ballast.size_bytes,
            is_reserve_gone=self.database.ballast.is_gone,
            new_stream=self.new_stream,
        )

    def forget_closed(self, now: datetime) -> Forgotten:
        """Forget people whose loop is closed, and what the bureau has safely; see kiosk.storage.retention."""
        prune_told(self.database, now)
        forget_books(self.database, now)
        return forget_closed(self.database, now)

    def close(self) -> None:
        """Close every connection."""
        self.database.close()


def open_store(
    data_dir: Path,
    clock: Clock,
    *,
    trade_names: TradeNames | None = None,
    marker_dir: Path | None = None,
    machine: Machine | None = None,
    ballast_bytes: int = 0,
) -> OpenedStore:
    """Open the screen process's store: bring the schema up to date and settle the stream first.

    `marker_dir` is better on another partition than `data_dir`. `trade_names` are the spoken names of each
    trade, for the search. `ballast_bytes` are held back for a disk that runs full. Raises StorageFault with a
    sentence when the store cannot be opened.
    """
    _make_folders(data_dir, marker_dir or data_dir)
    machine = machine or this_machine(data_dir)
    marker = Marker(marker_dir or data_dir)
    names = trade_names or {}
    is_in_doubt = not was_closed(data_dir / DATABASE_FILE)
    database, key = _database(data_dir, Role.SCREEN)
    try:
        migrate(database, data_dir, clock.now())
        if is_in_doubt or _was_off(marker, machine):
            _refuse_damaged(database)
        with database.writing() as connection:
            cause = settle_stream(connection, marker, machine, clock.now())
            read_again_what_was_learned(connection)
            settings = SqlSettings(connection)
            if settings.get(_NAMES_DIGEST) != names_digest(names):
                rewrite_terms(connection, names)
                settings.put(_NAMES_DIGEST, names_digest(names))
        database.ballast.make(ballast_bytes)
    except BaseException:
        database.close()
        raise
    store = SqlStore(database, marker, clock, machine.boot)
    return OpenedStore(store, SqlSyncBook(database, marker, clock, machine, names), database, key, cause)


def join_store(
    data_dir: Path,
    clock: Clock,
    *,
    trade_names: TradeNames | None = None,
    marker_dir: Path | None = None,
    machine: Machine | None = None,
) -> OpenedStore:
    """Open the store of another process beside the screen's; an older or newer schema is a StorageFault."""
    if not (data_dir / DATABASE_FILE).exists():
        raise StorageFault(Sentence("storage.cannot_open"))
    machine = machine or this_machine(data_dir)
    marker = Marker(marker_dir or data_dir)
    database, key = _database(data_dir, Role.SYNC)
    try:
        require_current(database)
    except BaseException:
        database.close()
        raise
    store = SqlStore(database, marker, clock, machine.boot)
    sync_book = SqlSyncBook(database, marker, clock, machine, trade_names or {})
    return OpenedStore(store, sync_book, database, key, None)


def _was_off(marker: Marker, machine: Machine) -> bool:
    """Return whether the machine was started anew; a disk may have lied to whoever closed the file before."""
    mark = marker.read()
    return mark is not None and mark.boot != machine.boot


def _refuse_damaged(database: Database) -> None:
    damage = damage_of(database)
    if damage is not None:
        log.error("the database is damaged: %s", damage)
        raise StorageFault(Sentence("storage.damaged"))


def _make_folders(*folders: Path) -> None:
    for folder in folders:
        try:
            made = [item for item in (folder, *folder.parents) if not item.exists()]
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for item in made:
                sync_folder(item.parent)
        except OSError as fault:
            raise StorageFault(Sentence("storage.folder_unwritable")) from fault


def _database(data_dir: Path, role: Role) -> tuple[Database, DatabaseKey]:
    path = data_dir / DATABASE_FILE
    key = load_key(data_dir, path)
    return Database(path, key, role), key


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
