"""Putting an older database in the place of a bureau's own, as the tools of either database do: untold."""

from __future__ import annotations

import shutil
from pathlib import Path

from kiosk.bureau.copying import copy_all
from kiosk.bureau.databases import connect, opened
from kiosk.bureau.folders import BureauFolder


def put_in_by_hand(folder: Path, copy: Path) -> None:
    """Put a copy, which is a file whatever it was copied from, in the place of the present database."""
    if BureauFolder(folder).database_url.exists():
        source = connect(copy, is_server=False)
        with opened(folder) as database, source.reading() as rows, database.writing() as connection:
            copy_all(rows, connection)
        source.close()
        return
    for path in folder.glob("bureau.sqlite*"):
        path.unlink()
    shutil.copy(copy, BureauFolder(folder).database)
