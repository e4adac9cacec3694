"""When the money of a place is due, and what its worker said of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table; places taken before have no payday, and nobody is asked about them."""
    op.add_column("placement", sa.Column("pay_due_at", sa.BigInteger()))
    op.create_table(
        "pay_answer",
        sa.Column("placement", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("answer IN ('full', 'partial', 'none')", name=op.f("pay_answer_answer_known")),
        sa.PrimaryKeyConstraint("placement", name=op.f("pay_answer_key")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("pay_answer_by_answered_at"), "pay_answer", ["answered_at"])
