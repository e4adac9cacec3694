"""The bureau's database: one writing connection behind a lock, query-only readers, migrations at start.

SQLite before 3.51.3 can damage a file when two connections write or checkpoint the log at the same moment.
So every process has one writing connection, only the server's checkpoints, and readers are query-only.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from sqlite3 import OperationalError as DriverFault
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool, StaticPool

from kiosk.actions.faults import StorageFault
from kiosk.bureau.folders import BureauFolder
from kiosk.domain.sentences import Sentence

VERSION_TABLE = "bureau_version"
DISK_FAULTS = (OperationalError, DriverFault)
"""What the disk's troubles are raised as: by SQLAlchemy, and by the driver for statements compiled once."""
_BUSY_MS = 10_000
_WRITER_CACHE_KIB = 32 * 1024
"""Entries of people come in no order of their ids, so each insert meets another page of each index."""
_READERS_KEPT, _MOST_READERS = 4, 40
_STATEMENTS_KEPT = 512
"""More than a round has kinds of statements, so that the driver prepares each of them once."""


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. `writing` blocks until the one writer is free."""

    writer: Engine
    reader: Engine
    lock: threading.Lock

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open one BEGIN IMMEDIATE … COMMIT, durable when the block has ended; an exception rolls it back."""
        with self.lock, _plain_faults(), self.writer.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open one consistent view that cannot change anything."""
        with _plain_faults(), self.reader.begin() as connection:
            yield connection

    def close(self) -> None:
        """Let every connection go; the last one to leave empties the write-ahead log."""
        self.reader.dispose()
        self.writer.dispose()


@contextmanager
def savepoint(connection: Connection) -> Iterator[None]:
    """Keep what is done in the block, or nothing of it when it raises; blocks may stand within each other.

    SQLAlchemy's own way costs more than what stands between the two ends of it.
    """
    driver: Any = connection.connection.driver_connection
    driver.execute("SAVEPOINT part")
    try:
        yield
    except DISK_FAULTS:
        raise  # nobody goes on behind it, and some make the database end the whole transaction at once
    except BaseException:
        driver.execute("ROLLBACK TO part")
        driver.execute("RELEASE part")
        raise
    driver.execute("RELEASE part")


@contextmanager
def opened(data_dir: Path, *, is_server: bool = False) -> Iterator[Database]:
    """Open the bureau's database under a folder made by `init_bureau`, migrate it, and close it at the end.

    Raises StorageFault when there is none, when it cannot be used, or when a newer program wrote it.
    """
    database = connect(_database_in(data_dir), is_server=is_server)
    try:
        migrate(database)
        yield database
    finally:
        database.close()


@contextmanager
def looked_into(data_dir: Path) -> Iterator[Connection]:
    """Open one view of the database under a folder as it is, whoever wrote it, and change nothing there.

    Raises StorageFault when there is none, or when it cannot be used.
    """
    database = connect(_database_in(data_dir), is_server=False)
    try:
        with database.reading() as connection:
            yield connection
    finally:
        database.close()


def connect(path: Path, *, is_server: bool) -> Database:
    """Return a database on a file that may not exist yet; nothing is opened before it is first used."""
    writer = _engine(path, poolclass=StaticPool)
    reader = _engine(
        path,
        poolclass=QueuePool,
        pool_size=_READERS_KEPT,
        max_overflow=_MOST_READERS - _READERS_KEPT,
        pool_reset_on_return=None,  # every transaction here ends before its connection goes back
    )
    checkpoint_pages = 1000 if is_server else 0

    @event.listens_for(writer, "connect")
    def prepare_writer(connection: SqliteConnection, _entry: ConnectionPoolEntry) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute(f"PRAGMA wal_autocheckpoint = {checkpoint_pages}")
        connection.execute(f"PRAGMA cache_size = {-_WRITER_CACHE_KIB}")
        # Pages written within a savepoint are kept as they were: in a file, unless this says otherwise.
        connection.execute("PRAGMA temp_store = MEMORY")

    @event.listens_for(reader, "connect")
    def prepare_reader(connection: SqliteConnection, _entry: ConnectionPoolEntry) -> None:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA wal_autocheckpoint = 0")

    @event.listens_for(writer, "begin")
    def begin_writing(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(reader, "begin")
    def begin_reading(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return Database(writer, reader, threading.Lock())


def migrate(database: Database) -> None:
    """Bring the schema to this program's newest; raises StorageFault for a schema newer than the program."""
    newest, known = _revisions()
    with database.writing() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        current = context.get_current_revision()
        if current == newest:
            return
        if current is not None and current not in known:
            raise StorageFault(Sentence("bureau.fault.newer_schema", {"version": current}))
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@cache
def _revisions() -> tuple[str | None, frozenset[str]]:
    """Return this program's newest revision, and all of them; reading them costs more than opening a file."""
    script = ScriptDirectory.from_config(alembic_config())
    return script.get_current_head(), frozenset(item.revision for item in script.walk_revisions())


def alembic_config() -> Config:
    """Return the configuration of the bureau's own migrations."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


def _engine(path: Path, **pooling: Any) -> Engine:  # noqa: ANN401 - as SQLAlchemy takes them
    return create_engine(
        f"sqlite:///{path}",
        **pooling,
        hide_parameters=True,  # an error's text must never carry a person
        connect_args={
            "isolation_level": None,  # we say BEGIN ourselves
            "check_same_thread": False,  # the lock hands the one connection from thread to thread
            "timeout": _BUSY_MS / 1000,
            "cached_statements": _STATEMENTS_KEPT,
        },
    )


def _database_in(data_dir: Path) -> Path:
    path = BureauFolder(data_dir).database
    if not path.exists():
        raise StorageFault(Sentence("bureau.fault.no_bureau", {"folder": str(data_dir)}))
    return path


@contextmanager
def _plain_faults() -> Iterator[None]:
    """Turn the disk's troubles into a sentence; our own mistakes pass through as they are."""
    try:
        yield
    except DISK_FAULTS as fault:
        told = fault.orig if isinstance(fault, OperationalError) else fault
        raise StorageFault(Sentence("bureau.fault.disk", {"detail": str(told)})) from fault
