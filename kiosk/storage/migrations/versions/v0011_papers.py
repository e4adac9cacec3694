"""Small papers: tickets, receipts and passes on their way out of the printer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "paper",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("copy_no", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'printed', 'uncertain', 'void')", name=op.f("paper_state_known")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("paper_key")),
    )
    op.create_index("paper_by_worker", "paper", ["worker"], unique=False)
    op.create_index("paper_by_state", "paper", ["state", "changed_at"], unique=False)
