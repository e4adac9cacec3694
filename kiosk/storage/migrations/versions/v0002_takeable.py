"""An index of the jobs that can be taken at this kiosk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the index."""
    op.create_index(
        "board_takeable",
        "job",
        [
            "is_open",
            "pay_rank",
            "starts",
            "id",
            "family",
            "trade",
            "is_same_day_pay",
            "has_coach",
            "first_day",
            "valid_until",
            "open_here",
        ],
        unique=False,
        sqlite_where=sa.text("open_here > 0"),
    )
