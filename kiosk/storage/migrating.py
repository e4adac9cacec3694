"""Bringing the schema up to date at start, behind a copy; a schema from the future is refused politely.

Nearly every start finds the schema as it should be, so Alembic, which takes long to load, is loaded only
where something is to be done.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect

from kiosk.actions.faults import StorageFault
from kiosk.domain.sentences import Sentence
from kiosk.revisions import revisions_in
from kiosk.storage.database import Database
from kiosk.storage.keys import sync_folder

if TYPE_CHECKING:
    from alembic.config import Config

BACKUPS = "backups"
_SCRIPTS = Path(__file__).parent / "migrations"
_KEPT_BACKUPS = 3


def head_revision() -> str:
    """Return the one newest revision this program knows."""
    return revisions_in(_SCRIPTS)[0]


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
    if current is not None and current not in revisions_in(_SCRIPTS)[1]:
        raise StorageFault(Sentence("storage.schema_newer"))


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
