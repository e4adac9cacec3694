"""Which registrations are one person, projected from the log; one undone stays, and counts no more."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, String, Table, text

from kiosk.bureau.columns import Instant
from kiosk.bureau.tables import metadata

_ID = String(64)
STANDS = text("NOT is_undone")
"""The condition that a merge counts."""

merge = Table(
    "merge",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("kept", _ID, nullable=False, index=True),
    Column("joined", _ID, nullable=False, index=True),
    Column("merged_at", Instant, nullable=False),
    Column("merged_by", _ID, nullable=False),
    Column("is_undone", Boolean, nullable=False),
    Column("undone_by", _ID, nullable=False, server_default=""),
)
