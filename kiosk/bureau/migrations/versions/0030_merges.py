"""Registrations that are one person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Make the table; nobody was merged before."""
    op.create_table(
        "merge",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kept", sa.String(length=64), nullable=False),
        sa.Column("joined", sa.String(length=64), nullable=False),
        sa.Column("merged_at", sa.String(length=27), nullable=False),
        sa.Column("merged_by", sa.String(length=64), nullable=False),
        sa.Column("is_undone", sa.Boolean(), nullable=False),
        sa.Column("undone_by", sa.String(length=64), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
    )
    op.create_index(op.f("ix_merge_joined"), "merge", ["joined"])
    op.create_index(op.f("ix_merge_kept"), "merge", ["kept"])
