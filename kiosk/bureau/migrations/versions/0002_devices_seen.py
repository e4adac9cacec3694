"""Which devices stand at which kiosk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import kiosk.bureau.columns

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make room for the devices that kiosks tell of."""
    op.create_table(
        "device_seen",
        sa.Column("kiosk", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("profile", sa.String(length=64), nullable=False),
        sa.Column("station", sa.String(length=8), nullable=False),
        sa.Column("seen_at", kiosk.bureau.columns.Instant(length=27), nullable=False),
        sa.PrimaryKeyConstraint("kiosk", "kind", name=op.f("pk_device_seen")),
    )
