"""The tables of what somebody proved with a paper: grades of skill, hardship, and doubts the desk settled."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table

from kiosk.storage.metadata import METADATA

held_skill = Table(
    "held_skill",
    METADATA,
    Column("worker", String, ForeignKey("worker.id", ondelete="CASCADE"), primary_key=True),
    Column("trade", String, primary_key=True),
    Column("grade", String, nullable=False),
    sqlite_with_rowid=False,
)
held_hardship = Table(
    "held_hardship",
    METADATA,
    Column("worker", String, ForeignKey("worker.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("valid_until", Date),
    sqlite_with_rowid=False,
)
released_review = Table(
    "released_review",
    METADATA,
    Column("worker", String, ForeignKey("worker.id", ondelete="CASCADE"), primary_key=True),
    Column("job", String, primary_key=True),
    Column("job_version", Integer, primary_key=True),
    Column("rule", String, primary_key=True),
    sqlite_with_rowid=False,
)
