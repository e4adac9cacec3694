"""What the bureau said of a refused entry after its first reason."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    """Make room; nothing more was said before."""
    op.add_column("refused_entry", sa.Column("newest_reason", sa.String(), nullable=True))
    op.add_column("refused_entry", sa.Column("newest_at", sa.BigInteger(), nullable=True))
