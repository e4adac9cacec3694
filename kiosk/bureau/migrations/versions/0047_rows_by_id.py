"""Finding what is told of one thing by an index, in whichever scope: a province has thousands of scopes."""

from __future__ import annotations

from alembic import op

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    """Look for it where its id stands in order."""
    op.create_index("ix_feed_row_id", "feed_row", ["id"])
