"""A word about the use of what was allowed ends with an erasure that came after it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Count every word of before as one that knew of no erasure."""
    op.add_column("restriction", sa.Column("epoch", sa.Integer(), nullable=False, server_default="0"))
