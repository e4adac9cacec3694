"""Baselines of storage: the same rows in SQLCipher without any of our code, and one fsync of a small file."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlcipher3 import dbapi2

from kiosk.storage.database import Database, Role
from kiosk.storage.keys import load_key

_WRITES = ("INSERT", "UPDATE", "DELETE")
_BLOCK = bytes(4096)


@dataclass(slots=True)
class Written:
    """The writing statements of one transaction, with their values, in order."""

    statements: list[tuple[str, Any, bool]] = field(default_factory=list)

    def clear(self) -> None:
        """Forget them, before the next transaction."""
        self.statements.clear()


@contextmanager
def noted_writes(database: Database) -> Iterator[Written]:
    """Note what a database's writing connection writes for as long as the block lasts."""
    with database.writing() as connection:
        engine = connection.engine
    written = Written()

    # SQLAlchemy hands over the driver's own cursor, values and context, which have no types.
    def note(_: Connection, __: Any, statement: str, values: Any, ___: Any, is_many: bool) -> None:  # noqa: ANN401
        if statement.lstrip().startswith(_WRITES):
            written.statements.append((statement, values, is_many))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield written
    finally:
        event.remove(engine, "before_cursor_execute", note)


class BareDatabase:
    """One connection of the driver itself to a copy of a kiosk's database, with the same durability."""

    def __init__(self, folder: Path, database_file: str) -> None:
        """Open the copy."""
        path = folder / database_file
        key = load_key(folder, path)
        # As the kiosk's own: a commit ends with a whole sector, which costs one page more.
        uri = f"{path.absolute().as_uri()}?psow=0"
        self._connection = dbapi2.connect(uri, uri=True, isolation_level=None)
        for pragma in (
            f"key = \"x'{key.raw.hex()}'\"",
            "journal_mode = WAL",
            "synchronous = FULL",
            f"wal_autocheckpoint = {Role.SCREEN.value}",
        ):
            self._connection.execute(f"PRAGMA {pragma}")

    def commit_ms(self, written: Written) -> float:
        """Write the same rows in one transaction and return how long it took until they were durable."""
        execute, execute_many = self._connection.execute, self._connection.executemany
        began = time.perf_counter()
        execute("BEGIN IMMEDIATE")
        for statement, values, is_many in written.statements:
            (execute_many if is_many else execute)(statement, values)
        execute("COMMIT")
        return (time.perf_counter() - began) * 1000

    def read_ms(self, ids: Sequence[str]) -> float:
        """Read jobs by their ids and return how long it took."""
        marks = ", ".join("?" * len(ids))
        select = f"SELECT id, body FROM job WHERE id IN ({marks})"  # noqa: S608 (question marks only)
        began = time.perf_counter()
        self._connection.execute(select, list(ids)).fetchall()
        return (time.perf_counter() - began) * 1000

    def read_board_ms(self) -> float:
        """Read what ranking reads of every open job, in the index's order, and return how long it took."""
        select = (
            "SELECT id, traits, travel_min, first_day FROM job INDEXED BY board_by_pay "
            "WHERE is_open = 1 ORDER BY pay_rank, starts, id"
        )
        began = time.perf_counter()
        self._connection.execute(select).fetchall()
        return (time.perf_counter() - began) * 1000

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@contextmanager
def small_file(path: Path) -> Iterator[int]:
    """Open a file of 4 kB that is on the disk already."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.pwrite(handle, _BLOCK, 0)
        os.fsync(handle)
        yield handle
    finally:
        os.close(handle)


def fsync_ms(handle: int) -> float:
    """Write the file's 4 kB anew and return how long it took until they were durable."""
    began = time.perf_counter()
    os.pwrite(handle, _BLOCK, 0)
    os.fsync(handle)
    return (time.perf_counter() - began) * 1000
