"""The tables of what happens here, told by subject: what people did, who they are, what they took.

Instants are microseconds since 1970 UTC; days are local days of the hall. `subject` of an entry is the
worker it speaks of, so that his words can be blanked later without reading every entry.

What a stream was given is kept in two parts that never share a number: `granted_right` is still in its hand,
spent or not, and `returned_right` went back to the bureau unspent. A stream that ends takes both along into
`orphan_right`. `floor_hash` is the hash of the entry at `prune_floor`, which may be gone.
"""

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
    false,
    text,
)

from kiosk.domain.placements import PlacementState
from kiosk.domain.slips import SlipKind
from kiosk.messages.events import FIRST_HASH
from kiosk.storage.columns import Instant, one_of
from kiosk.storage.metadata import METADATA, fed_columns
from kiosk.storage.print_journals import document_columns


def _one_row() -> Column[int]:
    return Column("only", Integer, primary_key=True)


def _is_one_row() -> CheckConstraint:
    return CheckConstraint("only = 1", name="one_row")


def _entry_columns() -> tuple[Column[object], ...]:
    return (
        Column("type", String, nullable=False),
        Column("v", Integer, nullable=False),
        Column("at", Instant, nullable=False),
        Column("boot", String, nullable=False),
        Column("boottime_ms", Integer, nullable=False),
        Column("prev_hash", String, nullable=False),
        Column("hash", String, nullable=False),
        Column("body", Text, nullable=False),
        Column("subject", String),
    )


# --- the journal and its streams -----------------------------------------------------------------

