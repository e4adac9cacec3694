"""Backups of the bureau: a whole copy in a folder of its own, believed only after it was read again.

    DIR/20260918T051000Z/   bureau.sqlite  kiosks.json  city.key  ca.pem  ca.key  server.pem  server.key
                            manifest.json: SHA-256 of each file, and how far each stream is in it

Kiosks may forget what they told only when such a copy holds it, so that is said to them last of all.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import Connection, select, text, update

from kiosk.actions.faults import Refused, StorageFault
from kiosk.bureau.copying import copy_all
from kiosk.bureau.databases import Database, connect, looked_into, migrate, opened
from kiosk.bureau.folders import BureauFolder, flush_folder, write_private
from kiosk.bureau.init import meta_value
from kiosk.bureau.invariants import broken
from kiosk.bureau.kept_beside import registry_of
from kiosk.bureau.progress import Progress, Step, untold
from kiosk.bureau.tables import stream
from kiosk.bureau.watching import note_backup
from kiosk.domain.sentences import Sentence

KEPT = 14
"""How many backups are kept unless somebody says otherwise: two weeks of nightly ones."""
_MANIFEST = "manifest.json"
_UNFINISHED = ".unfinished-"
_PAGES_AT_ONCE = 128
"""So many pages are copied before it is told how many there are by now."""
_WITHOUT_CAPSULES = "UPDATE feed_row SET body = '', is_deleted = 1 WHERE topic = 'capsule'"
"""A capsule opens by number and city key, which a backup holds too: it would outlive an erasure there."""


class Manifest(BaseModel):
    """What a backup holds: file → SHA-256, and stream → newest entry."""

    model_config = ConfigDict(frozen=True)

    generation: str
    made_at: datetime
    files: dict[str, str]
    streams: dict[str, int]


def back_up(data_dir: Path, into: Path, now: datetime, keep: int = KEPT, tell: Progress = untold) -> Path:
    """Copy the bureau, running or not, into a new folder under `into`; read it again; return that folder.

    Only then kiosks hear that they may forget, and all but the newest `keep` backups go. Raises Refused for
    a copy that is not good, which stays unfinished.
    """
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in into.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left)
    name = f"{now.astimezone(UTC):%Y%m%dT%H%M%S}Z"
    aside, made = into / f"{_UNFINISHED}{name}", into / name
    if made.exists():
        raise Refused(Sentence("bureau.backup.exists", {"folder": str(made)}))
    aside.mkdir(mode=0o700)
    copy = BureauFolder(aside)
    copy_database(BureauFolder(data_dir), copy.database, tell)
    tell(Step.CHECK, 0, None)
    _copy_beside(BureauFolder(data_dir), copy)
    manifest = _manifest_of(copy, now)
    write_private(aside / _MANIFEST, manifest.model_dump_json(indent=1).encode())
    check_backup(aside)
    aside.replace(made)
    flush_folder(into)
    may_forget(data_dir, manifest)
    for old in backups_in(into)[:-keep]:
        shutil.rmtree(old)
    return made


def backups_in(folder: Path) -> list[Path]:
    """Return the finished backups of a folder, the newest last."""
    return sorted(path.parent for path in folder.glob(f"*/{_MANIFEST}") if path.parent.name[0] != ".")


def backup_at(folder: Path) -> Path:
    """Return a backup: the folder itself, or the newest one in it. Raises Refused."""
    if (folder / _MANIFEST).exists():
        return folder
    made = backups_in(folder) if folder.is_dir() else []
    if not made:
        raise Refused(Sentence("bureau.backup.none", {"folder": str(folder)}))
    return made[-1]


def check_backup(backup: Path) -> Manifest:
    """Return what a backup holds, after reading every page of it. Raises Refused for one that is not good.

    The rules are checked by whoever knows its schema: when it is made, and when it is put back.
    """
    try:
        manifest = Manifest.model_validate_json((backup / _MANIFEST).read_bytes())
        wrong = next(_wrong_with(backup, manifest), None)
    except (OSError, ValidationError, StorageFault) as fault:
        raise _damaged(backup, type(fault).__name__) from fault
    if wrong is not None:
        raise _damaged(backup, wrong)
    return manifest


def check_rules(backup: Path, connection: Connection) -> None:
    """Raise Refused when a backup, or a copy of it in today's schema, breaks a rule."""
    wrong = next(broken(connection), None)
    if wrong is not None:
        raise _damaged(backup, wrong)


