"""What the file of safety education keeps of a class: record, version, way, result, time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make room; classes of before were taught in an attendant's own words, without questions."""
    for column in (
        sa.Column("record", sa.String(length=64), nullable=False, server_default=""),
        sa.Column("course_version", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("mode", sa.String(length=12), nullable=False, server_default="taught"),
        sa.Column("score_percent", sa.Integer()),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("spent_min", sa.Integer(), nullable=False, server_default="0"),
    ):
        op.add_column("class_held", column)
