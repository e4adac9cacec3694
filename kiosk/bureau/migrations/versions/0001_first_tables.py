"""The first tables: who may speak, the log, the bureau's own decisions, what is projected from the log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import kiosk.bureau.columns

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the log, the bureau's own state and what is projected from the log."""
    op.create_table(
        "capsule_due",
        sa.Column("worker", sa.String(length=64), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("worker", name=op.f("pk_capsule_due")),
    )
    op.create_table(
        "day_count",
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("hall_day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "hall_day", "kind", name=op.f("pk_day_count")),
    )
    op.create_table(
        "enrolment_code",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("station", sa.String(length=8), nullable=False),
        sa.Column("station_name", sa.Text(), nullable=False),
        sa.Column("kiosk_no", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(length=2), nullable=False),
        sa.Column("profile", sa.String(length=16), nullable=False),
        sa.Column("expires_at", kiosk.bureau.columns.Instant(length=27), nullable=False),
        sa.Column("used_by", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_enrolment_code")),
    )
    op.create_table(
        "help_call",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("station", sa.String(length=8), nullable=False),
        sa.Column("screen", sa.String(length=64), nullable=False),
        sa.Column("worker", sa.String(length=64), nullable=True),
        sa.Column("called_at", kiosk.bureau.columns.Instant(length=27), nullable=False),
        sa.Column("answered_at", kiosk.bureau.columns.Instant(length=27), nullable=True),
        sa.Column("actor", sa.String(length=64), nullable=True),
        sa.Column("waited_s", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_call")),
    )
    op.create_table(
        "job_post",
        sa.Column("job", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(length=8), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("posted_at", kiosk.bureau.columns.Instant(length=27), nullable=False),
        sa.PrimaryKeyConstraint("job", "version", name=op.f("pk_job_post")),
    )
    op.create_table(
        "kiosk",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("station", sa.String(length=8), nullable=False),
        sa.Column("station_name", sa.Text(), nullable=False),
        sa.Column("kiosk_no", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(length=2), nullable=False),
        sa.Column("profile", sa.String(length=16), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("public_key", sa.String(length=64), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("seen_at", kiosk.bureau.columns.Instant(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kiosk")),
        sa.UniqueConstraint("station", "kiosk_no", name=op.f("uq_kiosk_station_kiosk_no")),
    )
    op.create_table(
        "meta",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "notice",
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("stream", "seq", name=op.f("pk_notice")),
    )
    op.create_table(
        "quota",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("topic", sa.String(length=16), nullable=False),
        sa.Column("entity", sa.String(length=64), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("free", kiosk.bureau.columns.Numbers(), nullable=False),
        sa.Column("free_count", sa.Integer(), nullable=False),
        sa.Column("committed_count", sa.Integer(), nullable=False),
        sa.Column("over_count", sa.Integer(), nullable=False),
        sa.Column("held_count", sa.Integer(), nullable=False),
        sa.Column("was_spent", sa.Boolean(), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("closes_at", kiosk.bureau.columns.Instant(length=27), nullable=False),
        sa.CheckConstraint(
            "free_count + committed_count = capacity + over_count", name=op.f("ck_quota_conserved")
        ),
        sa.CheckConstraint("free_count >= 0 AND over_count >= 0", name=op.f("ck_quota_not_negative")),
        sa.CheckConstraint(
            "held_count >= 0 AND held_count <= committed_count", name=op.f("ck_quota_held_within_rights")
        ),
        sa.CheckConstraint("over_count = 0 OR free_count = 0", name=op.f("ck_quota_cut_takes_free_first")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota")),
    )
    op.create_table(
        "ruling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("sentence", sa.String(length=80), nullable=False),
        sa.Column("args", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=64), nullable=False),
        sa.Column("decided_at", kiosk.bureau.columns.Instant(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling")),
    )
    with op.batch_alter_table("ruling", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ruling_job"), ["job"], unique=False)

    op.create_table(
        "scope_head",
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("feed_gen", sa.String(length=64), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_scope_head")),
    )
    op.create_table(
        "staff_act",
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", kiosk.bureau.columns.Instant(length=27), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("act", sa.String(length=64), nullable=False),
        sa.Column("entity", sa.String(length=64), nullable=False),
        sa.Column("entity_id", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "seq", name=op.f("pk_staff_act")),
    )
    op.create_table(
        "worker",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("number_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.String(length=18), nullable=False),
        sa.Column("sex", sa.String(length=1), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("region", sa.String(length=6), nullable=False),
        sa.Column("notice_version", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=True),
        sa.Column("trades", sa.Text(), nullable=False),
        sa.Column("span", sa.String(length=12), nullable=True),
        sa.Column("first_seen", kiosk.bureau.columns.Instant(length=27), nullable=False),
        sa.Column("last_seen", kiosk.bureau.columns.Instant(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker")),
        sa.UniqueConstraint("number_hash", name=op.f("uq_worker_number_hash")),
    )
    op.create_table(
        "certificate",
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("number_tail", sa.String(length=16), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("review_by", sa.Date(), nullable=True),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["worker"], ["worker.id"], name=op.f("fk_certificate_worker_worker")),
        sa.PrimaryKeyConstraint("stream", "seq", name=op.f("pk_certificate")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_worker"), ["worker"], unique=False)

    op.create_table(
        "check_in",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("worker", sa.String(length=64), nullable=False),
        sa.Column("hall_day", sa.Date(), nullable=False),
        sa.Column("queue_number", sa.String(length=12), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("arrived_at", kiosk.bureau.columns.Instant(length=27), nullable=False),
        sa.Column("method", sa.String(length=12), nullable=False),
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["worker"], ["worker.id"], name=op.f("fk_check_in_worker_worker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("worker", "hall_day", name=op.f("uq_check_in_worker_hall_day")),
    )
    op.create_table(
        "class_held",
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=64), nullable=False),
        sa.Column("hazard_class", sa.String(length=32), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["worker"], ["worker.id"], name=op.f("fk_class_held_worker_worker")),
        sa.PrimaryKeyConstraint("stream", "seq", name=op.f("pk_class_held")),
    )
    with op.batch_alter_table("class_held", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_class_held_worker"), ["worker"], unique=False)

    op.create_table(
        "feed_row",
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("topic", sa.String(length=16), nullable=False),
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("is_deleted", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["scope"], ["scope_head.scope"], name=op.f("fk_feed_row_scope_scope_head")),
        sa.PrimaryKeyConstraint("scope", "topic", "id", name=op.f("pk_feed_row")),
        sa.UniqueConstraint("scope", "pos", name=op.f("uq_feed_row_scope_pos")),
    )
    op.create_table(
        "placement",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("worker", sa.String(length=64), nullable=False),
        sa.Column("job", sa.String(length=64), nullable=False),
        sa.Column("job_version", sa.Integer(), nullable=False),
        sa.Column("trip", sa.String(length=64), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("slip", sa.String(length=64), nullable=False),
        sa.Column("starts", kiosk.bureau.columns.Instant(length=27), nullable=False),
        sa.Column("ends", kiosk.bureau.columns.Instant(length=27), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("promise", sa.Text(), nullable=False),
        sa.Column("taken_at", kiosk.bureau.columns.Instant(length=27), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("overlaps", sa.String(length=64), nullable=True),
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["worker"], ["worker.id"], name=op.f("fk_placement_worker_worker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.UniqueConstraint("stream", "seq", name=op.f("uq_placement_stream_seq")),
    )
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_placement_job"), ["job"], unique=False)
        batch_op.create_index(batch_op.f("ix_placement_worker"), ["worker"], unique=False)

    op.create_table(
        "request_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kiosk", sa.String(length=64), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["kiosk"], ["kiosk.id"], name=op.f("fk_request_token_kiosk_kiosk")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_token")),
        sa.UniqueConstraint("kiosk", "token", name=op.f("uq_request_token_kiosk_token")),
    )
    op.create_table(
        "stream",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kiosk", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("acked", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.String(length=64), nullable=False),
        sa.Column("boot", sa.String(length=64), nullable=False),
        sa.Column("boottime_ms", sa.Integer(), nullable=False),
        sa.Column("cursors", sa.Text(), nullable=False),
        sa.Column("began_at", kiosk.bureau.columns.Instant(length=27), nullable=False),
        sa.CheckConstraint("state IN ('live', 'superseded', 'forked')", name=op.f("ck_stream_state")),
        sa.CheckConstraint("acked >= 0", name=op.f("ck_stream_acked")),
        sa.ForeignKeyConstraint(["kiosk"], ["kiosk.id"], name=op.f("fk_stream_kiosk_kiosk")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stream")),
    )
    op.create_table(
        "worker_alias",
        sa.Column("alias", sa.String(length=64), nullable=False),
        sa.Column("worker", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["worker"], ["worker.id"], name=op.f("fk_worker_alias_worker_worker")),
        sa.PrimaryKeyConstraint("alias", name=op.f("pk_worker_alias")),
    )
    op.create_table(
        "dead_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("received_at", kiosk.bureau.columns.Instant(length=27), nullable=False),
        sa.ForeignKeyConstraint(["stream"], ["stream.id"], name=op.f("fk_dead_letter_stream_stream")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dead_letter")),
        sa.UniqueConstraint("stream", "seq", "hash", name=op.f("uq_dead_letter_stream_seq_hash")),
    )
    op.create_table(
        "event",
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("v", sa.Integer(), nullable=False),
        sa.Column("at", kiosk.bureau.columns.Instant(length=27), nullable=False),
        sa.Column("boot", sa.String(length=64), nullable=False),
        sa.Column("boottime_ms", sa.Integer(), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("received_at", kiosk.bureau.columns.Instant(length=27), nullable=False),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_event_seq")),
        sa.ForeignKeyConstraint(["stream"], ["stream.id"], name=op.f("fk_event_stream_stream")),
        sa.PrimaryKeyConstraint("pos", name=op.f("pk_event")),
        sa.UniqueConstraint("stream", "seq", name=op.f("uq_event_stream_seq")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "rights",
        sa.Column("quota", sa.String(length=80), nullable=False),
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("granted", kiosk.bureau.columns.Numbers(), nullable=False),
        sa.Column("returned", kiosk.bureau.columns.Numbers(), nullable=False),
        sa.ForeignKeyConstraint(["quota"], ["quota.id"], name=op.f("fk_rights_quota_quota")),
        sa.ForeignKeyConstraint(["stream"], ["stream.id"], name=op.f("fk_rights_stream_stream")),
        sa.PrimaryKeyConstraint("quota", "stream", name=op.f("pk_rights")),
    )
    with op.batch_alter_table("rights", schema=None) as batch_op:
        batch_op.create_index("ix_rights_stream", ["stream"], unique=False)

    op.create_table(
        "slip",
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("placement", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("copy_no", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("changed_at", kiosk.bureau.columns.Instant(length=27), nullable=False),
        sa.ForeignKeyConstraint(["placement"], ["placement.id"], name=op.f("fk_slip_placement_placement")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_slip")),
    )
    op.create_table(
        "spent_number",
        sa.Column("placement", sa.String(length=64), nullable=False),
        sa.Column("quota", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_held", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["placement"], ["placement.id"], name=op.f("fk_spent_number_placement_placement")
        ),
        sa.ForeignKeyConstraint(["quota"], ["quota.id"], name=op.f("fk_spent_number_quota_quota")),
        sa.PrimaryKeyConstraint("placement", "quota", name=op.f("pk_spent_number")),
    )
    with op.batch_alter_table("spent_number", schema=None) as batch_op:
        batch_op.create_index(
            "uq_spent_number_held",
            ["quota", "number"],
            unique=True,
            sqlite_where=sa.text("is_held"),
            postgresql_where=sa.text("is_held"),
        )
