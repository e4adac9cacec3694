"""The last day of a key that signs no paper any more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0039"


def upgrade() -> None:
    """Make room; every key that is known is in use."""
    op.add_column("slip_key", sa.Column("last_day", sa.Date(), nullable=True))
