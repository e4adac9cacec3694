"""Jobs of which every place is taken stay findable; people say that what they allowed is not to be used."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

_FILTERS = ["family", "trade", "is_same_day_pay", "has_coach", "first_day", "valid_until"]
_RANKED = ["station", "town", "travel_min", "traits"]


def upgrade() -> None:
    """Write an index of the full jobs alone, and make room; nobody restricted anything before."""
    op.create_index(
        "board_full",
        "job",
        ["is_open", "starts", "pay_rank", "id", *_FILTERS, *_RANKED, "wording", "trip"],
        unique=False,
        sqlite_where=sa.text("is_open = 0 AND state = 'published'"),
    )
    op.create_table(
        "restriction",
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("is_restricted", sa.Boolean(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["worker"], ["worker.id"], name=op.f("restriction_of_worker"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("worker", name=op.f("restriction_key")),
        sqlite_with_rowid=False,
    )
