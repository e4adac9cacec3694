"""What kiosks said last of people who wait, for other servers of the same database."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    """Nobody waits until somebody says so."""
    op.add_column("kiosk", sa.Column("here_since", sa.String(length=27)))
    op.add_column("kiosk", sa.Column("waits", sa.Text(), nullable=False, server_default=""))
