"""Who goes with a coach, told by the bureau, and doors that this device has closed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Make the tables; riders that an earlier version put aside unread are read again at the next round."""
    op.create_table(
        "rider",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("trip", sa.String(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("placement", sa.String(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("queue_number", sa.String(), nullable=False),
        sa.Column("education", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("rider_key")),
    )
    op.create_index("rider_by_trip", "rider", ["trip"])
    op.create_index("rider_by_worker", "rider", ["worker"])
    op.create_table(
        "closed_door",
        sa.Column("trip", sa.String(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("trip", name=op.f("closed_door_key")),
        sqlite_with_rowid=False,
    )
