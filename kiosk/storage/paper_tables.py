"""The table of small papers: tickets, receipts and passes on their way out of the printer."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table

from kiosk.storage.metadata import METADATA
from kiosk.storage.print_journals import document_columns

paper = Table(
    "paper",
    METADATA,
    Column("number", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("worker", String, nullable=False),
    *document_columns(),
)
Index("paper_by_worker", paper.c.worker)
Index("paper_by_state", paper.c.state, paper.c.changed_at)
