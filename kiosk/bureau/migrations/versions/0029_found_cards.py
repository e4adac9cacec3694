"""Cards that were left behind in halls."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0019"


def upgrade() -> None:
    """Make the table; none was told before."""
    op.create_table(
        "found_card",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("station", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("lies", sa.String(length=12), nullable=False),
        sa.Column("found_at", sa.String(length=27), nullable=False),
        sa.Column("found_by", sa.String(length=64), nullable=False),
        sa.Column("handed_at", sa.String(length=27), nullable=True),
        sa.Column("handed_by", sa.String(length=64), nullable=False),
        sa.Column("proof", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_found_card")),
    )
