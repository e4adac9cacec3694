"""Return parts of slips that were read, and ways to find whose outcome nobody has told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Make the table; no part was read before."""
    op.create_table(
        "returned_part",
        sa.Column("slip", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("placement", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("arrived_time", sa.Time(), nullable=True),
        sa.Column("pay_fen", sa.BigInteger(), nullable=True),
        sa.Column("is_keyed", sa.Boolean(), nullable=False),
        sa.Column("read_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("outcome IN ('hired', 'not_hired')", name=op.f("returned_part_outcome_known")),
        sa.PrimaryKeyConstraint("slip", "day", name=op.f("returned_part_key")),
        sqlite_with_rowid=False,
    )
    op.create_index("returned_part_by_read_at", "returned_part", ["read_at"])
    op.create_index("placement_by_kind", "placement", ["kind", "taken_on"])
    op.create_index("placement_by_start", "placement", ["starts"])
