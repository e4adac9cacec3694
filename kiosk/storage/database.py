"""The encrypted file: one writer at a time, readers beside it, every commit on the disk before it is told.

| setting | screen process | sync process | why |
| --- | --- | --- | --- |
| journal_mode | WAL | WAL | readers never wait for the writer |
| synchronous | FULL | FULL; NORMAL within a page | NORMAL loses acknowledged commits in a power cut |
| wal_autocheckpoint | 64 MB | 32 MB | a tap must not pay for a checkpoint; a pull writes pages many times |

Whoever waits to write looks three times in a millisecond, because SQLite's own waiting sleeps ever longer, up
to 100 ms, and so misses the pauses of a millisecond that sync leaves between its transactions. He also says
that he waits, so that sync ends its transaction.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from kiosk.actions.faults import StorageFault
from kiosk.domain.sentences import Sentence
from kiosk.storage.awaiting import Awaiting
from kiosk.storage.ballast import Ballast
from kiosk.storage.keys import DatabaseKey
from kiosk.storage.telling import telling_faults
from kiosk.storage.write_ahead_log import WriteAheadLog

_PAGE_BYTES = 4096
_BUSY_TIMEOUT_MS = 5_000
_LOOK_S = 0.0003
_TURN_S = 30.0
_CACHE_KIB = 16_384
_SCREEN_WRITER_CACHE_KIB = 512
"""A commit empties the caches of all other connections and leaves the writer's own, which so grows to its
limit; what visits write anew is a few hundred pages, and beside a screen the rest is only weight."""
_JOURNAL_LIMIT_BYTES = 64 * 2**20
_READERS = 4
_SYNCHRONOUS = "synchronous"


class Role(Enum):
    """Which process this is; the value is the size in pages at which it checkpoints the log."""

    SCREEN = 64 * 2**20 // _PAGE_BYTES
    SYNC = 32 * 2**20 // _PAGE_BYTES


class _Mode(Enum):
    """What the writing connection is lent for; the value of a transaction is its `synchronous`."""

    DURABLE = "FULL"
    TOLD_AGAIN = "NORMAL"
    OUTSIDE = ""


class Database:
    """One file with one writing connection and a few reading ones; safe to use from any thread."""

    def __init__(self, path: Path, key: DatabaseKey, role: Role) -> None:
        """Prepare to open `path`; nothing is touched before the first transaction."""
        self.path = path
        self.ballast = Ballast(path.parent)
        self._writer = _engine(path, key, role, is_reader=False)
        self._reader = _engine(path, key, role, is_reader=True)
        event.listen(self._reader, "begin", _begin_reading)
        event.listen(self._writer, "begin", self._begin_as_lent)
        self._turn = Lock()
        self._pen: Connection | None = None
        self._mode = _Mode.DURABLE
        self._log = WriteAheadLog(path)
        self._awaiting = Awaiting(path.parent)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Run BEGIN IMMEDIATE … COMMIT; what was done is durable when the block has ended."""
        with telling_faults(), self._lent(_Mode.DURABLE) as connection, connection.begin():
            self._log.make_sure()
            yield connection

    @contextmanager
    def writing_what_can_be_told_again(self) -> Iterator[Connection]:
        """Run the same without waiting for the disk: a power cut may undo it, and all such after it.

        The next commit of any process that does wait makes this one durable too, for the log has one order.
        """
        with telling_faults(), self._lent(_Mode.TOLD_AGAIN) as connection, connection.begin():
            yield connection

    def is_awaited(self) -> bool:
        """Return whether anybody else waits to write; asked by whoever writes."""
        return self._awaiting.is_anybody()

    def flush_log(self) -> None:
        """Bring what was written so far to the disk without locking the file, so the next commit need not."""
        self._log.flush()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Run one consistent read; a write inside is a defect and fails."""
        with telling_faults(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def outside_transactions(self) -> Iterator[Connection]:
        """Lend the writing connection for the few statements that no transaction may hold (VACUUM INTO)."""
        with telling_faults(), self._lent(_Mode.OUTSIDE) as connection:
            try:
                yield connection
            finally:
                connection.rollback()  # of what SQLAlchemy believes it began

    def close(self) -> None:
        """Close every connection; the last one of all processes folds the log into the file."""
        self._reader.dispose()
        with self._turn:
            if self._pen is not None:
                self._pen.close()
                self._pen = None
            self._writer.dispose()
            self._awaiting.close()

    @contextmanager
    def _lent(self, mode: _Mode) -> Iterator[Connection]:
        """Lend the writing connection, which stays open; a second thread waits here, not on the file."""
        self._take_turn()
        try:
            self.ballast.give_up_when_low()  # before it is opened, which makes its log
            if self._pen is None:
                self._pen = self._writer.connect()
            self._mode = mode
            yield self._pen
        except (DBAPIError, dbapi2.Error) as error:
            self._log.doubt_after(error)
            raise
        finally:
            self._turn.release()

    def _take_turn(self) -> None:
        if self._turn.acquire(blocking=False):
            return
        with self._awaiting.for_this_process():
            if not self._turn.acquire(timeout=_TURN_S):
                raise StorageFault(Sentence("storage.locked"))

    def _begin_as_lent(self, connection: Connection) -> None:
        if self._mode is not _Mode.OUTSIDE:
            _begin_writing(connection, self._mode.value, self._awaiting)


def version_by_others(connection: Connection) -> int:
    """Return a number that tells whether any other connection has committed; own writes leave it as it is."""
    driver: Any = connection.connection.driver_connection
    version: int = driver.execute("PRAGMA data_version").fetchone()[0]
    return version


def _engine(path: Path, key: DatabaseKey, role: Role, *, is_reader: bool) -> Engine:
    def connect() -> Any:  # noqa: ANN401 - the driver has no types
        return _connect(path, key, role, is_reader=is_reader)

    return create_engine(
        "sqlite://",
        module=dbapi2,
        creator=connect,
        poolclass=QueuePool,
        pool_size=_READERS if is_reader else 1,
        max_overflow=0,
        pool_use_lifo=True,  # the one used last has its pages at hand; the others' caches stay small
        pool_reset_on_return=None,  # every transaction here ends before its connection goes back
        hide_parameters=True,  # an error's text must never carry a person
    )


def _begin_reading(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    driver.execute("BEGIN")  # the driver alone: every tap begins to read some ten times


def _begin_writing(connection: Connection, synchronous: str, awaiting: Awaiting) -> None:
    """Open the one writing transaction of all processes, as soon as the present one has ended."""
    driver: Any = connection.connection.driver_connection
    if connection.info.get(_SYNCHRONOUS) != synchronous:
        driver.execute(f"PRAGMA synchronous = {synchronous}")
        connection.info[_SYNCHRONOUS] = synchronous
    if _is_busy(driver):
        with awaiting.for_others():
            _look_until_free(driver)
    if not driver.in_transaction:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # fails through SQLAlchemy, as every fault is told


def _look_until_free(driver: Any) -> None:  # noqa: ANN401 - the driver has no types
    until_s = time.monotonic() + _BUSY_TIMEOUT_MS / 1000
    while _is_busy(driver) and time.monotonic() < until_s:
        time.sleep(_LOOK_S)


def _is_busy(driver: Any) -> bool:  # noqa: ANN401 - the driver has no types
    """Try to begin; True while somebody else writes."""
    try:
        driver.execute("BEGIN IMMEDIATE")
    except dbapi2.Error as error:
        return bool(error.sqlite_errorcode & 0xFF == dbapi2.SQLITE_BUSY)
    return False


def _connect(path: Path, key: DatabaseKey, role: Role, *, is_reader: bool) -> Any:  # noqa: ANN401 - no types
    # SQLite believes that a torn write spoils its own bytes only; a card may spoil the whole sector.
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?psow=0",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=_BUSY_TIMEOUT_MS / 1000,
    )
    try:
        _configure(connection, key, role, is_reader=is_reader)
    except BaseException:
        connection.close()
        raise
    return connection


def _cache_kib(role: Role, *, is_reader: bool) -> int:
    return _SCREEN_WRITER_CACHE_KIB if role is Role.SCREEN and not is_reader else _CACHE_KIB


def _configure(connection: Any, key: DatabaseKey, role: Role, *, is_reader: bool) -> None:  # noqa: ANN401
    # The key comes first: everything after it reads pages. Its log would go to standard error.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.raw.hex()}{key.salt.hex()}'\"")
    for name, value in (
        ("journal_mode", "WAL"),
        ("synchronous", "FULL"),
        ("foreign_keys", 1),
        ("cache_size", -_cache_kib(role, is_reader=is_reader)),
        ("journal_size_limit", _JOURNAL_LIMIT_BYTES),
        ("wal_autocheckpoint", role.value),
        ("secure_delete", 1),  # a forgotten person leaves no words in free pages
        ("query_only", int(is_reader)),
    ):
        connection.execute(f"PRAGMA {name} = {value}")
    if not is_reader:
        # Opening waits as SQLite does; from here on a writer looks for itself, and once in it holds the file.
        connection.execute("PRAGMA busy_timeout = 0")
