"""What workers said about the money of their places, entry by entry, projected from the log."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from kiosk.bureau.columns import Instant
from kiosk.bureau.tables import metadata

_ID = String(64)

pay_answer = Table(
    "pay_answer",
    metadata,
    Column("stream", _ID, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("placement", _ID, ForeignKey("placement.id"), nullable=False, index=True),
    Column("worker", _ID, ForeignKey("worker.id"), nullable=False),
    Column("answer", String(12), nullable=False),
    Column("answered_at", Instant, nullable=False),
)
