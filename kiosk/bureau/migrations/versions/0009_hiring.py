"""Who signed up for what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kiosk.bureau.columns import Instant

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table; nobody signed up before."""
    op.create_table(
        "sign_up",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("worker", sa.String(length=64), nullable=False),
        sa.Column("station", sa.String(length=8), nullable=False),
        sa.Column("job", sa.String(length=64), nullable=False),
        sa.Column("job_version", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("queue_number", sa.String(length=12), nullable=False),
        sa.Column("hall_day", sa.Date(), nullable=False),
        sa.Column("own_arrived_at", Instant(length=27), nullable=False),
        sa.Column("own_kiosk", sa.String(length=64), nullable=False),
        sa.Column("own_sequence", sa.Integer(), nullable=False),
        sa.Column("turn_arrived_at", Instant(length=27), nullable=False),
        sa.Column("turn_kiosk", sa.String(length=64), nullable=False),
        sa.Column("turn_sequence", sa.Integer(), nullable=False),
        sa.Column("turn_shift", sa.Integer(), nullable=False),
        sa.Column("signed_at", Instant(length=27), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("spot", sa.Text(), nullable=False),
        sa.Column("held_at", sa.String(length=64), nullable=False),
        sa.Column("called_at", Instant(length=27), nullable=True),
        sa.Column("first_called_at", Instant(length=27), nullable=True),
        sa.Column("answer_by", Instant(length=27), nullable=True),
        sa.Column("talked_at", Instant(length=27), nullable=True),
        sa.Column("agreed_at", Instant(length=27), nullable=True),
        sa.Column("ended_at", Instant(length=27), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("placement", sa.String(length=64), nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["worker"], ["worker.id"], name=op.f("fk_sign_up_worker_worker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_up")),
    )
    op.create_index("ix_sign_up_worker", "sign_up", ["worker"])
    op.create_index("ix_sign_up_day", "sign_up", ["station", "hall_day", "job"])
