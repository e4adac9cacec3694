"""Erasures that people ask for at the kiosk, and what the bureau says law holds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table of wishes; erasures told before name no law."""
    op.create_table(
        "erasure_wish",
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("worker", "kind", name=op.f("erasure_wish_key")),
        sqlite_with_rowid=False,
    )
    op.add_column("erasure", sa.Column("law", sa.String(), nullable=False, server_default=""))
    op.add_column("erasure", sa.Column("held_until", sa.Date()))
