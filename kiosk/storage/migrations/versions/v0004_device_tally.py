"""What has come one after another at each device, so that a restart does not begin to count anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table of counts."""
    op.create_table(
        "device_tally",
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("uncertain", sa.Integer(), nullable=False),
        sa.Column("jams", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "device IN ('reader', 'scanner', 'printer')", name=op.f("device_tally_device_known")
        ),
        sa.PrimaryKeyConstraint("device", name=op.f("device_tally_key")),
        sqlite_with_rowid=False,
    )
