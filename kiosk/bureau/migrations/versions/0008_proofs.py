"""Where the log tells of verified hardship and of grades of skill."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make room; what is proven stays sealed in the log."""
    op.create_table(
        "proof",
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["worker"], ["worker.id"], name=op.f("fk_proof_worker_worker")),
        sa.PrimaryKeyConstraint("stream", "seq", name=op.f("pk_proof")),
    )
    op.create_index(op.f("ix_proof_worker"), "proof", ["worker"], unique=False)
