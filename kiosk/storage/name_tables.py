"""How people's names are written by their first letters; goes with the person it is of."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table

from kiosk.storage.metadata import METADATA

name_initials = Table(
    "name_initials",
    METADATA,
    Column("initials", String, primary_key=True),
    Column("worker", String, ForeignKey("worker.id", ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)
