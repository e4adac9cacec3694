"""Whom the bureau trusts no more, and whom it has something to say to about itself."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, String, Table, Text

from kiosk.bureau.columns import Instant
from kiosk.bureau.tables import metadata

revoked_key = Table(
    "revoked_key",
    metadata,
    Column("public_key", String(64), primary_key=True),
    Column("kiosk", String(64), ForeignKey("kiosk.id"), nullable=False, index=True),
    Column("key_id", String(16), nullable=False),
    Column("profile", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("revoked_at", Instant, nullable=False),
)
"""Keys of machines that are kiosks no more; what they had written may still be handed in under them."""
kiosk_call = Table(
    "kiosk_call",
    metadata,
    Column("kiosk", String(64), ForeignKey("kiosk.id"), primary_key=True),
    Column("asks_key", Boolean, nullable=False),
    Column("asked_at", Instant, nullable=False),
)
"""Kiosks that shall ask how they are called by now; `asks_key`: and make themselves a new key."""
