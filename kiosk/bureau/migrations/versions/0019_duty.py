"""Who answers for people on trips, incidents, and who came back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0017"


def upgrade() -> None:
    """Make the tables; nobody told of any of it before."""
    op.create_table(
        "duty_handed",
        _id("hand_over"),
        _id("trip"),
        sa.Column("giver", sa.String(length=12), nullable=False),
        sa.Column("taker", sa.String(length=12), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("proof", sa.String(length=12), nullable=False),
        _id("signature"),
        sa.Column("exceptions", sa.Text(), nullable=False),
        _id("actor"),
        sa.Column("station", sa.String(length=8), nullable=False),
        sa.Column("noted_at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("hand_over", name=op.f("pk_duty_handed")),
    )
    op.create_index(op.f("ix_duty_handed_trip"), "duty_handed", ["trip"])
    op.create_table(
        "incident",
        _id("incident"),
        _id("trip"),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("severity", sa.String(length=4), nullable=False),
        sa.Column("party", sa.String(length=12), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.String(27), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        _id("actor"),
        sa.Column("station", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("incident", name=op.f("pk_incident")),
    )
    op.create_index(op.f("ix_incident_trip"), "incident", ["trip"])
    op.create_table(
        "return_mark",
        _id("slip"),
        _id("trip"),
        sa.Column("whereabouts", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        _id("actor"),
        sa.Column("noted_at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("slip", name=op.f("pk_return_mark")),
    )
    op.create_index(op.f("ix_return_mark_trip"), "return_mark", ["trip"])
    op.create_table(
        "return_count",
        _id("trip"),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("expected", "back", "stayed", "missing")
        ),
        _id("actor"),
        sa.Column("closed_at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("trip", name=op.f("pk_return_count")),
    )


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=64), nullable=False)
