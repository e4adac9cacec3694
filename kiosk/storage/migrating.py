"""Bringing the schema up to date at start, behind a copy; a schema from the future is refused politely.

Nearly every start finds the schema as it should be, so Alembic, which takes long to load, is loaded only
where something is to be done; which revisions there are is read from the heads of its scripts.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect

from kiosk.actions.faults import StorageFault
from kiosk.domain.sentences import Sentence
from kiosk.storage.database import Database
from kiosk.storage.keys import sync_folder

if TYPE_CHECKING:
    from alembic.config import Config

BACKUPS = "backups"
_SCRIPTS = Path(__file__).parent / "migrations"
_KEPT_BACKUPS = 3
_REVISION = re.compile(r'^revision = "(\w+)"', re.MULTILINE)
_FOLLOWED = re.compile(r'^down_revision = "(\w+)"', re.MULTILINE)


def head_revision() -> str:
    """Return the one newest revision this program knows."""
    revisions, followed = _revisions()
    (head,) = revisions - followed
    return head


def migrate(database: Database, data_dir: Path, now: datetime) -> Path | None:
    """Bring the schema to this program's revision in one transaction; return the copy made before, if any."""
    with database.writing() as connection:
        current = _current(connection)
    if current == head_revision():
        return None
    _refuse_unknown(current)
    copy = _back_up(database, data_dir / BACKUPS, current, now) if current is not None else None
    _upgrade(database)
    return copy


def require_current(database: Database) -> None:
    """Refuse a schema that is not this program's own; the screen process brings it up to date."""
    with database.reading() as connection:
        current = _current(connection)
    if current != head_revision():
        _refuse_unknown(current)
        raise StorageFault(Sentence("storage.schema_older"))


def _upgrade(database: Database) -> None:
    from alembic import command

    with database.writing() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    current: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return current


def _refuse_unknown(current: str | None) -> None:
    known, _ = _revisions()
    if current is not None and current not in known:
        raise StorageFault(Sentence("storage.schema_newer"))


def _revisions() -> tuple[set[str], set[str]]:
    """Return the revisions there are, and those that another one follows."""
    scripts = [path.read_text(encoding="utf-8") for path in _SCRIPTS.glob("versions/*.py")]
    revisions = {match[1] for text in scripts for match in _REVISION.finditer(text)}
    return revisions, {match[1] for text in scripts for match in _FOLLOWED.finditer(text)}


def _back_up(database: Database, folder: Path, revision: str, now: datetime) -> Path:
    """Copy the database under its own key; the oldest copies beyond the newest three are deleted."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)
        copy = folder / f"{now:%Y%m%dT%H%M%S%f}-{revision}.db"
        with database.outside_transactions() as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(copy),))
        sync_folder(folder)
        for old in sorted(folder.glob("*.db"))[:-_KEPT_BACKUPS]:
            old.unlink()
    except OSError as fault:
        raise StorageFault(Sentence("storage.folder_unwritable")) from fault
    return copy


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config
