"""Which page of the print journal is the record of a class."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make room; every page of before is a test page."""
    op.add_column("test_page", sa.Column("record", sa.String(), nullable=False, server_default=""))
