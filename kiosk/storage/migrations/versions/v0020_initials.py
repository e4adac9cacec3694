"""People by the first letters of their names."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Make the table; the names that are here are spelled when somebody first looks for people so."""
    op.add_column("worker", sa.Column("is_spelled", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(
        "worker_unspelled", "worker", ["id"], unique=False, sqlite_where=sa.text("is_spelled = 0")
    )
    op.create_table(
        "name_initials",
        sa.Column("initials", sa.String(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["worker"], ["worker.id"], name=op.f("name_initials_of_worker"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("initials", "worker", name=op.f("name_initials_key")),
        sqlite_with_rowid=False,
    )
    op.create_index("name_initials_by_worker", "name_initials", ["worker"], unique=False)
