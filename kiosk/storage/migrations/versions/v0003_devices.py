"""Devices: what is out of order until a person says otherwise, paper, test pages, commissioning, cuts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables of devices, and give each slip a place for the printer's count of cuts."""
    op.add_column("slip", sa.Column("cuts_before", sa.Integer(), nullable=True))
    op.add_column("slip", sa.Column("cuts_after", sa.Integer(), nullable=True))
    op.create_table(
        "device_latch",
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("cleared_at", sa.BigInteger(), nullable=True),
        sa.Column("cleared_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "device IN ('reader', 'scanner', 'printer')", name=op.f("device_latch_device_known")
        ),
        sa.PrimaryKeyConstraint("device", name=op.f("device_latch_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "printer_paper",
        sa.Column("only", sa.Integer(), nullable=False),
        sa.Column("near_end_since", sa.BigInteger(), nullable=False),
        sa.Column("printed_mm_since", sa.Integer(), nullable=False),
        sa.CheckConstraint("only = 1", name=op.f("printer_paper_one_row")),
        sa.PrimaryKeyConstraint("only", name=op.f("printer_paper_key")),
    )
    op.create_table(
        "test_page",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'printed', 'uncertain', 'void')",
            name=op.f("test_page_state_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("test_page_key")),
    )
    op.create_index("test_page_by_asked_at", "test_page", ["asked_at"], unique=False)
    op.create_table(
        "device_profile",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("device_profile_key")),
    )
    op.create_index("device_profile_by_device", "device_profile", ["device", "made_at"], unique=False)
