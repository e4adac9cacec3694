"""Keys of workers in a PostgreSQL database of their own, for several servers; the registry lies there, too.

| table | holds |
| --- | --- |
| key, erasure, destroyed | as `key_stores` says; secrets are covered |
| kept | by name: the registry as `registry_rows` says, whose cover it is, and whether all has moved in |

No backup of the bureau's database reaches it. Secrets are covered by a key that lies in the folder of each
server and nowhere else, so the disks, the log and a standby of the database server read nobody. Each of the
64 parts of `key` is a file; whoever destroys a key writes the part anew without it, in the same transaction,
and the old file goes: rows that are only deleted would stay in it until something else is written over them.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from kiosk.actions.faults import Refused, StorageFault
from kiosk.bureau import key_statements as statements
from kiosk.bureau.postgres import engine_beside, shown
from kiosk.bureau.registry_rows import DROP, PUT, Rows
from kiosk.domain.sentences import Sentence
from kiosk.messages.sealing import WorkerKey, key_id

COVER_BYTES = 64
_PARTS = 64
"""With a million workers each part is some 5 MB, which is what an erasure writes anew."""
_SCHEMA = (
    """CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, body TEXT NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS key (
    worker TEXT COLLATE "C" NOT NULL, kind TEXT NOT NULL, secret TEXT NOT NULL, epoch BIGINT NOT NULL,
    PRIMARY KEY (worker, kind, secret)) PARTITION BY HASH (worker)""",
    """CREATE TABLE IF NOT EXISTS erasure (
    worker TEXT COLLATE "C" NOT NULL, kind TEXT COLLATE "C" NOT NULL, person TEXT NOT NULL,
    epoch BIGINT NOT NULL, void BIGINT NOT NULL, asked_at TEXT NOT NULL, law TEXT NOT NULL,
    held_until TEXT NOT NULL, PRIMARY KEY (worker, kind))""",
    """CREATE TABLE IF NOT EXISTS destroyed (id TEXT PRIMARY KEY)""",
    *(
        f"CREATE TABLE IF NOT EXISTS key_{part:02} PARTITION OF key "
        f"FOR VALUES WITH (MODULUS {_PARTS}, REMAINDER {part})"
        for part in range(_PARTS)
    ),
)
_EACH = "(SELECT jsonb_array_elements_text(%s::jsonb))"
_PARTED = statements.VOID.replace("SELECT", "SELECT tableoid::regclass::text AS part,", 1)
_REGISTRY, _MARK, _STATE, _IN_USE = "registry", "mark", "state", "in use"
_READ = "SELECT body FROM kept WHERE name = %s"
_IS_OURS = "SELECT name, body FROM kept WHERE name IN (%s, %s)"


class KeyDatabase:
    """The database at `url` under a `cover`; many threads and many servers may use it at once.

    `is_lasting`: keep sessions open between uses. Raises StorageFault for a database under another cover.
    """

    def __init__(self, url: str, cover: bytes, *, is_lasting: bool = True) -> None:
        """Connect to nothing yet."""
        self._shown = shown(url)
        self._engine = engine_beside(url, is_lasting=is_lasting)
        self._cover, self._mark = AESSIV(cover), hashlib.sha256(b"keys of workers" + cover).hexdigest()
        self._lock, self._is_ours = threading.Lock(), False

    def rows(self, asked: str, *values: object) -> list[dict[str, Any]]:
        """Return what a statement finds, by column."""
        with self._using() as engine, engine.connect() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            found = alone.exec_driver_sql(_said(asked), values).mappings().all()
            return [self._uncovered(dict(row), values) for row in found]

    def add(self, keys: Sequence[WorkerKey]) -> None:
        """Keep keys; in one order, so that no two servers wait for each other in a circle."""
        with self._using() as engine, engine.begin() as connection:
            self._add(connection, [(key.worker, key.kind, key.secret, key.epoch) for key in keys])

    def note(self, erasure: Sequence[object], void: tuple[str, str, int], told: Sequence[str]) -> None:
        """Keep what was asked, and destroy the keys it makes void; `told` are such that were not kept yet."""
        with self._using() as engine, engine.begin() as connection:
            connection.exec_driver_sql(_said(statements.NOTE), tuple(erasure))
            gone = connection.exec_driver_sql(_said(_PARTED), void).mappings().all()
            secrets = [*told, *(self._uncovered(dict(row), void)["secret"] for row in gone)]
            for secret in secrets:
                connection.exec_driver_sql(_said(statements.MARK), (key_id(secret),))
            for part in sorted({row["part"] for row in gone}):
                _write_anew(connection, part, void)

    def cut(self) -> None:
        """Do nothing: what destroys a key is whole or did not happen."""

    def close(self) -> None:
        """Let every session go."""
        self._engine.dispose()

    @property
    def place(self) -> str:
        """What to call the registry in a sentence."""
        return self._shown

    @contextmanager
    def looked_into(self) -> Iterator[Rows]:
        """Let the block read the registry."""
        with self._using() as engine, engine.connect() as connection:
            yield _rows_at(connection)

    @contextmanager
    def changing(self) -> Iterator[Rows]:
        """Let the block change the registry, all of it or nothing."""
        with self._using() as engine, engine.begin() as connection:
            yield _rows_at(connection)

    def whole(self) -> bytes | None:
        """Return the registry as an older program kept it: in one row."""
        with self._using() as engine, engine.connect() as connection:
            body = connection.exec_driver_sql(_READ, (_REGISTRY,)).scalar()
            return None if body is None else str(body).encode()

    def drop_whole(self) -> None:
        """Let that row go."""
        with self._using() as engine, engine.begin() as connection:
            connection.exec_driver_sql(_said(DROP), (_REGISTRY,))

    def fill(
        self,
        found: Mapping[str, list[dict[str, Any]]],
        registry: Sequence[tuple[str, str, str]],
        *,
        is_known: bool,
    ) -> None:
        """Make the tables, and take in all that was kept in files: rows by table, and those of the registry.

        `is_known`: the bureau's folder names a database already. A move that was cut off begins anew. Raises
        Refused where there is something to move and servers use another store already, StorageFault for a
        database that is not the one the folder names.
        """
        with self._plain_faults(), self._engine.begin() as connection:
            for statement in _SCHEMA:
                connection.exec_driver_sql(statement)
            kept = self._kept(connection)
            if is_known and kept.get(_MARK) != self._mark:
                raise StorageFault(Sentence("bureau.fault.other_keys", {"database": self._shown}))
            if kept.get(_STATE) == _IN_USE:
                if not is_known and (any(found.values()) or registry):
                    raise Refused(Sentence("bureau.fault.keys_there", {"database": self._shown}))
                return
            connection.exec_driver_sql("TRUNCATE kept, key, erasure, destroyed")
            columns = ("worker", "kind", "secret", "epoch")
            self._add(connection, [tuple(row[name] for name in columns) for row in found["key"]])
            for row in found["erasure"]:
                connection.exec_driver_sql(_said(statements.NOTE), tuple(row.values()))
            for row in found["destroyed"]:
                connection.exec_driver_sql(_said(statements.MARK), (row["id"],))
            for kind, name, body in registry:
                _rows_at(connection).put(kind, name, body)
            connection.exec_driver_sql(_said(PUT), (_MARK, self._mark))

    def begin(self) -> None:
        """Let servers use it from now on."""
        with self._plain_faults(), self._engine.begin() as connection:
            connection.exec_driver_sql(_said(PUT), (_STATE, _IN_USE))

    def _add(self, connection: Connection, keys: Sequence[tuple[Any, ...]]) -> None:
        for worker, kind, secret, epoch in sorted(keys):
            covered = self._cover.encrypt(secret.encode(), [_about(worker, kind)]).hex()
            connection.exec_driver_sql(_said(statements.KEEP), (worker, kind, covered, epoch))

    def _uncovered(self, plain: dict[str, Any], asked: Sequence[object]) -> dict[str, Any]:
        """Return a row whose secret can be read; where a row does not say whose it is, the question did."""
        if "secret" in plain:
            about = _about(plain.get("worker", asked[0]), plain.get("kind", asked[1] if asked[1:] else ""))
            try:
                plain["secret"] = self._cover.decrypt(bytes.fromhex(plain["secret"]), [about]).decode()
            except (InvalidTag, ValueError):
                raise self._fault() from None
        return plain

    @contextmanager
    def _using(self) -> Iterator[Engine]:
        with self._plain_faults():
            with self._lock:
                if not self._is_ours:
                    self._check()
            yield self._engine

    def _check(self) -> None:
        with self._engine.connect() as connection:
            is_made = connection.exec_driver_sql("SELECT to_regclass('kept') IS NOT NULL").scalar_one()
            kept = self._kept(connection) if is_made else {}
        if (kept.get(_MARK), kept.get(_STATE)) != (self._mark, _IN_USE):
            raise StorageFault(Sentence("bureau.fault.other_keys", {"database": self._shown}))
        self._is_ours = True

    @staticmethod
    def _kept(connection: Connection) -> dict[str, str]:
        rows = connection.exec_driver_sql(_IS_OURS, (_MARK, _STATE))
        return {row.name: row.body for row in rows}

    @contextmanager
    def _plain_faults(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as fault:
            raise self._fault() from fault

    def _fault(self) -> StorageFault:
        return StorageFault(Sentence("bureau.fault.key_store", {"file": self._shown}))


def _said(statement: str) -> str:
    return statement.replace(statements.EACH, _EACH).replace("?", "%s")


def _rows_at(connection: Connection) -> Rows:
    def ask(statement: str, values: Sequence[object]) -> Sequence[Sequence[str]]:
        found = connection.exec_driver_sql(_said(statement), tuple(values))
        return found.all() if found.returns_rows else ()

    return Rows(ask)


def _about(worker: object, kind: object) -> bytes:
    return f"{worker}\0{kind}".encode()


def _write_anew(connection: Connection, part: str, void: tuple[str, str, int]) -> None:
    """Write a part into a new file, all but the keys that are void; `part` is a name of ours."""
    stays = f"NOT (worker = %s AND kind IN {_EACH} AND epoch < %s)"
    connection.exec_driver_sql(f"LOCK TABLE {part} IN ACCESS EXCLUSIVE MODE")
    # No index, no log of its own; it ends with the transaction, and never holds what goes.
    copied = f"CREATE TEMPORARY TABLE staying ON COMMIT DROP AS SELECT * FROM {part} WHERE {stays}"  # noqa: S608
    connection.exec_driver_sql(copied, void)
    connection.exec_driver_sql(f"TRUNCATE {part}")
    connection.exec_driver_sql(f"INSERT INTO {part} SELECT * FROM staying")  # noqa: S608 - names of ours
    connection.exec_driver_sql("DROP TABLE staying")
