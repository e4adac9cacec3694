"""Whose hardship and skills attendants saw papers of; what they are stands sealed in the log."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from kiosk.bureau.tables import metadata

_ID = String(64)

proof = Table(
    "proof",
    metadata,
    Column("stream", _ID, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("worker", _ID, ForeignKey("worker.id"), nullable=False, index=True),
    Column("actor", _ID, nullable=False),
)
