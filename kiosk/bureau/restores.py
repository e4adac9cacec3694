"""Putting a backup back, and trying that without harm: what would be lost, and whom it would wait for."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, select

from kiosk.actions.faults import StorageFault
from kiosk.bureau.backups import (
    backup_at,
    check_backup,
    check_rules,
    copy_database,
    copy_private,
    files_beside,
    streams_of,
)
from kiosk.bureau.capsules import seal_again
from kiosk.bureau.copying import copy_all, tables_digest
from kiosk.bureau.databases import connect, connect_to, looked_into, migrate, opened
from kiosk.bureau.erasing import forget_again
from kiosk.bureau.feeds import Changes
from kiosk.bureau.folders import BureauFolder, flush_folder
from kiosk.bureau.init import meta_value
from kiosk.bureau.invariants import broken
from kiosk.bureau.kept_beside import keys_of, registry_of
from kiosk.bureau.key_stores import KeyStore
from kiosk.bureau.postgres import kept_url
from kiosk.bureau.progress import Progress, Step, untold
from kiosk.bureau.projected import PROJECTED
from kiosk.bureau.readings import Reader
from kiosk.bureau.rebuilding import rebuild_in
from kiosk.bureau.registries import Registry, remembered_in
from kiosk.bureau.republishing import BESIDE, Lost, keep_lost, lost_between
from kiosk.bureau.restoring import Awaited, awaited, begin_generation
from kiosk.bureau.serving_locks import held
from kiosk.bureau.tables import dead_letter
from kiosk.protocol.generations import NONE_YET


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What came of trying a restore.

    `forgotten`: stream → entries that only its kiosk could tell again; `published`: what was published since.
    """

    backup: Path
    made_at: datetime
    problems: list[str]
    forgotten: Mapping[str, int]
    awaited: list[Awaited]
    published: list[Lost]


def restore(data_dir: Path, folder: Path, now: datetime, tell: Progress = untold) -> list[Awaited]:
    """Put the newest backup of a folder, or the one that it is, back; return whom the bureau waits for now.

    A new generation begins, so every kiosk tells everything again, and nobody gets a number before all have.
    What was there is kept in a folder beside it. What was destroyed of the workers' keys since is
    forgotten again. Raises Refused while a server runs, and for a backup that is not good.
    """
    files = BureauFolder(data_dir)
    with closing(keys_of(files)) as keys:
        return _put_back(files, folder, now, keys, tell)


def rehearse(data_dir: Path, folder: Path, now: datetime, tell: Progress = untold) -> Rehearsal:
    """Restore a backup aside, check every rule there, build its projections anew, and throw it away.

    The bureau itself is only read, and may run.
    """
    backup = backup_at(folder)
    tell(Step.CHECK, 0, None)
    manifest = check_backup(backup)
    with tempfile.TemporaryDirectory(prefix="bureau-rehearsal-") as aside:
        tried = BureauFolder(Path(aside) / "bureau")
        tried.create()
        present = BureauFolder(data_dir)
        registry_of(present).copy_to(tried.registry_copy)
        with closing(keys_of(present)) as keys:
            waiting = _put_back(tried, backup, now, keys, tell)
            published = _published_since(present, tried.database) or []
            problems = _problems(tried, keys, tell)
    forgotten = _forgotten(data_dir, manifest.streams)
    return Rehearsal(backup, manifest.made_at, problems, forgotten, waiting, published)


def projections_digest(connection: Connection) -> str:
    """Return one number for everything that is projected from the log."""
    return tables_digest(connection, PROJECTED)


