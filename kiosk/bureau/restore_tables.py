"""What the bureau keeps so that a backup put back over-books nothing: who reported, what was written off."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from kiosk.bureau.columns import Instant
from kiosk.bureau.tables import metadata

_ID = String(64)

machine_hello = Table(
    "machine_hello",
    metadata,
    Column("kiosk", _ID, primary_key=True),
    Column("machine", _ID, primary_key=True),
    Column("hello", _ID, nullable=False),
)
"""What a new stream of a machine must repeat; the newest one only."""

report = Table(
    "report",
    metadata,
    Column("kiosk", _ID, primary_key=True),
    Column("machine", _ID, primary_key=True),
)
"""The machines that have fully reported since the last restore."""

lost_range = Table(
    "lost_range",
    metadata,
    Column("stream", _ID, ForeignKey("stream.id"), primary_key=True),
    Column("first", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
    Column("head_hash", _ID, nullable=False),
    Column("noted_at", Instant, nullable=False),
)
"""Entries nobody has any more: pruned at the kiosk, and not in the backup that was put back."""

write_off = Table(
    "write_off",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("stream", _ID, ForeignKey("stream.id"), nullable=False, index=True),
    Column("quota", String(80)),
    Column("count", Integer),
    Column("reason", Text, nullable=False),
    Column("actor", _ID, nullable=False),
    Column("at", Instant, nullable=False),
)
"""Who said how many of a stream's numbers are used up. A row without a quota settles the whole stream."""
