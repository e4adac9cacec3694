"""Keys that were revoked, and kiosks that are called to hear how they are called now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0036"


def upgrade() -> None:
    """Make both tables; nobody was revoked before."""
    op.create_table(
        "revoked_key",
        sa.Column("public_key", sa.String(length=64), nullable=False),
        sa.Column("kiosk", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("profile", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["kiosk"], ["kiosk.id"], name=op.f("fk_revoked_key_kiosk_kiosk")),
        sa.PrimaryKeyConstraint("public_key", name=op.f("pk_revoked_key")),
    )
    op.create_index(op.f("ix_revoked_key_kiosk"), "revoked_key", ["kiosk"])
    op.create_table(
        "kiosk_call",
        sa.Column("kiosk", sa.String(length=64), nullable=False),
        sa.Column("asks_key", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["kiosk"], ["kiosk.id"], name=op.f("fk_kiosk_call_kiosk_kiosk")),
        sa.PrimaryKeyConstraint("kiosk", name=op.f("pk_kiosk_call")),
    )
