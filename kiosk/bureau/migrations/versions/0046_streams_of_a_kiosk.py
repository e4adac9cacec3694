"""Finding the streams of a kiosk by an index: a province has thousands of kiosks."""

from __future__ import annotations

from alembic import op

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    """Look for them where they stand in order."""
    op.create_index("ix_stream_kiosk", "stream", ["kiosk"])
