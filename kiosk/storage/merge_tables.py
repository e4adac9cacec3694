"""Merges: which registrations are one person. A merge that is undone stays, and counts no more."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, String, Table, text

from kiosk.storage.columns import Instant
from kiosk.storage.metadata import METADATA, fed_columns

STANDS = text("is_undone = 0")
"""The condition that a merge counts, spelled as its indexes have it."""

merge = Table(
    "merge",
    METADATA,
    Column("id", String, primary_key=True),
    *fed_columns(),
    Column("kept", String, nullable=False),
    Column("joined", String, nullable=False),
    Column("merged_at", Instant, nullable=False),
    Column("is_undone", Boolean, nullable=False),
)
Index("merge_by_kept", merge.c.kept, sqlite_where=STANDS)
Index("merge_by_joined", merge.c.joined, sqlite_where=STANDS)
