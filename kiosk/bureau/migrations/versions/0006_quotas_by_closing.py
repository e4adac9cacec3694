"""Quotas by when they close: a round asks for what is open, and what is over stays for ever."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Index what is looked up in every round."""
    op.create_index("ix_quota_scope_closes_at", "quota", ["scope", "closes_at"])
