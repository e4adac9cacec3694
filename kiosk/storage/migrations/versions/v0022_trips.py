"""Vehicles, drivers, passengers of formed trips, checks of a departure, and manifests as they were."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Make the tables; nobody formed or sent off a coach before."""
    for name in ("vehicle", "driver"):
        op.create_table(
            name,
            sa.Column("id", sa.String(), nullable=False),
            sa.Column("scope", sa.String(), nullable=False),
            sa.Column("pos", sa.Integer(), nullable=False),
            sa.Column("body", sa.Text(), nullable=False),
            sa.PrimaryKeyConstraint("id", name=op.f(f"{name}_key")),
        )
    op.create_table(
        "passenger",
        sa.Column("trip", sa.String(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("placement", sa.String(), nullable=False),
        sa.CheckConstraint("1 <= seat AND seat <= 255", name=op.f("passenger_a_seat")),
        sa.PrimaryKeyConstraint("trip", "seat", name=op.f("passenger_key")),
        sa.UniqueConstraint("placement", name=op.f("passenger_once_placement")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "trip_tick",
        sa.Column("trip", sa.String(), nullable=False),
        sa.Column("check", sa.String(), nullable=False),
        sa.Column("is_good", sa.Boolean(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("plate", sa.String(), nullable=False),
        sa.Column("driver", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("trip", "check", name=op.f("trip_tick_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "departure",
        sa.Column("trip", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("printed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("trip", name=op.f("departure_key")),
        sqlite_with_rowid=False,
    )
