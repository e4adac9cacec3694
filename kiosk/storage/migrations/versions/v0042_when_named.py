"""When the books of a desk were told somebody's name, so that what was put right later stays."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    """Make room; the bureau tells the books anew, for they are told of corrections from now on."""
    op.add_column("book_person", sa.Column("named_at", sa.BigInteger(), nullable=True))
