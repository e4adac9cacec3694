"""Who signed up for what in which hall, with the time of every stage, and who took places together."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text

from kiosk.bureau.columns import Instant
from kiosk.bureau.tables import metadata

_ID = String(64)

sign_up = Table(
    "sign_up",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("worker", _ID, ForeignKey("worker.id"), nullable=False, index=True),
    Column("station", String(8), nullable=False),
    Column("job", _ID, nullable=False),
    Column("job_version", Integer, nullable=False),
    Column("way", String(8), nullable=False),
    Column("queue_number", String(12), nullable=False),
    Column("hall_day", Date, nullable=False),
    Column("own_arrived_at", Instant, nullable=False),
    Column("own_kiosk", _ID, nullable=False),
    Column("own_sequence", Integer, nullable=False),
    Column("turn_arrived_at", Instant, nullable=False),
    Column("turn_kiosk", _ID, nullable=False),
    Column("turn_sequence", Integer, nullable=False),
    Column("turn_shift", Integer, nullable=False),
    Column("signed_at", Instant, nullable=False),
    Column("state", String(12), nullable=False),
    Column("calls", Integer, nullable=False),
    Column("spot", Text, nullable=False),
    Column("held_at", _ID, nullable=False),
    Column("called_at", Instant),
    Column("first_called_at", Instant),
    Column("answer_by", Instant),
    Column("talked_at", Instant),
    Column("agreed_at", Instant),
    Column("ended_at", Instant),
    Column("reason", Text, nullable=False),
    Column("placement", _ID),
    Column("team", _ID),
    Column("step", Integer, nullable=False),
)
Index("ix_sign_up_day", sign_up.c.station, sign_up.c.hall_day, sign_up.c.job)
team_place = Table(
    "team_place",
    metadata,
    Column("placement", _ID, ForeignKey("placement.id"), primary_key=True),
    Column("team", _ID, nullable=False, index=True),
    Column("nth", Integer, nullable=False),
    Column("size", Integer, nullable=False),
)
