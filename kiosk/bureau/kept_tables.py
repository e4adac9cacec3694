"""What was said of things that are over: no kiosk is told it any more, and the bureau's own lists need it."""

from __future__ import annotations

from sqlalchemy import Column, Date, String, Table, Text

from kiosk.bureau.tables import metadata

kept_body = Table(
    "kept_body",
    metadata,
    Column("topic", String(16), primary_key=True),
    Column("id", String(128), primary_key=True),
    Column("scope", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("over_on", Date, nullable=False),
)
"""The last words about a job or coach, and the day on which the feed forgot it."""
