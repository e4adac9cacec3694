"""Courses, lessons that were begun, and records of classes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables; classes held before have no record, and stay as they are."""
    op.create_table(
        "course",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("course_key")),
    )
    op.create_table(
        "lesson",
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("hazard_class", sa.String(), nullable=False),
        sa.Column("course_version", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("answers", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("spent_s", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["worker"], ["worker.id"], name=op.f("lesson_of_worker"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("worker", name=op.f("lesson_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "class_record",
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("hazard_class", sa.String(), nullable=False),
        sa.Column("course_version", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("held_at", sa.BigInteger(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("spent_min", sa.Integer(), nullable=False),
        sa.Column("score_percent", sa.Integer()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("attendant", sa.String(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.CheckConstraint("mode IN ('taught', 'alone', 'group')", name=op.f("class_record_mode_known")),
        sa.ForeignKeyConstraint(
            ["worker"], ["worker.id"], name=op.f("class_record_of_worker"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("worker", "number", name=op.f("class_record_key")),
        sqlite_with_rowid=False,
    )
