"""Who answered for people on trips, what befell them, and who came back; projected from the log."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, String, Table, Text

from kiosk.bureau.columns import Instant
from kiosk.bureau.tables import metadata

_ID = String(64)

duty_handed = Table(
    "duty_handed",
    metadata,
    Column("hand_over", _ID, primary_key=True),
    Column("trip", _ID, nullable=False, index=True),
    Column("giver", String(12), nullable=False),
    Column("taker", String(12), nullable=False),
    Column("at", Instant, nullable=False),
    Column("place", Text, nullable=False),
    Column("headcount", Integer, nullable=False),
    Column("expected", Integer, nullable=False),
    Column("signer", Text, nullable=False),
    Column("proof", String(12), nullable=False),
    Column("signature", _ID, nullable=False),
    Column("exceptions", Text, nullable=False),
    Column("actor", _ID, nullable=False),
    Column("station", String(8), nullable=False),
    Column("noted_at", Instant, nullable=False),
)
incident = Table(
    "incident",
    metadata,
    Column("incident", _ID, primary_key=True),
    Column("trip", _ID, nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("severity", String(4), nullable=False),
    Column("party", String(12), nullable=False),
    Column("people", Integer, nullable=False),
    Column("done", Text, nullable=False),
    Column("told", Text, nullable=False),
    Column("closed_at", Instant),
    Column("outcome", Text, nullable=False),
    Column("actor", _ID, nullable=False),
    Column("station", String(8), nullable=False),
)
return_mark = Table(
    "return_mark",
    metadata,
    Column("trip", _ID, primary_key=True),
    Column("slip", _ID, primary_key=True),
    Column("whereabouts", String(8), nullable=False),
    Column("reason", Text, nullable=False),
    Column("until", Date),
    Column("actor", _ID, nullable=False),
    Column("noted_at", Instant, nullable=False),
)
return_count = Table(
    "return_count",
    metadata,
    Column("trip", _ID, primary_key=True),
    Column("expected", Integer, nullable=False),
    Column("back", Integer, nullable=False),
    Column("stayed", Integer, nullable=False),
    Column("missing", Integer, nullable=False),
    Column("actor", _ID, nullable=False),
    Column("closed_at", Instant, nullable=False),
)

PROJECTED = (duty_handed, incident, return_mark, return_count)
"""The projected tables of this module; see `projected`."""
