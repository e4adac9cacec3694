"""A table as JSON, for the process that writes it, and the files that come back."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import datetime

from kiosk.ledgers.tables import Cell, Table


def told(table: Table) -> bytes:
    """Return a table as it is told to the process that writes it."""
    return json.dumps(
        {
            "title": table.title,
            "about": table.about,
            "header": table.header,
            "rows": [[_told(cell) for cell in row] for row in table.rows],
            "signers": table.signers,
            "sign_day": table.sign_day,
        }
    ).encode()


def heard(content: bytes) -> Table:
    """Return the table that was told."""
    kept = json.loads(content)
    return Table(
        title=kept["title"],
        about=kept["about"],
        header=tuple(kept["header"]),
        rows=tuple(tuple(_heard(cell) for cell in row) for row in kept["rows"]),
        signers=tuple(kept["signers"]),
        sign_day=kept["sign_day"],
    )


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files by their endings as they are handed back."""
    return json.dumps({name: base64.b64encode(content).decode() for name, content in files.items()}).encode()


def unpacked(content: bytes) -> dict[str, bytes]:
    """Return the files that were handed back."""
    return {name: base64.b64decode(text) for name, text in json.loads(content).items()}


def _told(cell: Cell) -> object:
    return {"at": cell.isoformat()} if isinstance(cell, datetime) else cell


def _heard(cell: str | int | dict[str, str]) -> Cell:
    return datetime.fromisoformat(cell["at"]) if isinstance(cell, dict) else cell
