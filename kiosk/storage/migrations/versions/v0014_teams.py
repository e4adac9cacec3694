"""Teams: which places were taken together, who stands in a line together, and what that was decided from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_COLUMNS = "id, at, day, kind, job, about, rule_version, inputs, outcome"


def upgrade() -> None:
    """Make the table, and let decisions be about teams: a condition of a table cannot be changed in place."""
    op.add_column("sign_up", sa.Column("team", sa.String(), nullable=True))
    op.create_table(
        "team_place",
        sa.Column("placement", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("placement", name=op.f("team_place_key")),
        sqlite_with_rowid=False,
    )
    op.create_index("team_place_by_team", "team_place", ["team", "nth"], unique=True)
    for index in ("decision_by_at", "decision_by_job", "decision_by_about"):
        op.drop_index(index, "decision")
    op.rename_table("decision", "decision_before")
    op.create_table(
        "decision",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=True),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('call', 'refusal', 'move', 'team')", name=op.f("decision_kind_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("decision_key")),
    )
    op.execute(f"INSERT INTO decision ({_COLUMNS}) SELECT {_COLUMNS} FROM decision_before")  # noqa: S608
    op.drop_table("decision_before")
    op.create_index(op.f("decision_by_at"), "decision", ["at"])
    op.create_index("decision_by_job", "decision", ["job", "day", "at"])
    op.create_index("decision_by_about", "decision", ["about", "day", "at"])
