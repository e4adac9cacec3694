"""The table of return parts that were read here, of slips of whichever kiosk."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, String, Table, Time

from kiosk.domain.outcomes import Outcome
from kiosk.storage.columns import Instant, one_of
from kiosk.storage.metadata import METADATA
from kiosk.storage.tables import placement

returned_part = Table(
    "returned_part",
    METADATA,
    Column("slip", String, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("placement", String),
    Column("outcome", String, nullable=False),
    Column("why", String, nullable=False),
    Column("arrived_on", Date),
    Column("arrived_time", Time),
    Column("pay_fen", BigInteger),
    Column("is_keyed", Boolean, nullable=False),
    Column("read_at", Instant, nullable=False, index=True),
    one_of("outcome", Outcome),
    sqlite_with_rowid=False,
)
Index("placement_by_kind", placement.c.kind, placement.c.taken_on)
Index("placement_by_start", placement.c.starts)
