"""Which places were taken together, and who stands in a line together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the table; nobody went together before."""
    op.add_column("sign_up", sa.Column("team", sa.String(length=64), nullable=True))
    op.create_table(
        "team_place",
        sa.Column("placement", sa.String(length=64), nullable=False),
        sa.Column("team", sa.String(length=64), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["placement"], ["placement.id"], name=op.f("fk_team_place_placement_placement")
        ),
        sa.PrimaryKeyConstraint("placement", name=op.f("pk_team_place")),
    )
    op.create_index(op.f("ix_team_place_team"), "team_place", ["team"])
