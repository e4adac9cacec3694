"""What the bureau keeps of coach doors: who holds each, which papers stay out, who is aboard."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, String, Table, Text

from kiosk.bureau.columns import Instant
from kiosk.bureau.tables import metadata

_ID = String(64)

door = Table(
    "door",
    metadata,
    Column("trip", _ID, primary_key=True),
    Column("stream", _ID, nullable=False),
    Column("is_closed", Boolean, nullable=False),
    Column("unknown_aboard", Integer, nullable=False),
)
"""`unknown_aboard`: people let in by a door that was written off, whose slips nobody knows."""

block = Table(
    "block",
    metadata,
    Column("slip", _ID, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("trip", _ID, nullable=False, index=True),
    Column("is_over", Boolean, nullable=False),
    Column("is_settled", Boolean, nullable=False),
    Column("is_freed", Boolean, nullable=False),
)
"""Papers to be kept out, each of its year (`slip_year`); `trip` is empty for a place without a coach.

Freed ones gave their numbers back.

`is_over`: the kiosk of the slip has ended it itself, so that it prints no more copies of it.
"""

boarded = Table(
    "boarded",
    metadata,
    Column("slip", _ID, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("trip", _ID, nullable=False, index=True),
)
scanned_slip = Table(
    "scanned_slip",
    metadata,
    Column("slip", _ID, primary_key=True),
    Column("year", Integer, primary_key=True),
)
"""Papers that were scanned and kept, whichever entry of which kiosk came first."""

door_act = Table(
    "door_act",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("trip", _ID, nullable=False),
    Column("stream", _ID, nullable=False),
    Column("written_off", Integer),
    Column("reason", Text, nullable=False),
    Column("actor", _ID, nullable=False),
    Column("at", Instant, nullable=False),
)
"""Who gave a door to which device, and how many people he counted aboard when the one before was gone."""
