"""What people said about the use of what their consent allowed, projected from the log."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table

from kiosk.bureau.tables import metadata

restriction = Table(
    "restriction",
    metadata,
    Column("worker", String(64), ForeignKey("worker.id"), primary_key=True),
    Column("is_restricted", Boolean, nullable=False),
    Column("step", Integer, nullable=False),
    Column("epoch", Integer, nullable=False, server_default="0"),
)
