"""When the door of a coach called who was not aboard."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031b"
down_revision = "0031"


def upgrade() -> None:
    """Make the table; nobody was called before."""
    op.create_table(
        "rider_call",
        sa.Column("trip", sa.String(length=64), nullable=False),
        sa.Column("slip", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("trip", "slip", name=op.f("pk_rider_call")),
    )
