"""The store of a kiosk that was never opened before, without the half second its tables take to be made."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from kiosk.domain.clock import Clock
from kiosk.storage.database import Database, Role
from kiosk.storage.keys import load_key
from kiosk.storage.machines import Machine
from kiosk.storage.migrating import migrate
from kiosk.storage.opening import DATABASE_FILE, OpenedStore, open_store
from kiosk.storage.search_terms import TradeNames


def open_new_store(
    data_dir: Path, clock: Clock, *, trade_names: TradeNames | None = None, machine: Machine | None = None
) -> OpenedStore:
    """Open the store of the screen process, new where there is none in `data_dir`.

    A new one begins a stream of its own; empty tables and the key of the database are copies of those that
    every such store of this process has.
    """
    if not data_dir.exists() or not any(data_dir.iterdir()):
        shutil.copytree(_tables().name, data_dir, dirs_exist_ok=True)
    return open_store(data_dir, clock, trade_names=trade_names, machine=machine)


@cache
def _tables() -> tempfile.TemporaryDirectory[str]:
    """Return the folder of a database with its tables and without a stream, closed.

    It is kept until the process ends: a folder that is forgotten warns, in the test of somebody else.
    """
    kept = tempfile.TemporaryDirectory(prefix="fresh-store-")
    folder = Path(kept.name)
    database = Database(folder / DATABASE_FILE, load_key(folder, folder / DATABASE_FILE), Role.SCREEN)
    try:
        migrate(database, folder, datetime.now(UTC))  # when it is made stands in the name of a copy alone
    finally:
        database.close()
    return kept
