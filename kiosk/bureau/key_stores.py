"""Keys of workers at the bureau: a file of its own that no backup holds, so that what is destroyed stays so.

| table | holds |
| --- | --- |
| key | secrets by worker, kind and epoch: what opens personal fields of entries |
| erasure | what was asked to be erased: from which epoch on keys count again, and what law still holds |
| destroyed | digests of keys that are gone, so that none is believed again whoever tells it |

Keys told by a round wait in memory until its transaction commits, and are on the disk just before it does:
no entry is acknowledged whose key could still be lost. They belong to the thread that carries the round out,
so a round that comes to nothing takes no other's keys along. Whoever destroys keys writes to the database
alone, so nobody's told keys come between looking and writing, and no two processes ever check out the file's
log at once. The log costs a commit one flush. Deleted rows are overwritten
(`secure_delete`), and after each erasure the log, which still knows them, is cut to nothing.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from kiosk.actions.faults import StorageFault
from kiosk.domain.sentences import Sentence
from kiosk.messages.personal import Kind
from kiosk.messages.sealing import WorkerKey, key_id

_KINDS = {kind.value for kind in Kind}
_SCHEMA = """
CREATE TABLE IF NOT EXISTS key (
    worker TEXT NOT NULL, kind TEXT NOT NULL, secret TEXT NOT NULL, epoch INTEGER NOT NULL,
    PRIMARY KEY (worker, kind, secret)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS erasure (
    worker TEXT NOT NULL, kind TEXT NOT NULL, person TEXT NOT NULL, epoch INTEGER NOT NULL,
    void INTEGER NOT NULL, asked_at TEXT NOT NULL, law TEXT NOT NULL, held_until TEXT NOT NULL,
    PRIMARY KEY (worker, kind)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS destroyed (id TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_KEEP = "INSERT OR IGNORE INTO key (worker, kind, secret, epoch) VALUES (:worker, :kind, :secret, :epoch)"
_VOID = "SELECT secret FROM key WHERE worker = ? AND kind = ? AND epoch < ?"
_DESTROY = "DELETE FROM key WHERE worker = ? AND kind = ? AND epoch < ?"
_KEPT = "SELECT worker, kind, secret FROM key WHERE worker IN (SELECT value FROM json_each(?))"
_VOID_EPOCHS = "SELECT worker, kind, void FROM erasure WHERE worker IN (SELECT value FROM json_each(?))"
_DESTROYED = "SELECT id FROM destroyed WHERE id IN (SELECT value FROM json_each(?))"
_BUSY_S = 10.0
_MOST_SIGNS = 64
_MOST_ERASURES = 1_000_000


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was asked of one kind of a worker's fields.

    `epoch` counts what was asked, and `void` up to which of these the keys are gone; where it stays behind,
    the fields are only restricted, by a `law` and until a day. `person` is whom the worker's id means.
    """

    worker: str
    kind: Kind
    person: str
    epoch: int
    void: int
    asked_at: datetime
    law: str = ""
    held_until: date | None = None

    @property
    def is_destroyed(self) -> bool:
        """Return whether the keys of everything asked so far are gone."""
        return self.void == self.epoch


class _Told(threading.local):
    """What the round of this thread told: keys to keep with its commit, and all that may open its entries."""

    def __init__(self) -> None:
        self.new: dict[tuple[str, str, str], WorkerKey] = {}
        self.at_hand: dict[tuple[str, str], list[WorkerKey]] = {}


class KeyStore:
    """The file at `path`, made with the first key; many threads may use it, and other processes beside."""

    def __init__(self, path: Path) -> None:
        """Touch nothing yet."""
        self._path = path
        self._lock = threading.RLock()
        self._open: sqlite3.Connection | None = None
        self._told = _Told()

    def tell(self, keys: Sequence[WorkerKey]) -> None:
        """Note keys that came with a round: they open at once, and are kept with the next `keep_told`.

        What cannot be a key of a kind known here is left out, and so is one that was destroyed, or made
        before an erasure that its maker had not heard of; their entries stay closed.
        """
        usable = [key for key in keys if _is_key(key)]
        if not usable:
            return
        with self._lock:
            workers = json.dumps(sorted({key.worker for key in usable}))
            kept = {tuple(row) for row in self._rows(_KEPT, workers)}
            void = {(row["worker"], row["kind"]): row["void"] for row in self._rows(_VOID_EPOCHS, workers)}
            ids = json.dumps([key_id(key.secret) for key in usable])
            destroyed = {row["id"] for row in self._rows(_DESTROYED, ids)}
            for key in usable:
                if key_id(key.secret) in destroyed or key.epoch < void.get((key.worker, key.kind), 0):
                    continue
                self._told.at_hand.setdefault((key.worker, key.kind), []).append(key)
                if (key.worker, key.kind, key.secret) not in kept:
                    self._told.new[key.worker, key.kind, key.secret] = key

    def keep_told(self) -> None:
        """Bring the keys noted to the disk. Raises StorageFault; the round must not be acknowledged then."""
        with self._lock:
            self._told.at_hand.clear()
            if not self._told.new:
                return
            with self._changing() as connection:
                connection.executemany(_KEEP, [dict(key) for key in self._told.new.values()])
            self._told.new.clear()

    def forget_told(self) -> None:
        """Forget keys of rounds that came to nothing; they are told again."""
        with self._lock:
            self._told.new.clear()
            self._told.at_hand.clear()

    def at_hand(self, worker: str, kind: Kind) -> Iterator[str]:
        """Yield what may open a worker's fields of one kind: what this round told, then what the file has."""
        with self._lock:
            told = [key.secret for key in self._told.at_hand.get((worker, kind.value), ())]
        yield from told
        yield from self.secrets(worker, kind)

    def secrets(self, worker: str, kind: Kind, *, is_shown: bool = False) -> list[str]:
        """Return what opens a worker's fields of one kind, the newest epoch first.

        `is_shown`: only fields that nobody asked to erase since; what law still holds is not shown to anyone.
        """
        with self._lock:
            erased = self.erasure_of(worker, kind) if is_shown else None
            oldest = 0 if erased is None else erased.epoch
            told = [
                (key.epoch, key.secret)
                for key in self._told.new.values()
                if (key.worker, key.kind) == (worker, kind.value)
            ]
            rows = self._rows(
                "SELECT epoch, secret FROM key WHERE worker = ? AND kind = ?", worker, kind.value
            )
            found = sorted({*told, *map(tuple, rows)}, reverse=True)
            return [secret for epoch, secret in found if epoch >= oldest]

    def close(self) -> None:
        """Let the file go."""
        with self._lock:
            if self._open is not None:
                self._open.close()
                self._open = None

    def erasures(self) -> list[Erasure]:
        """Return everything that was ever asked, by worker."""
        rows = self._rows("SELECT * FROM erasure ORDER BY worker, kind")
        return [_erasure(row) for row in rows]

    def erasure_of(self, worker: str, kind: Kind) -> Erasure | None:
        """Return what was asked last of a worker's fields of one kind."""
        rows = self._rows("SELECT * FROM erasure WHERE worker = ? AND kind = ?", worker, kind.value)
        return _erasure(rows[0]) if rows else None

    def is_given_anew(self, erasure: Erasure) -> bool:
        """Return whether the person gave such fields again after an erasure."""
        with self._lock:
            found = self._rows(
                "SELECT 1 FROM key WHERE worker = ? AND kind = ? AND epoch >= ? LIMIT 1",
                erasure.worker,
                erasure.kind.value,
                erasure.epoch,
            )
            return bool(found) or any(
                (key.worker, key.kind) == (erasure.worker, erasure.kind.value) and key.epoch >= erasure.epoch
                for key in self._told.new.values()
            )

    def person_of(self, worker: str) -> str | None:
        """Return whom a worker's id meant when his fields were erased, None where nobody asked."""
        rows = self._rows("SELECT person FROM erasure WHERE worker = ? ORDER BY kind DESC LIMIT 1", worker)
        return str(rows[0]["person"]) if rows else None

    def note(self, erasure: Erasure) -> None:
        """Keep what was asked, and destroy every key that it makes void; durable and gone at the end.

        Keys that this round told go as well: they would be kept with its commit otherwise.
        """
        about = (erasure.worker, erasure.kind.value, erasure.void)
        with self._changing() as connection:
            told = self._forget_void(*about)
            connection.execute(
                "INSERT OR REPLACE INTO erasure VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    erasure.worker,
                    erasure.kind.value,
                    erasure.person,
                    erasure.epoch,
                    erasure.void,
                    erasure.asked_at.isoformat(),
                    erasure.law,
                    "" if erasure.held_until is None else erasure.held_until.isoformat(),
                ),
            )
            gone = connection.execute(_VOID, about).fetchall()
            marks = [(key_id(secret),) for secret in (*told, *(row["secret"] for row in gone))]
            connection.executemany("INSERT OR IGNORE INTO destroyed VALUES (?)", marks)
            connection.execute(_DESTROY, about)
        self.cut_log()

    def cut_log(self) -> None:
        """Leave nothing of destroyed keys in the log, also of those whose destroyer was cut off before this.

        Raises StorageFault while somebody reads on and on. As for `note`, hold the database's transaction.
        """
        for row in self._rows("PRAGMA wal_checkpoint(TRUNCATE)"):
            if row["busy"]:
                raise self._fault()

    def _forget_void(self, worker: str, kind: str, void: int) -> list[str]:
        """Forget told keys from before an epoch, and return their secrets."""
        at_hand = self._told.at_hand.get((worker, kind), [])
        gone = [key for key in (*at_hand, *self._told.new.values()) if _is_void(key, worker, kind, void)]
        at_hand[:] = [key for key in at_hand if key not in gone]
        for key in gone:
            self._told.new.pop((worker, kind, key.secret), None)
        return [key.secret for key in gone]

    def _rows(self, asked: str, *values: object) -> list[sqlite3.Row]:
        with self._lock, self._plain_faults():
            if self._open is None and not self._path.exists():
                return []
            return self._connection().execute(asked, values).fetchall()

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """Run one durable transaction of the file."""
        with self._lock, self._plain_faults():
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                raise

    def _connection(self) -> sqlite3.Connection:
        if self._open is None:
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
            opened = sqlite3.connect(
                self._path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False
            )
            opened.row_factory = sqlite3.Row
            for setting in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
                opened.execute(f"PRAGMA {setting}").fetchall()
            opened.executescript(_SCHEMA)
            self._open = opened
        return self._open

    @contextmanager
    def _plain_faults(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, OSError) as fault:
            raise self._fault() from fault

    def _fault(self) -> StorageFault:
        return StorageFault(Sentence("bureau.fault.key_store", {"file": str(self._path)}))


def _is_key(key: WorkerKey) -> bool:
    """Return whether this can be a key; one that cannot stops no round."""
    is_short = 0 < len(key.secret) <= _MOST_SIGNS and 0 < len(key.worker) <= _MOST_SIGNS
    return is_short and key.kind in _KINDS and key.epoch <= _MOST_ERASURES


def _is_void(key: WorkerKey, worker: str, kind: str, void: int) -> bool:
    return (key.worker, key.kind) == (worker, kind) and key.epoch < void


def _erasure(row: sqlite3.Row) -> Erasure:
    return Erasure(
        worker=row["worker"],
        kind=Kind(row["kind"]),
        person=row["person"],
        epoch=row["epoch"],
        void=row["void"],
        asked_at=datetime.fromisoformat(row["asked_at"]),
        law=row["law"],
        held_until=date.fromisoformat(row["held_until"]) if row["held_until"] else None,
    )
