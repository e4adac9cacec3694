"""Whom the door of a coach called, here and as the bureau tells."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Make room; nobody was called before."""
    op.add_column("rider", sa.Column("called_at", sa.BigInteger(), nullable=True))
    op.create_index("rider_by_call", "rider", ["called_at"], sqlite_where=sa.text("called_at IS NOT NULL"))
    op.create_table(
        "rider_call",
        sa.Column("trip", sa.String(), nullable=False),
        sa.Column("slip", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("trip", "slip", name=op.f("rider_call_key")),
        sqlite_with_rowid=False,
    )
