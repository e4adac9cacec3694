"""Cards that were left behind in halls, and when they came back to their owners; it names nobody."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from kiosk.bureau.columns import Instant
from kiosk.bureau.tables import metadata

_ID = String(64)

found_card = Table(
    "found_card",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("station", String(8), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("lies", String(12), nullable=False),
    Column("found_at", Instant, nullable=False),
    Column("found_by", _ID, nullable=False),
    Column("handed_at", Instant),
    Column("handed_by", _ID, nullable=False),
    Column("proof", String(12), nullable=False),
)
