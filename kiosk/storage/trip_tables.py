"""The tables of coaches at the desk: vehicles, drivers, who rides with a formed trip, checks, departures.

Vehicles and drivers come down like other rows; what was recorded here stands among them until it does.
A formed trip's passenger has one seat, and a placement is at most one passenger. A departure is kept as the
canonical JSON of its manifest, without names; `printed` counts how often its three papers were asked for.
"""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Integer, String, Table, Text

from kiosk.storage.columns import Instant
from kiosk.storage.metadata import METADATA, fed_columns

vehicle = Table(
    "vehicle",
    METADATA,
    Column("id", String, primary_key=True),
    *fed_columns(),
    Column("body", Text, nullable=False),
)
driver = Table(
    "driver",
    METADATA,
    Column("id", String, primary_key=True),
    *fed_columns(),
    Column("body", Text, nullable=False),
)
passenger = Table(
    "passenger",
    METADATA,
    Column("trip", String, primary_key=True),
    Column("seat", Integer, primary_key=True),
    Column("placement", String, nullable=False, unique=True),
    CheckConstraint("1 <= seat AND seat <= 255", name="a_seat"),
    sqlite_with_rowid=False,
)
trip_tick = Table(
    "trip_tick",
    METADATA,
    Column("trip", String, primary_key=True),
    Column("check", String, primary_key=True),
    Column("is_good", Boolean, nullable=False),
    Column("actor", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("plate", String, nullable=False),
    Column("driver", String, nullable=False),
    sqlite_with_rowid=False,
)
departure = Table(
    "departure",
    METADATA,
    Column("trip", String, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("manifest", Text, nullable=False),
    Column("digest", String, nullable=False),
    Column("printed", Integer, nullable=False),
    sqlite_with_rowid=False,
)
