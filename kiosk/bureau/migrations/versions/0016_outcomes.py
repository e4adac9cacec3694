"""Return parts of slips, and arrivals that somebody told a desk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Make the tables; nothing was told before."""
    op.create_table(
        "returned_part",
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("slip", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("placement", sa.String(length=64), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("why", sa.String(length=12), nullable=False),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("arrived_time", sa.Time(), nullable=True),
        sa.Column("pay_fen", sa.BigInteger(), nullable=True),
        sa.Column("is_keyed", sa.Boolean(), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("read_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["placement"], ["placement.id"], name=op.f("fk_returned_part_placement_placement")
        ),
        sa.PrimaryKeyConstraint("stream", "seq", name=op.f("pk_returned_part")),
    )
    op.create_table(
        "arrival",
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("placement", sa.String(length=64), nullable=False),
        sa.Column("witness", sa.String(length=12), nullable=False),
        sa.Column("arrived_at", sa.String(length=27), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["placement"], ["placement.id"], name=op.f("fk_arrival_placement_placement")),
        sa.PrimaryKeyConstraint("stream", "seq", name=op.f("pk_arrival")),
    )
    op.create_index("ix_returned_part_slip", "returned_part", ["slip"])
    op.create_index("ix_returned_part_placement", "returned_part", ["placement"])
    op.create_index("ix_arrival_placement", "arrival", ["placement"])
