"""Jobs of which every place is taken stay findable: an index of those alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

_FILTERS = ["family", "trade", "is_same_day_pay", "has_coach", "first_day", "valid_until"]
_RANKED = ["station", "town", "travel_min", "traits"]


def upgrade() -> None:
    """Write the index."""
    op.create_index(
        "board_full",
        "job",
        ["is_open", "starts", "pay_rank", "id", *_FILTERS, *_RANKED, "wording", "trip"],
        unique=False,
        sqlite_where=sa.text("is_open = 0 AND state = 'published'"),
    )