def _damaged(backup: Path, detail: str) -> Refused:
    return Refused(Sentence("bureau.backup.damaged", {"folder": str(backup), "detail": detail}))


def streams_of(connection: Connection) -> dict[str, int]:
    """Return how far each stream is known."""
    return {row.id: row.acked for row in connection.execute(select(stream.c.id, stream.c.acked))}


def files_beside(folder: BureauFolder) -> tuple[Path, ...]:
    """Return what belongs to a bureau besides its database and its registry: the keys."""
    return (
        folder.city_key,
        folder.ca_certificate,
        folder.ca_key,
        folder.server_certificate,
        folder.server_key,
    )


def copy_private(source: Path, target: Path) -> None:
    """Copy a file so that it is whole, durable, and readable by its owner alone."""
    write_private(target, source.read_bytes())


def copy_database(source: BureauFolder, target: Path, tell: Progress = untold) -> None:
    """Copy a database that may be in use, as of one moment, into one file without a log beside it.

    One on PostgreSQL becomes such a file, too. Capsules are left out; after a restore they are sealed anew.
    """
    target.touch(mode=0o600)
    with opened(source.root) as database:
        if database.is_shared:
            _write_down(database, target, tell)
        else:
            _copy_pages(source.database, target, tell)
    with closing(sqlite3.connect(target)) as written:
        written.execute("PRAGMA journal_mode = DELETE")
        written.execute("PRAGMA secure_delete = ON")
        with written:
            written.execute(_WITHOUT_CAPSULES)
    descriptor = os.open(target, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copy_pages(source: Path, target: Path, tell: Progress) -> None:
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, isolation_level=None)) as read,
        closing(sqlite3.connect(target)) as written,
    ):
        # One view for all of it: somebody writes between two parts of a copy, which began anew without.
        read.execute("BEGIN")
        read.execute("PRAGMA schema_version").fetchone()
        read.backup(
            written,
            pages=_PAGES_AT_ONCE,
            progress=lambda _, left, of: tell(Step.COPY, of - left, of),
        )


def _write_down(database: Database, target: Path, tell: Progress) -> None:
    """Write all rows of a database into a file with the same tables."""
    copy = connect(target, is_server=False)
    try:
        migrate(copy)
        with database.reading() as source, copy.writing() as written:
            copy_all(source, written, tell)
    finally:
        copy.close()


def _copy_beside(source: BureauFolder, target: BureauFolder) -> None:
    pairs = zip(files_beside(source), files_beside(target), strict=True)
    for original, copy in pairs:
        if original.exists():
            copy_private(original, copy)
    registry_of(source).copy_to(target.registry_copy)


def _manifest_of(copy: BureauFolder, now: datetime) -> Manifest:
    with looked_into(copy.root) as connection:
        check_rules(copy.root, connection)
        generation, streams = meta_value(connection, "generation"), streams_of(connection)
    files = {path.name: _digest(path) for path in sorted(copy.root.iterdir())}
    return Manifest(generation=generation, made_at=now, files=files, streams=streams)


def _wrong_with(backup: Path, manifest: Manifest) -> Iterator[str]:
    for name, digest in manifest.files.items():
        if _digest(backup / name) != digest:
            yield name
    with looked_into(backup) as connection:
        if connection.execute(text("PRAGMA integrity_check")).scalar_one() != "ok":
            yield "integrity_check"
        if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
            yield "foreign_key_check"
        if streams_of(connection) != manifest.streams:
            yield "streams"


def may_forget(data_dir: Path, manifest: Manifest) -> None:
    """Let kiosks prune what this copy holds, unless the bureau began another life meanwhile."""
    with opened(data_dir) as database, database.writing() as connection:
        if meta_value(connection, "generation") == manifest.generation:
            note_backup(connection, manifest.made_at)
            for name, acked in manifest.streams.items():
                connection.execute(
                    update(stream)
                    .where(stream.c.id == name, stream.c.backup_upto < acked)
                    .values(backup_upto=acked)
                )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
