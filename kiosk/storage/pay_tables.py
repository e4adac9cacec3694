"""The table of what workers said about their money, here, of places taken at whichever kiosk."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from kiosk.domain.paydays import PayAnswer
from kiosk.storage.columns import Instant, one_of
from kiosk.storage.metadata import METADATA

pay_answer = Table(
    "pay_answer",
    METADATA,
    Column("placement", String, primary_key=True),
    Column("answer", String, nullable=False),
    Column("answered_at", Instant, nullable=False, index=True),
    one_of("answer", PayAnswer),
    sqlite_with_rowid=False,
)
