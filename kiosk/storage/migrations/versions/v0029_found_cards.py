"""Cards that were left behind."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0026"


def upgrade() -> None:
    """Make the table; none was kept before."""
    op.create_table(
        "found_card",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("lies", sa.String(), nullable=False),
        sa.Column("number_hash", sa.String(), nullable=False),
        sa.Column("found_at", sa.BigInteger(), nullable=False),
        sa.Column("handed_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('citizen', 'hmt_resident', 'foreign', 'driving', 'bank', 'other')",
            name=op.f("found_card_kind_known"),
        ),
        sa.CheckConstraint("lies IN ('drawer', 'safe', 'police')", name=op.f("found_card_lies_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("found_card_key")),
    )
    op.create_index(
        "found_card_waiting", "found_card", ["found_at"], sqlite_where=sa.text("handed_at IS NULL")
    )
