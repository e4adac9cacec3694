"""The tables of the door: slips that stay out of a trip's coach, slips aboard, doors closed for good.

A block is the bureau's word, but unlike other rows that come down it is never taken back: once acknowledged,
the slip's numbers are somebody else's. `feed_gen` is the life of the feed that told it last; `answered_by`
and `answered_in` say which stream acknowledged it and in which life, both empty before.
"""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from kiosk.storage.columns import Instant
from kiosk.storage.metadata import METADATA

door_block = Table(
    "door_block",
    METADATA,
    Column("slip", String, primary_key=True),
    Column("trip", String, nullable=False, index=True),
    Column("told_at", Instant, nullable=False),
    Column("feed_gen", String, nullable=False),
    Column("answered_by", String, nullable=False),
    Column("answered_in", String, nullable=False),
    sqlite_with_rowid=False,
)
boarded_slip = Table(
    "boarded_slip",
    METADATA,
    Column("slip", String, primary_key=True),
    Column("trip", String, nullable=False, index=True),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
rider_call = Table(
    "rider_call",
    METADATA,
    Column("trip", String, primary_key=True),
    Column("slip", String, primary_key=True),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
"""Whom this door called because he was not aboard, and when it did so last."""

closed_door = Table(
    "closed_door",
    METADATA,
    Column("trip", String, primary_key=True),
    Column("stream", String, nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
"""A door that this device closed: what it said then is final for the stream that said it."""
