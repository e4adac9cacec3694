"""What happens around a kiosk: calls for help, counts, acts of staff, devices; projected from the log."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, Text

from kiosk.bureau.columns import Instant
from kiosk.bureau.tables import metadata

_ID = String(64)

help_call = Table(
    "help_call",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("station", String(8), nullable=False),
    Column("screen", _ID, nullable=False),
    Column("worker", _ID),
    Column("called_at", Instant, nullable=False),
    Column("answered_at", Instant),
    Column("actor", _ID),
    Column("waited_s", Integer),
)
day_count = Table(
    "day_count",
    metadata,
    Column("stream", _ID, primary_key=True),
    Column("hall_day", Date, primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("count", Integer, nullable=False),
)
staff_act = Table(
    "staff_act",
    metadata,
    Column("stream", _ID, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor", _ID, nullable=False),
    Column("act", _ID, nullable=False),
    Column("entity", _ID, nullable=False),
    Column("entity_id", _ID, nullable=False),
    Column("reason", Text, nullable=False),
    Column("second", _ID, nullable=False, server_default=""),
    Column("kiosk", _ID, nullable=False, server_default=""),
    Column("line", Integer, nullable=False, server_default="0"),
    Column("hash", _ID, nullable=False, server_default=""),
    Column("is_broken", Boolean, nullable=False, server_default="0"),
)
Index("ix_staff_act_chain", staff_act.c.kiosk, staff_act.c.line)
device_seen = Table(
    "device_seen",
    metadata,
    Column("kiosk", _ID, primary_key=True),
    Column("kind", String(12), primary_key=True),
    Column("device", _ID, nullable=False),
    Column("profile", _ID, nullable=False),
    Column("station", String(8), nullable=False),
    Column("seen_at", Instant, nullable=False),
)

PROJECTED = (device_seen, staff_act, day_count, help_call)
"""The projected tables of this module; see `projected`."""
