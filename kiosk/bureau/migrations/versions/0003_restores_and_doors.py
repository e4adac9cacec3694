"""Restores that over-book nothing, write-offs by count, and the doors of coaches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import kiosk.bureau.columns

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make room for what a restore, a write-off and a door need to be remembered."""
    op.add_column("stream", sa.Column("backup_upto", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("stream", sa.Column("machine", sa.String(length=64), nullable=False, server_default=""))
    op.add_column("rights", sa.Column("counted", sa.Integer(), nullable=True))
    op.add_column("quota", sa.Column("dawn_percent", sa.Integer(), nullable=True))
    # Behind a restore a number may stand in two hands for a while, so it is no longer unique by itself.
    op.drop_index("uq_spent_number_held", "spent_number")
    op.create_index("ix_spent_number_number", "spent_number", ["quota", "number"])
    op.create_index("ix_placement_slip", "placement", ["slip"])
    op.execute("INSERT INTO meta (key, value) VALUES ('is_quarantined', '')")
    _restores()
    _doors()


def _restores() -> None:
    op.create_table(
        "machine_hello",
        sa.Column("kiosk", sa.String(length=64), nullable=False),
        sa.Column("machine", sa.String(length=64), nullable=False),
        sa.Column("hello", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("kiosk", "machine", name=op.f("pk_machine_hello")),
    )
    op.create_table(
        "report",
        sa.Column("kiosk", sa.String(length=64), nullable=False),
        sa.Column("machine", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("kiosk", "machine", name=op.f("pk_report")),
    )
    op.create_table(
        "lost_range",
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.String(length=64), nullable=False),
        sa.Column("noted_at", kiosk.bureau.columns.Instant(length=27), nullable=False),
        sa.ForeignKeyConstraint(["stream"], ["stream.id"], name=op.f("fk_lost_range_stream_stream")),
        sa.PrimaryKeyConstraint("stream", "first", name=op.f("pk_lost_range")),
    )
    op.create_table(
        "write_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("quota", sa.String(length=80), nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("at", kiosk.bureau.columns.Instant(length=27), nullable=False),
        sa.ForeignKeyConstraint(["stream"], ["stream.id"], name=op.f("fk_write_off_stream_stream")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_write_off")),
    )
    op.create_index("ix_write_off_stream", "write_off", ["stream"])


def _doors() -> None:
    op.create_table(
        "door",
        sa.Column("trip", sa.String(length=64), nullable=False),
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("unknown_aboard", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("trip", name=op.f("pk_door")),
    )
    op.create_table(
        "block",
        sa.Column("slip", sa.String(length=64), nullable=False),
        sa.Column("trip", sa.String(length=64), nullable=False),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.Column("is_settled", sa.Boolean(), nullable=False),
        sa.Column("is_freed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("slip", name=op.f("pk_block")),
    )
    op.create_index("ix_block_trip", "block", ["trip"])
    op.create_table(
        "boarded",
        sa.Column("slip", sa.String(length=64), nullable=False),
        sa.Column("trip", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("slip", name=op.f("pk_boarded")),
    )
    op.create_index("ix_boarded_trip", "boarded", ["trip"])
    op.create_table(
        "scanned_slip",
        sa.Column("slip", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("slip", name=op.f("pk_scanned_slip")),
    )
    op.create_table(
        "door_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trip", sa.String(length=64), nullable=False),
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("written_off", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("at", kiosk.bureau.columns.Instant(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_act")),
    )
