"""The tables of safety education: courses that came down, lessons begun here, records of classes held."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, Text

from kiosk.domain.class_records import ClassMode
from kiosk.storage.columns import Instant, one_of
from kiosk.storage.metadata import METADATA, fed_columns

course = Table(
    "course",
    METADATA,
    Column("id", String, primary_key=True),
    *fed_columns(),
    Column("body", Text, nullable=False),
)
lesson = Table(
    "lesson",
    METADATA,
    Column("worker", String, ForeignKey("worker.id", ondelete="CASCADE"), primary_key=True),
    Column("hazard_class", String, nullable=False),
    Column("course_version", Integer, nullable=False),
    Column("page", Integer, nullable=False),
    Column("answers", String, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("spent_s", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""`answers` has one sign an answer of the present try: 1 right, 0 wrong."""

class_record = Table(
    "class_record",
    METADATA,
    Column("worker", String, ForeignKey("worker.id", ondelete="CASCADE"), primary_key=True),
    Column("number", String, primary_key=True),
    Column("hazard_class", String, nullable=False),
    Column("course_version", Integer, nullable=False),
    Column("mode", String, nullable=False),
    Column("held_at", Instant, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("spent_min", Integer, nullable=False),
    Column("score_percent", Integer),
    Column("tries", Integer, nullable=False),
    Column("attendant", String, nullable=False),
    Column("signature", Text, nullable=False),
    one_of("mode", ClassMode),
    sqlite_with_rowid=False,
)
