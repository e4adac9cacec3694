"""Until when somebody is at the desk, and which badge counts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Make room; nobody had an end or a badge before."""
    op.add_column("staff_member", sa.Column("valid_until", sa.Date(), nullable=True))
    op.add_column("staff_member", sa.Column("badge_serial", sa.Integer(), nullable=True))
