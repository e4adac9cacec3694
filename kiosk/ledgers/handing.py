"""A table as lines of JSON for the process that writes it, and what that process says until its files come.

to the process     one line: the table without its rows; then lines of many rows each; the end
from the process   lines {"done": rows written}; one line {"files": [[ending, bytes], …]}; their bytes
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from kiosk.ledgers.tables import Cell, Flow, Table

_ROWS_A_LINE = 500


def told(flow: Flow) -> Iterator[tuple[int, bytes]]:
    """Yield how many rows a line tells, and the line."""
    head = flow.head
    kept = {name: getattr(head, name) for name in ("title", "about", "header", "signers", "sign_day")}
    yield 0, _line(kept)
    while rows := list(islice(flow.rows, _ROWS_A_LINE)):
        yield len(rows), _line([[_told(cell) for cell in row] for row in rows])


def heard(lines: BinaryIO) -> Table:
    """Return the table that was told."""
    kept = json.loads(lines.readline())
    head = Table(
        title=kept["title"],
        about=kept["about"],
        header=tuple(kept["header"]),
        rows=(),
        signers=tuple(kept["signers"]),
        sign_day=kept["sign_day"],
    )
    return replace(head, rows=tuple(tuple(map(_heard, row)) for line in lines for row in json.loads(line)))


def said(done: int) -> bytes:
    """Return how many rows are written, as it is said on the way."""
    return _line({"done": done})


def packed(files: Mapping[str, bytes]) -> Iterator[bytes]:
    """Yield files by their endings as they are handed back."""
    yield _line({"files": [(ending, len(content)) for ending, content in files.items()]})
    yield from files.values()


class Unpacking:
    """What the process said so far: `done` rows are written, and its files in the end."""

    def __init__(self) -> None:
        """Have heard nothing."""
        self.done = 0
        self._unread = bytearray()
        self._sizes: list[tuple[str, int]] | None = None

    def hear(self, content: bytes) -> None:
        """Take in what was said next."""
        self._unread += content
        while self._sizes is None and b"\n" in self._unread:
            line, _, rest = self._unread.partition(b"\n")
            self._unread = rest
            kept = json.loads(line)
            self.done = kept.get("done", self.done)
            self._sizes = kept.get("files")

    def files(self) -> dict[str, bytes]:
        """Return the files by their endings. Raises ValueError where they did not come whole."""
        if self._sizes is None or len(self._unread) != sum(size for _, size in self._sizes):
            raise ValueError("the files did not come whole")
        found, at = {}, 0
        for ending, size in self._sizes:
            found[ending] = bytes(self._unread[at : at + size])
            at += size
        return found


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _told(cell: Cell) -> object:
    return {"at": cell.isoformat()} if isinstance(cell, datetime) else cell


def _heard(cell: str | int | dict[str, str]) -> Cell:
    return datetime.fromisoformat(cell["at"]) if isinstance(cell, dict) else cell
