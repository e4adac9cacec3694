"""Coaches as halls ran them: who rode with a trip that a desk formed, what was checked, who left and when."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from kiosk.bureau.columns import Instant
from kiosk.bureau.tables import metadata

_ID = String(64)

passenger = Table(
    "passenger",
    metadata,
    Column("trip", _ID, primary_key=True),
    Column("seat", Integer, primary_key=True),
    Column("placement", _ID, ForeignKey("placement.id"), nullable=False),
    UniqueConstraint("placement"),
)
trip_check = Table(
    "trip_check",
    metadata,
    Column("stream", _ID, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("trip", _ID, nullable=False, index=True),
    Column("check", String(12), nullable=False),
    Column("is_good", Boolean, nullable=False),
    Column("plate", String(16), nullable=False),
    Column("driver", _ID, nullable=False),
    Column("actor", _ID, nullable=False),
    Column("at", Instant, nullable=False),
)
trip_departure = Table(
    "trip_departure",
    metadata,
    Column("trip", _ID, primary_key=True),
    Column("stream", _ID, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("station", String(8), nullable=False),
    Column("plate", String(16), nullable=False),
    Column("driver", _ID, nullable=False),
    Column("departed_at", Instant, nullable=False),
    Column("digest", _ID, nullable=False),
    Column("listed", Integer, nullable=False),
    Column("aboard", Text, nullable=False),
    Column("actor", _ID, nullable=False),
)
"""`digest` is the hash of the manifest, which stays at its device; `aboard` are slips as JSON."""

rider_call = Table(
    "rider_call",
    metadata,
    Column("trip", _ID, primary_key=True),
    Column("slip", _ID, primary_key=True),
    Column("at", Instant, nullable=False),
)
"""When the door of a trip called somebody last who has a seat and was not aboard."""

PROJECTED = (passenger, trip_check, trip_departure, rider_call)
"""The projected tables of this module; see `projected`."""