current_stream = Table(
    "current_stream",
    METADATA,
    _one_row(),
    _is_one_row(),
    Column("stream", String, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("generation", String, nullable=False),
    Column("head", Integer, nullable=False),
    Column("head_hash", String, nullable=False),
    Column("acked", Integer, nullable=False),
    Column("prune_ok", Integer, nullable=False),
    Column("prune_floor", Integer, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("floor_hash", String, nullable=False, server_default=FIRST_HASH),
    CheckConstraint("0 <= prune_floor AND prune_floor <= acked AND acked <= head", name="in_order"),
)
journal = Table(
    "journal",
    METADATA,
    Column("seq", Integer, primary_key=True),
    *_entry_columns(),
    CheckConstraint("seq >= 1", name="counted_from_one"),
)
Index("journal_by_subject", journal.c.subject, journal.c.seq, sqlite_where=text("subject IS NOT NULL"))
orphan_stream = Table(
    "orphan_stream",
    METADATA,
    Column("stream", String, primary_key=True),
    Column("head", Integer, nullable=False),
    Column("acked", Integer, nullable=False),
    Column("prune_floor", Integer, nullable=False),
    Column("closed_at", Instant, nullable=False),
    Column("prune_ok", Integer, nullable=False, server_default=text("0")),
    Column("floor_hash", String, nullable=False, server_default=FIRST_HASH),
    CheckConstraint("prune_floor <= acked AND acked <= head", name="in_order"),
)
orphan_entry = Table(
    "orphan_entry",
    METADATA,
    Column("stream", String, ForeignKey("orphan_stream.stream"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    *_entry_columns(),
    sqlite_with_rowid=False,
)
Index(
    "orphan_entry_by_subject",
    orphan_entry.c.subject,
    sqlite_where=text("subject IS NOT NULL"),
)
counter = Table(
    "counter",
    METADATA,
    Column("name", String, primary_key=True),
    Column("value", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# --- people --------------------------------------------------------------------------------------

worker = Table(
    "worker",
    METADATA,
    Column("id", String, primary_key=True),
    Column("number_hash", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("name", String, nullable=False),
    Column("number", String, nullable=False),
    Column("number_tail", String, nullable=False, index=True),
    Column("sex", String, nullable=False),
    Column("birth_date", Date),
    Column("region", String, nullable=False),
    Column("notice_version", Integer, nullable=False),
    Column("phone", String),
    Column("trades", Text, nullable=False),
    Column("span", String),
    Column("first_seen", Instant, nullable=False),
    Column("is_spelled", Boolean, nullable=False, server_default=false()),
)
Index("worker_unspelled", worker.c.id, sqlite_where=text("is_spelled = 0"))
worker_key = Table(
    "worker_key",
    METADATA,
    Column("worker", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("secret", String, nullable=False),
    sqlite_with_rowid=False,
)
erasure_wish = Table(
    "erasure_wish",
    METADATA,
    Column("worker", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("asked_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
held_certificate = Table(
    "held_certificate",
    METADATA,
    Column("worker", String, ForeignKey("worker.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("number_tail", String, primary_key=True),
    Column("valid_until", Date),
    Column("review_by", Date),
    sqlite_with_rowid=False,
)
held_education = Table(
    "held_education",
    METADATA,
    Column("worker", String, ForeignKey("worker.id", ondelete="CASCADE"), primary_key=True),
    Column("hazard_class", String, primary_key=True),
    Column("held_on", Date, primary_key=True),
    Column("valid_until", Date, nullable=False),
    sqlite_with_rowid=False,
)
check_in = Table(
    "check_in",
    METADATA,
    Column("id", String, primary_key=True),
    Column("worker", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("arrived_at", Instant, nullable=False),
    Column("kiosk", String, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("queue_number", String, nullable=False),
    Column("method", String, nullable=False),
    UniqueConstraint("worker", "day"),
    UniqueConstraint("day", "kiosk", "sequence"),
)
day_count = Table(
    "day_count",
    METADATA,
    Column("day", Date, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("total", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# --- numbers, placements, slips ------------------------------------------------------------------

quota = Table(
    "quota",
    METADATA,
    Column("id", String, primary_key=True),
    Column("open_at_bureau", Integer),
    Column("here", Integer, nullable=False),
    CheckConstraint("here >= 0", name="never_overspent"),
    sqlite_with_rowid=False,
)
right = Table(
    "granted_right",
    METADATA,
    Column("quota", String, ForeignKey("quota.id"), primary_key=True),
    Column("first", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
    CheckConstraint("1 <= first AND first <= last", name="a_range"),
    sqlite_with_rowid=False,
)
returned_right = Table(
    "returned_right",
    METADATA,
    Column("quota", String, ForeignKey("quota.id"), primary_key=True),
    Column("first", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
    CheckConstraint("1 <= first AND first <= last", name="a_range"),
    sqlite_with_rowid=False,
)
orphan_right = Table(
    "orphan_right",
    METADATA,
    Column("stream", String, ForeignKey("orphan_stream.stream"), primary_key=True),
    Column("quota", String, primary_key=True),
    Column("first", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
    Column("is_returned", Boolean, nullable=False),
    CheckConstraint("1 <= first AND first <= last", name="a_range"),
    sqlite_with_rowid=False,
)
spent_number = Table(
    "spent_number",
    METADATA,
    Column("quota", String, ForeignKey("quota.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column(
        "placement",
        String,
        ForeignKey("placement.id", deferrable=True, initially="DEFERRED"),
        nullable=False,
        index=True,
    ),
    Column("is_given_back", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
placement = Table(
    "placement",
    METADATA,
    Column("id", String, primary_key=True),
    Column("worker", String, nullable=False),
    Column("job", String, nullable=False),
    Column("job_version", Integer, nullable=False),
    Column("trip", String),
    Column("kind", String, nullable=False),
    Column("slip", String, nullable=False, unique=True),
    Column("title", String, nullable=False),
    Column("starts", Instant, nullable=False),
    Column("ends", Instant, nullable=False),
    Column("taken_at", Instant, nullable=False),
    Column("taken_on", Date, nullable=False, index=True),
    Column("state", String, nullable=False),
    Column("pay_due_at", Instant),
    one_of("kind", SlipKind),
    one_of("state", PlacementState),
    CheckConstraint("starts < ends", name="takes_time"),
)
Index("placement_by_worker", placement.c.worker, placement.c.ends)
slip = Table(
    "slip",
    METADATA,
    Column("number", String, primary_key=True),
    Column(
        "placement",
        String,
        ForeignKey("placement.id", deferrable=True, initially="DEFERRED"),
        nullable=False,
        index=True,
    ),
    *document_columns(),
    Column("cuts_before", Integer),
    Column("cuts_after", Integer),
)
Index("slip_by_state", slip.c.state, slip.c.changed_at)

# --- the desk ------------------------------------------------------------------------------------

staff_member = Table(
    "staff_member",
    METADATA,
    Column("id", String, primary_key=True),
    *fed_columns(),
    Column("name", String, nullable=False),
    Column("role", String, nullable=False),
    Column("pin_hash", String, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("valid_until", Date),
    Column("badge_serial", Integer),
)
help_call = Table(
    "help_call",
    METADATA,
    Column("id", String, primary_key=True),
    Column("screen", String, nullable=False),
    Column("worker", String),
    Column("called_at", Instant, nullable=False),
    Column("answered_at", Instant),
)
Index("help_call_waiting", help_call.c.called_at, sqlite_where=text("answered_at IS NULL"))
refused_entry = Table(
    "refused_entry",
    METADATA,
    Column("stream", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("type", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("refused_at", Instant, nullable=False),
    Column("settled_at", Instant),
    Column("settled_by", String),
    Column("newest_reason", String),
    Column("newest_at", Instant),
)
Index("refused_entry_open", refused_entry.c.refused_at, sqlite_where=text("settled_at IS NULL"))
audit_line = Table(
    "audit_line",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor", String, nullable=False),
    Column("act", String, nullable=False),
    Column("entity", String, nullable=False),
    Column("entity_id", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("prev_hash", String, nullable=False),
    Column("hash", String, nullable=False),
    Column("second", String, nullable=False, server_default=""),
)
posted_job = Table(
    "posted_job",
    METADATA,
    Column("id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("posted_at", Instant, nullable=False),
)
setting = Table(
    "setting",
    METADATA,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)
sync_round = Table(
    "sync_round",
    METADATA,
    _one_row(),
    _is_one_row(),
    Column("attempted_at", Instant, nullable=False),
    Column("last_success_at", Instant),
    Column("next_try_at", Instant),
    Column("server_time", Instant),
    Column("problem", String, nullable=False),
)
