"""The bureau's database, an SQLite file or PostgreSQL by URL: who writes when, readers, migrations at start.

SQLite before 3.51.3 can damage a file when two connections write or checkpoint the log at the same moment.
So every process has one writing connection, only the server's checkpoints, and readers are query-only.

On PostgreSQL rounds write beside one another, each in a session of its own, and wait for each other's rows.
Locks are taken in one order, so that nobody waits in a circle: quotas by their names, the stream, people by
their ids, the hall's log, scopes by their names. All that is not known to be safe beside others is done
alone, as on SQLite: then nobody else writes.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from sqlite3 import OperationalError as DriverFault
from typing import TYPE_CHECKING, Any

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool, StaticPool

from kiosk.actions.faults import StorageFault
from kiosk.bureau import postgres
from kiosk.bureau.folders import BureauFolder
from kiosk.domain.sentences import Sentence
from kiosk.revisions import revisions_in
from kiosk.statements import UNSENT, driver_of

if TYPE_CHECKING:
    from alembic.config import Config

_SCRIPTS = Path(__file__).parent / "migrations"
VERSION_TABLE = "bureau_version"
DISK_FAULTS = (
    OperationalError,
    InterfaceError,
    NoConnection,
    DriverFault,
    psycopg.OperationalError,
    psycopg.InterfaceError,
)
"""What troubles of disk and server are raised as: by SQLAlchemy, and by drivers for compiled statements."""
_BUSY_MS = 10_000
_WRITER_CACHE_KIB = 32 * 1024
"""Entries of people come in no order of their ids, so each insert meets another page of each index."""
_READERS_KEPT, _MOST_READERS = 4, 40
_SAVE = "SAVEPOINT part"
_STATEMENTS_KEPT = 512
"""More than a round has kinds of statements, so that the driver prepares each of them once."""


class Contended(StorageFault):
    """A transaction came between others and was rolled back; done again it may succeed."""


class MustBeAlone(Exception):
    """A transaction beside others came to what is only safe alone; it is rolled back and done again so."""


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. `is_shared`: sessions write beside one another; else one at a time, by `lock`."""

    writer: Engine
    reader: Engine
    lock: threading.Lock
    is_shared: bool = False

    @contextmanager
    def writing(self, *, beside_others: bool = False) -> Iterator[Connection]:
        """Open one transaction, durable when the block has ended; an exception rolls it back.

        It is alone, and waits until it is. On a shared database it may also stand `beside_others`, which
        raises Contended and MustBeAlone; elsewhere that makes no difference.
        """
        if self.is_shared:
            with _plain_faults(), self.writer.begin() as connection, postgres.gathering(connection):
                postgres.take_place(connection, is_alone=not beside_others)
                yield connection
        else:
            with self.lock, _plain_faults(), self.writer.begin() as connection:
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open one consistent view that cannot change anything."""
        with _plain_faults(), self.reader.begin() as connection:
            if not self.is_shared:
                yield connection
                return
            with postgres.gathering(connection):
                yield connection

    @contextmanager
    def sealing(self) -> Iterator[bool]:
        """Yield whether no other process seals before the block ends; a process that dies lets go."""
        if not self.is_shared:
            yield True
            return
        with _plain_faults(), self.writer.begin() as connection:
            yield postgres.is_first_to_seal(connection)

    def close(self) -> None:
        """Let every connection go; the last one to leave a file empties its write-ahead log."""
        self.reader.dispose()
        self.writer.dispose()


def be_alone(connection: Connection) -> None:
    """Raise MustBeAlone where others write at the same time."""
    if postgres.is_beside(connection):
        raise MustBeAlone


@contextmanager
def savepoint(connection: Connection) -> Iterator[None]:
    """Keep what is done in the block, or nothing of it when it raises; blocks may stand within each other.

    SQLAlchemy's own way costs more than what stands between the two ends of it.
    """
    driver = driver_of(connection)
    gathered: postgres.Gathered | None = connection.info.get(UNSENT)
    if gathered is not None:
        gathered.send()  # a fault of what was before is none of the block
    say = driver.execute if gathered is None else gathered.add
    say(_SAVE)
    try:
        yield
        if gathered is not None:
            gathered.send()
    except (*DISK_FAULTS, MustBeAlone):
        raise  # nobody goes on behind it, and some make the database end the whole transaction at once
    except BaseException:
        if gathered is None or not gathered.undo(_SAVE):
            driver.execute("ROLLBACK TO part")
            driver.execute("RELEASE part")
        raise
    say("RELEASE part")


@contextmanager
def opened(data_dir: Path, *, is_server: bool = False) -> Iterator[Database]:
    """Open the bureau's database under a folder made by `init_bureau`, migrate it, and close it at the end.

    Raises StorageFault when there is none, when it cannot be used, or when a newer program wrote it.
    """
    database = _database_in(data_dir, is_server=is_server)
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
    database = _database_in(data_dir, is_server=False)
    try:
        with database.reading() as connection:
            yield connection
    except (sqlite3.DatabaseError, DatabaseError) as fault:
        told = fault.orig if isinstance(fault, DatabaseError) else fault
        # A file that is no database, or no whole one, raises the bare kind; the others are mistakes of ours.
        if type(told) is not sqlite3.DatabaseError:
            raise
        raise StorageFault(Sentence("bureau.fault.disk", {"detail": str(told)})) from fault
    finally:
        database.close()


def connect_to(url: str, *, is_server: bool = False) -> Database:
    """Return a PostgreSQL database; nothing is opened before it is first used."""
    writer, reader = postgres.engines(url, is_server=is_server)
    return Database(writer, reader, threading.Lock(), is_shared=True)


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
        if database.is_shared:
            postgres.check_encoding(connection)
        current = _revision_of(connection)
        if current == newest:
            return
        if current is not None and current not in known:
            raise StorageFault(Sentence("bureau.fault.newer_schema", {"version": current}))
        from alembic import command

        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_of_this_program(connection: Connection) -> bool | None:
    """Return whether a database has this program's own schema, None for one that is no bureau's."""
    found = _revision_of(connection)
    return None if found is None else found == _revisions()[0]


def _revision_of(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()  # noqa: S608 - a name of ours
    return found


@cache
def _revisions() -> tuple[str, frozenset[str]]:
    """Return this program's newest revision, and all of them; reading them costs more than opening a file."""
    return revisions_in(_SCRIPTS)


def alembic_config() -> Config:
    """Return the configuration of the bureau's own migrations."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
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


def _database_in(data_dir: Path, *, is_server: bool) -> Database:
    folder = BureauFolder(data_dir)
    if folder.database_url.exists():
        return connect_to(postgres.kept_url(folder.database_url), is_server=is_server)
    if not folder.database.exists():
        raise StorageFault(Sentence("bureau.fault.no_bureau", {"folder": str(data_dir)}))
    return connect(folder.database, is_server=is_server)


@contextmanager
def _plain_faults() -> Iterator[None]:
    """Turn the troubles of disk and server into a sentence; our own mistakes pass through as they are."""
    try:
        yield
    except DISK_FAULTS as fault:
        told = getattr(fault, "orig", None) or fault
        kind = Contended if postgres.is_contended(fault) else StorageFault
        raise kind(Sentence("bureau.fault.disk", {"detail": str(told)})) from fault
