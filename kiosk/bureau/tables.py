"""The bureau's tables: the log of the halls, what is projected from it, rights, and the feed that goes down.

| group | tables | written by |
| --- | --- | --- |
| who | meta, enrolment_code, kiosk, request_token | init, enrolment, each request |
| log | stream, event, log_head, dead_letter, notice | a round of sync, append only |
| authority | quota, rights, ruling, scope_head, feed_row, capsule_due | the bureau's own decisions |
| projected | worker … job_post | projections, and rebuilt from the log at will |

More groups stand in modules of their own: `restore_tables`, `trust_tables`, `door_tables`, `kept_tables`, and
those that are projected too: `pay_tables`, `proof_tables`, `hiring_tables`, `restriction_tables`,
`duty_tables`, `trip_tables` and `desk_tables`.

Nothing here names or describes anybody: a person's rows tell where in the log that stands, sealed, and the
keys lie in a file of their own (`key_stores`). `number_hash` is an HMAC, or `unread:…` where no key is left.
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
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from kiosk.bureau.columns import Instant, Numbers

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_ID = String(64)
_KEY = String(80)

meta = Table("meta", metadata, Column("key", _ID, primary_key=True), Column("value", Text, nullable=False))

# --- who may speak ------------------------------------------------------------------------------

enrolment_code = Table(
    "enrolment_code",
    metadata,
    Column("code_hash", _ID, primary_key=True),
    Column("station", String(8), nullable=False),
    Column("station_name", Text, nullable=False),
    Column("kiosk_no", Integer, nullable=False),
    Column("letter", String(2), nullable=False),
    Column("profile", String(16), nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_by", _ID),
)
kiosk = Table(
    "kiosk",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("station", String(8), nullable=False),
    Column("station_name", Text, nullable=False),
    Column("kiosk_no", Integer, nullable=False),
    Column("letter", String(2), nullable=False),
    Column("profile", String(16), nullable=False),
    Column("key_id", String(16), nullable=False),
    Column("public_key", _ID, nullable=False),
    Column("device", Text, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("here_since", Instant),
    Column("waits", Text, nullable=False, server_default=""),
    UniqueConstraint("station", "kiosk_no"),
)
"""`here_since`, `waits` (people by quota, as JSON): what servers of one database tell others (`crowds`)."""

hall_district = Table(
    "hall_district",
    metadata,
    Column("station", String(8), primary_key=True),
    Column("district", String(12), nullable=False),
)
"""Where a bureau has many districts, the one each hall lies in; see `districts`."""

request_token = Table(
    "request_token",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kiosk", _ID, ForeignKey("kiosk.id"), nullable=False),
    Column("token", _ID, nullable=False),
    UniqueConstraint("kiosk", "token"),
)

# --- the log ------------------------------------------------------------------------------------

stream = Table(
    "stream",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("kiosk", _ID, ForeignKey("kiosk.id"), nullable=False),
    Column("machine", _ID, nullable=False, server_default=""),
    Column("state", String(12), nullable=False),
    Column("acked", Integer, nullable=False),
    Column("head_hash", _ID, nullable=False),
    Column("boot", _ID, nullable=False),
    Column("boottime_ms", Integer, nullable=False),
    Column("cursors", Text, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("backup_upto", Integer, nullable=False, server_default="0"),
    CheckConstraint("acked >= 0", name="acked"),
    CheckConstraint("state IN ('live', 'superseded', 'forked')", name="state"),
    Index("ix_stream_kiosk", "kiosk"),
)
event = Table(
    "event",
    metadata,
    Column("pos", Integer, primary_key=True),
    Column("stream", _ID, ForeignKey("stream.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("type", _ID, nullable=False),
    Column("v", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("boot", _ID, nullable=False),
    Column("boottime_ms", Integer, nullable=False),
    Column("prev_hash", _ID, nullable=False),
    Column("hash", _ID, nullable=False),
    Column("body", Text, nullable=False),
    Column("received_at", Instant, nullable=False),
    UniqueConstraint("stream", "seq"),
    CheckConstraint("seq >= 1", name="seq"),
    sqlite_autoincrement=True,
)
log_head = Table(
    "log_head",
    metadata,
    Column("station", String(8), primary_key=True),
    Column("pos", Integer, nullable=False),
)
dead_letter = Table(
    "dead_letter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("stream", _ID, ForeignKey("stream.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("hash", _ID, nullable=False),
    Column("reason", _KEY, nullable=False),
    Column("raw", Text, nullable=False),
    Column("received_at", Instant, nullable=False),
    UniqueConstraint("stream", "seq", "hash"),
)

# --- the bureau's own decisions -----------------------------------------------------------------

quota = Table(
    "quota",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("scope", _ID, nullable=False),
    Column("topic", String(16), nullable=False),
    Column("entity", _ID, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("free", Numbers, nullable=False),
    Column("free_count", Integer, nullable=False),
    Column("committed_count", Integer, nullable=False),
    Column("over_count", Integer, nullable=False),
    Column("held_count", Integer, nullable=False),
    Column("was_spent", Boolean, nullable=False),
    Column("is_closed", Boolean, nullable=False),
    Column("closes_at", Instant, nullable=False),
    Column("dawn_percent", Integer),
    Index("ix_quota_scope_closes_at", "scope", "closes_at"),
    CheckConstraint("free_count >= 0 AND over_count >= 0", name="not_negative"),
    CheckConstraint("free_count + committed_count = capacity + over_count", name="conserved"),
    CheckConstraint("over_count = 0 OR free_count = 0", name="cut_takes_free_first"),
    CheckConstraint("held_count >= 0 AND held_count <= committed_count", name="held_within_rights"),
)
rights = Table(
    "rights",
    metadata,
    Column("quota", _KEY, ForeignKey("quota.id"), primary_key=True),
    Column("stream", _ID, ForeignKey("stream.id"), primary_key=True),
    Column("granted", Numbers, nullable=False),
    Column("returned", Numbers, nullable=False),
    Column("counted", Integer),
    Index("ix_rights_stream", "stream"),
)
ruling = Table(
    "ruling",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("job", _ID, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("sentence", _KEY, nullable=False),
    Column("args", Text, nullable=False),
    Column("decided_by", _ID, nullable=False),
    Column("decided_at", Instant, nullable=False),
)
scope_head = Table(
    "scope_head",
    metadata,
    Column("scope", _ID, primary_key=True),
    Column("feed_gen", _ID, nullable=False),
    Column("pos", Integer, nullable=False),
    Column("floor", Integer, nullable=False, server_default="0"),
)
feed_row = Table(
    "feed_row",
    metadata,
    Column("scope", _ID, ForeignKey("scope_head.scope"), primary_key=True),
    Column("topic", String(16), primary_key=True),
    Column("id", String(128), primary_key=True),
    Column("pos", Integer, nullable=False),
    Column("is_deleted", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    Column("gone_on", Date),
    UniqueConstraint("scope", "pos"),
    Index("ix_feed_row_id", "id"),
)
capsule_due = Table(
    "capsule_due",
    metadata,
    Column("worker", _ID, primary_key=True),
    Column("mark", Integer, nullable=False),
)

# --- projected from the log ---------------------------------------------------------------------

worker = Table(
    "worker",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("number_hash", _ID, nullable=False, unique=True),
    Column("notice_version", Integer, nullable=False),
    Column("identity_stream", _ID, nullable=False, server_default=""),
    Column("identity_seq", Integer, nullable=False, server_default="0"),
    Column("correction_stream", _ID, nullable=False, server_default=""),
    Column("correction_seq", Integer, nullable=False, server_default="0"),
    Column("answers_stream", _ID, nullable=False, server_default=""),
    Column("answers_seq", Integer, nullable=False, server_default="0"),
    Column("first_seen", Instant, nullable=False),
    Column("last_seen", Instant, nullable=False),
)
worker_alias = Table(
    "worker_alias",
    metadata,
    Column("alias", _ID, primary_key=True),
    Column("worker", _ID, ForeignKey("worker.id"), nullable=False),
)
seen_in_hall = Table(
    "seen_in_hall",
    metadata,
    Column("worker", _ID, ForeignKey("worker.id"), primary_key=True),
    Column("station", String(8), primary_key=True),
    Column("last_seen", Instant, nullable=False),
    Index("ix_seen_in_hall_station", "station", "last_seen"),
)
check_in = Table(
    "check_in",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("worker", _ID, ForeignKey("worker.id"), nullable=False),
    Column("hall_day", Date, nullable=False),
    Column("queue_number", String(12), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("arrived_at", Instant, nullable=False),
    Column("method", String(12), nullable=False),
    Column("stream", _ID, nullable=False),
    UniqueConstraint("worker", "hall_day"),
)
placement = Table(
    "placement",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("worker", _ID, ForeignKey("worker.id"), nullable=False, index=True),
    Column("job", _ID, nullable=False, index=True),
    Column("job_version", Integer, nullable=False),
    Column("trip", _ID),
    Column("kind", String(12), nullable=False),
    Column("slip", _ID, nullable=False, index=True),
    Column("starts", Instant, nullable=False),
    Column("ends", Instant, nullable=False),
    Column("title", Text, nullable=False),
    Column("promise", Text, nullable=False),
    Column("taken_at", Instant, nullable=False),
    Column("state", String(12), nullable=False),
    Column("reason", Text, nullable=False),
    Column("overlaps", _ID),
    Column("stream", _ID, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("pay_due_at", Instant),
    UniqueConstraint("stream", "seq"),
)
spent_number = Table(
    "spent_number",
    metadata,
    Column("placement", _ID, ForeignKey("placement.id"), primary_key=True),
    Column("quota", _KEY, ForeignKey("quota.id"), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("is_held", Boolean, nullable=False),
)
Index("ix_spent_number_number", spent_number.c.quota, spent_number.c.number)
slip = Table(
    "slip",
    metadata,
    Column("number", _ID, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("placement", _ID, ForeignKey("placement.id"), nullable=False, index=True),
    Column("state", String(12), nullable=False),
    Column("copy_no", Integer, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor", _ID, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
certificate = Table(
    "certificate",
    metadata,
    Column("stream", _ID, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("worker", _ID, ForeignKey("worker.id"), nullable=False, index=True),
    Column("actor", _ID, nullable=False),
)
class_held = Table(
    "class_held",
    metadata,
    Column("stream", _ID, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("worker", _ID, ForeignKey("worker.id"), nullable=False, index=True),
    Column("hazard_class", String(32), nullable=False),
    Column("held_on", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("actor", _ID, nullable=False),
    Column("record", _ID, nullable=False, server_default=""),
    Column("course_version", Integer, nullable=False, server_default="0"),
    Column("mode", String(12), nullable=False, server_default="taught"),
    Column("score_percent", Integer),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("spent_min", Integer, nullable=False, server_default="0"),
)
job_post = Table(
    "job_post",
    metadata,
    Column("job", _ID, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("station", String(8), nullable=False),
    Column("actor", _ID, nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("posted_at", Instant, nullable=False),
)
notice = Table(
    "notice",
    metadata,
    Column("stream", _ID, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("reason", _KEY, nullable=False),
)

PROJECTED = (
    notice,
    job_post,
    class_held,
    certificate,
    slip,
    spent_number,
    placement,
    check_in,
    seen_in_hall,
    worker_alias,
    worker,
)
"""The projected tables of this module, in an order that foreign keys allow; see `projected`."""
