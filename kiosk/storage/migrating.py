"""Bringing the schema up to date at start, behind a copy; a schema from the future is refused politely."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from kiosk.actions.faults import StorageFault
from kiosk.domain.sentences import Sentence
from kiosk.storage.database import Database
from kiosk.storage.keys import sync_folder

BACKUPS = "backups"
_SCRIPTS = Path(__file__).parent / "migrations"
_KEPT_BACKUPS = 3


def head_revision() -> str:
    """Return the one newest revision this program knows."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None, "the migrations have one head"
    return head


def migrate(database: Database, data_dir: Path, now: datetime) -> Path | None:
    """Bring the schema to this program's revision in one transaction; return the copy made before, if any."""
    with database.writing() as connection:
        current = _current(connection)
    if current == head_revision():
        return None
    _refuse_unknown(current)
    copy = _back_up(database, data_dir / BACKUPS, current, now) if current is not None else None
    with database.writing() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return copy


def require_current(database: Database) -> None:
    """Refuse a schema that is not this program's own; the screen process brings it up to date."""
    with database.reading() as connection:
        current = _current(connection)
    if current != head_revision():
        _refuse_unknown(current)
        raise StorageFault(Sentence("storage.schema_older"))


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_unknown(current: str | None) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if current is not None and current not in known:
        raise StorageFault(Sentence("storage.schema_newer"))


def _back_up(database: Database, folder: Path, revision: str, now: datetime) -> Path:
    """Copy the database under its own key; the oldest copies beyond the newest three are deleted."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
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
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config
