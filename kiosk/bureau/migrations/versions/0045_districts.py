"""Which district a hall lies in, where a bureau has many, and in which halls everybody was seen last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0042"


def upgrade() -> None:
    """A bureau of one city has no districts; people were seen where they registered and checked in."""
    op.create_table(
        "hall_district",
        sa.Column("station", sa.String(length=8), nullable=False),
        sa.Column("district", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("station"),
    )
    op.create_table(
        "seen_in_hall",
        sa.Column("worker", sa.String(length=64), nullable=False),
        sa.Column("station", sa.String(length=8), nullable=False),
        sa.Column("last_seen", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["worker"], ["worker.id"]),
        sa.PrimaryKeyConstraint("worker", "station"),
    )
    op.create_index("ix_seen_in_hall_station", "seen_in_hall", ["station", "last_seen"])
    op.execute(
        "INSERT INTO seen_in_hall (worker, station, last_seen) "
        "SELECT worker.id, kiosk.station, worker.last_seen FROM worker "
        "JOIN stream ON stream.id = worker.identity_stream JOIN kiosk ON kiosk.id = stream.kiosk"
    )
    op.execute(
        "INSERT INTO seen_in_hall (worker, station, last_seen) "
        "SELECT check_in.worker, kiosk.station, max(check_in.arrived_at) FROM check_in "
        "JOIN stream ON stream.id = check_in.stream JOIN kiosk ON kiosk.id = stream.kiosk "
        "WHERE NOT EXISTS (SELECT 1 FROM seen_in_hall AS known "
        "WHERE known.worker = check_in.worker AND known.station = kiosk.station) "
        "GROUP BY check_in.worker, kiosk.station"
    )
