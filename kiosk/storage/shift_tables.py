"""The table of shifts at the desk."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table, Text

from kiosk.storage.columns import Instant
from kiosk.storage.metadata import METADATA

shift = Table(
    "shift",
    METADATA,
    Column("id", String, primary_key=True),
    Column("opened_at", Instant, nullable=False),
    Column("opened_by", String, nullable=False),
    Column("closed_at", Instant),
    Column("closed_by", String),
    Column("note", String, nullable=False),
    Column("faults", Text, nullable=False),
    Column("counts", Text, nullable=False),
)
Index("shift_by_opened", shift.c.opened_at)
