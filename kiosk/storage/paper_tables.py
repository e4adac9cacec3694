"""The table of small papers: tickets, receipts and passes on their way out of the printer."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from kiosk.domain.slips import SlipState
from kiosk.storage.columns import Instant, one_of
from kiosk.storage.metadata import METADATA

paper = Table(
    "paper",
    METADATA,
    Column("number", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("worker", String, nullable=False),
    Column("state", String, nullable=False),
    Column("copy_no", Integer, nullable=False),
    Column("document", Text, nullable=False),
    Column("token", String, nullable=False),
    Column("evidence", String, nullable=False),
    Column("changed_at", Instant, nullable=False),
    one_of("state", SlipState),
)
Index("paper_by_worker", paper.c.worker)
Index("paper_by_state", paper.c.state, paper.c.changed_at)
