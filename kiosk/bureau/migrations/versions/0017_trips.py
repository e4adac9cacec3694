"""Passengers of trips that desks formed, checks of departures, and departures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Make the tables; no entry told of any of it before."""
    op.create_table(
        "passenger",
        sa.Column("trip", sa.String(64), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("placement", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["placement"], ["placement.id"], name=op.f("fk_passenger_placement_placement")
        ),
        sa.PrimaryKeyConstraint("trip", "seat", name=op.f("pk_passenger")),
        sa.UniqueConstraint("placement", name=op.f("uq_passenger_placement")),
    )
    op.create_table(
        "trip_check",
        sa.Column("stream", sa.String(64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("trip", sa.String(64), nullable=False),
        sa.Column("check", sa.String(12), nullable=False),
        sa.Column("is_good", sa.Boolean(), nullable=False),
        sa.Column("plate", sa.String(16), nullable=False),
        sa.Column("driver", sa.String(64), nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("stream", "seq", name=op.f("pk_trip_check")),
    )
    op.create_index(op.f("ix_trip_check_trip"), "trip_check", ["trip"])
    op.create_table(
        "trip_departure",
        sa.Column("trip", sa.String(64), nullable=False),
        sa.Column("stream", sa.String(64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(8), nullable=False),
        sa.Column("plate", sa.String(16), nullable=False),
        sa.Column("driver", sa.String(64), nullable=False),
        sa.Column("departed_at", sa.String(27), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.Column("aboard", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("trip", name=op.f("pk_trip_departure")),
    )
