"""${message.capitalize()}."""

from __future__ import annotations

import sqlalchemy as sa

import kiosk.bureau.columns
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Take this step."""
    ${upgrades if upgrades else "pass"}
