"""What became of places, entry by entry: return parts that were read at any kiosk, and arrivals."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, ForeignKey, Integer, String, Table, Time

from kiosk.bureau.columns import Instant
from kiosk.bureau.tables import metadata

_ID = String(64)

returned_part = Table(
    "returned_part",
    metadata,
    Column("stream", _ID, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("slip", _ID, nullable=False, index=True),
    Column("day", Date, nullable=False),
    Column("placement", _ID, ForeignKey("placement.id"), index=True),
    Column("outcome", String(12), nullable=False),
    Column("why", String(12), nullable=False),
    Column("arrived_on", Date),
    Column("arrived_time", Time),
    Column("pay_fen", BigInteger),
    Column("is_keyed", Boolean, nullable=False),
    Column("actor", _ID, nullable=False),
    Column("read_at", Instant, nullable=False),
)
"""`placement` is None while the kiosk that gave the slip out has not told of it."""
arrival = Table(
    "arrival",
    metadata,
    Column("stream", _ID, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("placement", _ID, ForeignKey("placement.id"), nullable=False, index=True),
    Column("witness", String(12), nullable=False),
    Column("arrived_at", Instant, nullable=False),
    Column("actor", _ID, nullable=False),
)
PROJECTED = (returned_part, arrival)
"""What is projected from the log; see `projected`."""
