"""Where it stands in the log that what is known of a person was put right."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Nothing was put right before."""
    op.add_column("worker", sa.Column("correction_stream", sa.String(64), nullable=False, server_default=""))
    op.add_column("worker", sa.Column("correction_seq", sa.Integer(), nullable=False, server_default="0"))
