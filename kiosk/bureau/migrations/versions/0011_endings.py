"""What is over leaves the feed: its last words are kept, and tombstones end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make room; the first sweep finds what is over by now."""
    op.create_table(
        "kept_body",
        sa.Column("topic", sa.String(length=16), nullable=False),
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("over_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("topic", "id", name=op.f("pk_kept_body")),
    )
    op.add_column("scope_head", sa.Column("floor", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("feed_row", sa.Column("gone_on", sa.Date()))
