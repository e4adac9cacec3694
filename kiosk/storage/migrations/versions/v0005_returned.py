"""Numbers that went back, rights and backups of old streams, hashes at the floor; blocks and the door."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_NO_HASH = "0" * 64
_HASH_AT_THE_FLOOR = (
    "UPDATE current_stream SET floor_hash = (SELECT hash FROM journal WHERE seq = prune_floor)"
    " WHERE prune_floor > 0",
    "UPDATE orphan_stream SET floor_hash = (SELECT hash FROM orphan_entry"
    " WHERE orphan_entry.stream = orphan_stream.stream AND seq = prune_floor) WHERE prune_floor > 0",
)


def upgrade() -> None:
    """Make tables and columns, and give each floor the hash of its entry, which is still there."""
    for table in ("current_stream", "orphan_stream"):
        op.add_column(table, sa.Column("floor_hash", sa.String(), server_default=_NO_HASH, nullable=False))
    op.add_column("orphan_stream", sa.Column("prune_ok", sa.Integer(), server_default="0", nullable=False))
    op.add_column("trip", sa.Column("door", sa.String(), server_default="", nullable=False))
    op.create_index("trip_by_door", "trip", ["door"])
    for statement in _HASH_AT_THE_FLOOR:
        op.execute(statement)
    _make_rights()
    _make_doors()


def _make_rights() -> None:
    op.create_table(
        "returned_right",
        sa.Column("quota", sa.String(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.CheckConstraint("1 <= first AND first <= last", name=op.f("returned_right_a_range")),
        sa.ForeignKeyConstraint(["quota"], ["quota.id"], name=op.f("returned_right_of_quota")),
        sa.PrimaryKeyConstraint("quota", "first", name=op.f("returned_right_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "orphan_right",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("quota", sa.String(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("is_returned", sa.Boolean(), nullable=False),
        sa.CheckConstraint("1 <= first AND first <= last", name=op.f("orphan_right_a_range")),
        sa.ForeignKeyConstraint(
            ["stream"], ["orphan_stream.stream"], name=op.f("orphan_right_of_orphan_stream")
        ),
        sa.PrimaryKeyConstraint("stream", "quota", "first", name=op.f("orphan_right_key")),
        sqlite_with_rowid=False,
    )


def _make_doors() -> None:
    op.create_table(
        "door_block",
        sa.Column("slip", sa.String(), nullable=False),
        sa.Column("trip", sa.String(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.Column("feed_gen", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_in", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("slip", name=op.f("door_block_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "boarded_slip",
        sa.Column("slip", sa.String(), nullable=False),
        sa.Column("trip", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("slip", name=op.f("boarded_slip_key")),
        sqlite_with_rowid=False,
    )
    for table in ("door_block", "boarded_slip"):
        op.create_index(f"{table}_by_trip", table, ["trip"])
