"""People may restrict the use of what their consent allowed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make room; nobody restricted anything before."""
    op.create_table(
        "restriction",
        sa.Column("worker", sa.String(length=64), nullable=False),
        sa.Column("is_restricted", sa.Boolean(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["worker"], ["worker.id"], name=op.f("fk_restriction_worker_worker")),
        sa.PrimaryKeyConstraint("worker", name=op.f("pk_restriction")),
    )
