"""What came to the bureau in tables: which files, and the advertisements in them that wait for a person.

Neither follows from the log of the kiosks, so a rebuild leaves both as they are.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text

from kiosk.bureau.columns import Instant
from kiosk.bureau.tables import metadata

imported_file = Table(
    "imported_file",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("form", String(16), nullable=False),
    Column("name", String(255), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Column("new", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("same", Integer, nullable=False),
)
"""Every file that changed what the halls are told: its SHA-256, who brought it and what came of it."""
imported_job = Table(
    "imported_job",
    metadata,
    Column("job", String(64), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("station", String(8), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("imported_at", Instant, nullable=False),
)
"""Advertisements out of tables, as the rules and then a reviewer left them."""
