"""When the money of a place is due, and what its worker said of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table; places taken before have no payday, and nobody is asked about them."""
    op.add_column("placement", sa.Column("pay_due_at", sa.String(length=27)))
    op.create_table(
        "pay_answer",
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("placement", sa.String(length=64), nullable=False),
        sa.Column("worker", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.Column("answered_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["placement"], ["placement.id"], name=op.f("fk_pay_answer_placement_placement")
        ),
        sa.ForeignKeyConstraint(["worker"], ["worker.id"], name=op.f("fk_pay_answer_worker_worker")),
        sa.PrimaryKeyConstraint("stream", "seq", name=op.f("pk_pay_answer")),
    )
    op.create_index("ix_pay_answer_placement", "pay_answer", ["placement"])
