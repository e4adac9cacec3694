"""Where a line of a hall's audit log stands in its chain, and who confirmed it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make room; no line of before told of its chain."""
    for name, kind, default in (
        ("second", sa.String(length=64), ""),
        ("kiosk", sa.String(length=64), ""),
        ("line", sa.Integer(), "0"),
        ("hash", sa.String(length=64), ""),
        ("is_broken", sa.Boolean(), "0"),
    ):
        op.add_column("staff_act", sa.Column(name, kind, nullable=False, server_default=default))
    op.create_index("ix_staff_act_chain", "staff_act", ["kiosk", "line"])
