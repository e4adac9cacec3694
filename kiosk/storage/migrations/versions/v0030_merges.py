"""Registrations that are one person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

_STANDS = sa.text("is_undone = 0")


def upgrade() -> None:
    """Make the table; nobody was merged before."""
    op.create_table(
        "merge",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("kept", sa.String(), nullable=False),
        sa.Column("joined", sa.String(), nullable=False),
        sa.Column("merged_at", sa.BigInteger(), nullable=False),
        sa.Column("is_undone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("merge_key")),
    )
    op.create_index("merge_by_kept", "merge", ["kept"], sqlite_where=_STANDS)
    op.create_index("merge_by_joined", "merge", ["joined"], sqlite_where=_STANDS)
