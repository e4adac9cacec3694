"""The table of what people said about the use of what their consent allowed."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table

from kiosk.storage.metadata import METADATA

restriction = Table(
    "restriction",
    METADATA,
    Column("worker", String, ForeignKey("worker.id", ondelete="CASCADE"), primary_key=True),
    Column("is_restricted", Boolean, nullable=False),
    Column("step", Integer, nullable=False),
    sqlite_with_rowid=False,
)
