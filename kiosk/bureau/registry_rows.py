"""Where the registry lies, a row a thing: changing one costs the same however many there are.

| name | body |
| --- | --- |
| kiosk/NZ-01, door/t1, revoked/KEY, retired/KEY | the thing as JSON |
| generation/ | the newest life |
| reach/ | how far the database had come when somebody looked last |
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kiosk.actions.faults import StorageFault
from kiosk.domain.sentences import Sentence

ONE = "SELECT name, body FROM kept WHERE name = ?"
ALL = "SELECT name, body FROM kept WHERE substr(name, 1, length(?)) = ?"
PUT = "INSERT INTO kept (name, body) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body"
DROP = "DELETE FROM kept WHERE name = ?"
KINDS = ("generation", "reach", "kiosk", "door", "revoked", "retired")
_SCHEMA = "CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, body TEXT NOT NULL)"
_BUSY_S = 10.0


@dataclass(frozen=True, slots=True)
class Rows:
    """One transaction at the rows; `ask` runs a statement above, and returns names and bodies."""

    ask: Callable[[str, Sequence[object]], Sequence[Sequence[str]]]

    def one(self, kind: str, name: str) -> str | None:
        """Return the body of a thing."""
        found = self.ask(ONE, (f"{kind}/{name}",))
        return found[0][1] if found else None

    def all(self, kind: str) -> dict[str, str]:
        """Return the bodies of a kind by name."""
        start = f"{kind}/"
        return {name.removeprefix(start): body for name, body in self.ask(ALL, (start, start))}

    def put(self, kind: str, name: str, body: str) -> None:
        """Keep a thing in place of the one of that name."""
        if self.one(kind, name) != body:
            self.ask(PUT, (f"{kind}/{name}", body))

    def drop(self, kind: str, name: str) -> None:
        """Keep a thing no longer."""
        self.ask(DROP, (f"{kind}/{name}",))


class RegistryRoom(Protocol):
    """Where the rows lie. Each method raises StorageFault."""

    @property
    def place(self) -> str:
        """What to call it in a sentence."""
        ...

    def looked_into(self) -> AbstractContextManager[Rows]:
        """Let the block read."""
        ...

    def changing(self) -> AbstractContextManager[Rows]:
        """Let the block change rows, all of them or none; what it changed is durable when it has ended."""
        ...

    def whole(self) -> bytes | None:
        """Return what lies there in one piece, as it is kept in a backup and was kept here before."""
        ...

    def drop_whole(self) -> None:
        """Let that go: it lies in rows by now."""
        ...


@dataclass(frozen=True, slots=True)
class RegistryFile:
    """The file at `path`, made with the first thing; `piece` is taken into it where somebody put it."""

    path: Path
    piece: Path

    @property
    def place(self) -> str:
        """What to call it in a sentence."""
        return str(self.path)

    @contextmanager
    def looked_into(self) -> Iterator[Rows]:
        """Let the block read; there is nothing where there is no file."""
        if not self.path.exists():
            yield Rows(lambda _said, _values: ())
            return
        with self._opened() as connection:
            yield _rows_at(connection)

    @contextmanager
    def changing(self) -> Iterator[Rows]:
        """Let the block change rows."""
        self.path.touch(mode=0o600)
        with self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield _rows_at(connection)
            connection.execute("COMMIT")

    def whole(self) -> bytes | None:
        """Return what somebody put beside it, or an older program left."""
        return self.piece.read_bytes() if self.piece.exists() else None

    def drop_whole(self) -> None:
        """Remove that."""
        self.piece.unlink(missing_ok=True)

    def drop(self) -> None:
        """Remove all of it: it lies elsewhere by now."""
        self.path.unlink(missing_ok=True)
        self.drop_whole()

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Open the file for one transaction, which is not committed unless the block does so.

        Whoever calls is rare, and no log stays beside it, so the file is whole whenever nobody is at it.
        """
        try:
            with closing(sqlite3.connect(self.path, timeout=_BUSY_S, isolation_level=None)) as connection:
                connection.execute("PRAGMA synchronous = EXTRA")
                connection.execute(_SCHEMA)
                yield connection
        except (sqlite3.DatabaseError, OSError) as fault:
            raise StorageFault(Sentence("bureau.fault.registry", {"file": self.place})) from fault


def _rows_at(connection: sqlite3.Connection) -> Rows:
    return Rows(lambda said, values: connection.execute(said, values).fetchall())
