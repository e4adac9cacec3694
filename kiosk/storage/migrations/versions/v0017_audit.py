"""The audit log takes lines and gives none back; and who confirmed an act of two persons."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Make room, and let the database itself refuse to change or to forget a line."""
    op.add_column("audit_line", sa.Column("second", sa.String(), nullable=False, server_default=""))
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_line_refuses_{act.lower()} BEFORE {act} ON audit_line "
            "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
        )