def _put_back(
    files: BureauFolder, folder: Path, now: datetime, keys: KeyStore, tell: Progress
) -> list[Awaited]:
    """Put a backup back under these keys, the folder's own or, in a rehearsal, those of the bureau itself."""
    files.create()
    with held(files, is_alone=True):
        backup = backup_at(folder)
        tell(Step.CHECK, 0, None)
        check_backup(backup)
        tell(Step.BEGIN, 0, None)
        after = _generation_of(files)
        kept = BureauFolder(backup)
        registry_of(files).join(remembered_in(kept.registry_copy))
        fresh = files.root / f"{files.database.name}.restored"
        copy_private(kept.database, fresh)
        waiting = _begin_life(backup, fresh, registry_of(files), keys, after)
        aside = files.root / f"{BESIDE}{now.astimezone(UTC):%Y%m%dT%H%M%S}Z"
        aside.mkdir(mode=0o700, exist_ok=True)
        lost = _published_since(files, fresh)
        _put_keys_back(files, kept, aside)
        if files.database_url.exists():
            _fill(files, fresh, aside, tell)
        else:
            _move_aside(files, aside)
            fresh.replace(files.database)
        if lost is not None:
            keep_lost(aside, lost)
        flush_folder(files.root)
        return waiting


def _fill(files: BureauFolder, fresh: Path, aside: Path, tell: Progress) -> None:
    """Put all rows of a file into the bureau's database on PostgreSQL, at once or not at all.

    What was there is written into a file first.
    """
    copy_database(files, aside / files.database.name, tell)
    source, target = connect(fresh, is_server=False), connect_to(kept_url(files.database_url))
    try:
        with source.reading() as rows, target.writing() as put_back:
            copy_all(rows, put_back, tell)
    finally:
        source.close()
        target.close()
    fresh.unlink()


def _begin_life(backup: Path, path: Path, registry: Registry, keys: KeyStore, after: str) -> list[Awaited]:
    database = connect(path, is_server=False)
    try:
        migrate(database)
        with database.writing() as connection:
            check_rules(backup, connection)
            changes = Changes()
            begin_generation(connection, registry, after, changes)
            forget_again(connection, keys, changes)
            changes.stamp(connection)
            seal_again(connection)
            return awaited(connection, registry)
    finally:
        database.close()


def _generation_of(files: BureauFolder) -> str:
    """Return the life of the database that is there; where none can be read the registry tells."""
    try:
        with looked_into(files.root) as connection:
            return meta_value(connection, "generation")
    except StorageFault:
        return NONE_YET


def _published_since(files: BureauFolder, fresh: Path) -> list[Lost] | None:
    """Return what the database that is there says and the backup does not; None where it cannot be read."""
    restored = connect(fresh, is_server=False)
    try:
        with looked_into(files.root) as before, restored.reading() as after:
            return lost_between(before, after)
    except StorageFault:
        return None
    finally:
        restored.close()


def _put_keys_back(files: BureauFolder, kept: BureauFolder, aside: Path) -> None:
    """Put the keys back where they are missing, or another authority's: the kiosks trust the backup's."""
    ours, theirs = files.ca_certificate, kept.ca_certificate
    if ours.exists() and ours.read_bytes() == theirs.read_bytes():
        return
    for present, put_back in zip(files_beside(files), files_beside(kept), strict=True):
        if present.exists():
            copy_private(present, aside / present.name)
        copy_private(put_back, present)


def _move_aside(files: BureauFolder, aside: Path) -> None:
    """Move the database away, with its log."""
    for end in ("", "-wal", "-shm"):
        path = files.root / f"{files.database.name}{end}"
        if path.exists():
            path.replace(aside / path.name)
    flush_folder(aside)


def _problems(tried: BureauFolder, keys: KeyStore, tell: Progress) -> list[str]:
    tell(Step.CHECK, 0, None)
    with opened(tried.root) as database:
        with database.reading() as connection:
            wrong = list(broken(connection))
            before, dead = projections_digest(connection), _dead(connection)
        rebuild_in(database, Reader(tried.city_key.read_bytes(), keys), tell)
        with database.reading() as connection:
            # Where the program knows more types than when the backup was made, more is projected, rightly.
            if _dead(connection) == dead and projections_digest(connection) != before:
                wrong.append("the projections do not come out of the log as they were")
    return wrong


def _dead(connection: Connection) -> int:
    return len(connection.execute(select(dead_letter.c.id)).all())


def _forgotten(data_dir: Path, streams: Mapping[str, int]) -> dict[str, int]:
    try:
        with looked_into(data_dir) as connection:
            present = streams_of(connection)
    except StorageFault:
        return {}
    later = {name: acked - streams.get(name, 0) for name, acked in present.items()}
    return {name: count for name, count in sorted(later.items()) if count > 0}
