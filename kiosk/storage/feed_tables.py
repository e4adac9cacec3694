"""The tables of what the bureau sent: the feed's rows by topic, and the board with its covering indexes."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from kiosk.domain.jobs import JobState
from kiosk.storage.columns import Instant, one_of
from kiosk.storage.metadata import METADATA, fed_columns

# --- what comes down -----------------------------------------------------------------------------

cursor = Table(
    "cursor",
    METADATA,
    Column("scope", String, primary_key=True),
    Column("feed_gen", String, nullable=False),
    Column("pos", Integer, nullable=False),
)
unread_row = Table(
    "unread_row",
    METADATA,
    Column("topic", String, primary_key=True),
    Column("id", String, primary_key=True),
    *fed_columns(),
    Column("body", Text, nullable=False),
)
parameter = Table(
    "parameter",
    METADATA,
    Column("id", String, primary_key=True),
    *fed_columns(),
    Column("key", String, nullable=False),
    Column("value", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("source", String, nullable=False),
    Column("effective_from", Date, nullable=False, index=True),
)
employer = Table(
    "employer",
    METADATA,
    Column("id", String, primary_key=True),
    *fed_columns(),
    Column("body", Text, nullable=False),
)
trip = Table(
    "trip",
    METADATA,
    Column("id", String, primary_key=True),
    *fed_columns(),
    Column("day", Date, nullable=False),
    Column("departs_at", String, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("door", String, nullable=False, server_default="", index=True),
)
Index("trip_by_day", trip.c.day, trip.c.departs_at)
capsule = Table(
    "capsule",
    METADATA,
    Column("id", String, primary_key=True),
    *fed_columns(),
    Column("sealed", Text, nullable=False),
)
slip_key = Table(
    "slip_key",
    METADATA,
    Column("id", String, primary_key=True),
    *fed_columns(),
    Column("kiosk", String, nullable=False),
    Column("station", String, nullable=False),
    Column("public_key", String, nullable=False),
    Column("last_day", Date),
)
rider = Table(
    "rider",
    METADATA,
    Column("id", String, primary_key=True),
    *fed_columns(),
    Column("trip", String, nullable=False, index=True),
    Column("seat", Integer, nullable=False),
    Column("placement", String, nullable=False),
    Column("worker", String, nullable=False, index=True),
    Column("job", String, nullable=False),
    Column("queue_number", String, nullable=False),
    Column("education", String),
    Column("called_at", Instant),
)
Index("rider_by_call", rider.c.called_at, sqlite_where=rider.c.called_at.is_not(None))
"""Who goes with a coach, whichever kiosk sold the seat; the id is the slip. Nobody is named."""

erasure = Table(
    "erasure",
    METADATA,
    Column("id", String, primary_key=True),
    *fed_columns(),
    Column("worker", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("void", Integer, nullable=False),
    Column("law", String, nullable=False, server_default=""),
    Column("held_until", Date),
    UniqueConstraint("worker", "kind"),
)

# --- the board -----------------------------------------------------------------------------------
# A wording is a title within a trade. Thousands of jobs share a few hundred wordings, so what a person
# types is looked up among those, and the jobs behind them by one range of a covering index each.

wording = Table(
    "wording",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("trade", String, nullable=False),
    Column("title", String, nullable=False),
    UniqueConstraint("trade", "title"),
)
search_term = Table(
    "search_term",
    METADATA,
    Column("term", String, primary_key=True),
    Column("wording", Integer, ForeignKey("wording.id"), primary_key=True),
    sqlite_with_rowid=False,
)
job = Table(
    "job",
    METADATA,
    Column("id", String, primary_key=True),
    *fed_columns(),
    Column("state", String, nullable=False),
    Column("station", String, nullable=False),
    Column("family", String, nullable=False),
    Column("trade", String, nullable=False),
    Column("wording", Integer, ForeignKey("wording.id"), nullable=False),
    Column("trip", String, index=True),
    Column("headcount", Integer, nullable=False),
    Column("pay_rank", Integer, nullable=False),
    Column("starts", Instant, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("valid_until", Instant, nullable=False),
    Column("is_same_day_pay", Boolean, nullable=False),
    Column("has_coach", Boolean, nullable=False),
    Column("open_places", Integer, nullable=False),
    Column("open_here", Integer, nullable=False),
    # Where the work is and what decides how it fits: see `kiosk.domain.traits`.
    Column("town", String, nullable=False),
    Column("travel_min", Integer, nullable=False),
    Column("traits", String, nullable=False),
    # Not a generated column: SQLite never reads one of those from a covering index alone.
    Column("is_open", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    one_of("state", JobState),
    CheckConstraint(
        "is_open = (state = 'published' AND (open_places > 0 OR open_here > 0))",
        name="open_when_it_can_be_taken",
    ),
)
_FILTERS = (job.c.trade, job.c.is_same_day_pay, job.c.has_coach, job.c.first_day, job.c.valid_until)
_BY_PAY = (job.c.pay_rank, job.c.starts, job.c.id)
_RANKED = (job.c.station, job.c.town, job.c.travel_min, job.c.traits)
# The one index that ranking reads from end to end, so that ties already stand in their order.
Index("board_by_pay", job.c.is_open, *_BY_PAY, job.c.family, *_FILTERS, *_RANKED)
Index("board_by_start", job.c.is_open, job.c.starts, job.c.pay_rank, job.c.id, job.c.family, *_FILTERS)
Index("board_by_family", job.c.is_open, job.c.family, *_BY_PAY, *_FILTERS, job.c.open_places, job.c.open_here)
Index("board_by_wording", job.c.is_open, job.c.wording, *_BY_PAY, job.c.family, *_FILTERS)
# Of ten thousand jobs a kiosk holds rights over a few dozen: an index of those alone, for the greeting.
Index(
    "board_takeable",
    job.c.is_open,
    *_BY_PAY,
    job.c.family,
    *_FILTERS,
    job.c.open_here,
    *_RANKED,
    sqlite_where=text("open_here > 0"),
)
# What is full stays findable, by when it begins: an index of those jobs alone, with all that a filter asks.
Index(
    "board_full",
    job.c.is_open,
    job.c.starts,
    job.c.pay_rank,
    job.c.id,
    job.c.family,
    *_FILTERS,
    *_RANKED,
    job.c.wording,
    job.c.trip,
    sqlite_where=text("is_open = 0 AND state = 'published'"),
)
