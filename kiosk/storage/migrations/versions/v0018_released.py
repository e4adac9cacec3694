"""Which doubts of the rules two people of the desk settled, of whom, for which version of a job."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Make the table; nothing was settled before."""
    op.create_table(
        "released_review",
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("job_version", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["worker"], ["worker.id"], name=op.f("released_review_of_worker"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("worker", "job", "job_version", "rule", name=op.f("released_review_key")),
        sqlite_with_rowid=False,
    )
