"""Who signed up for what, and what was decided of whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_STATES = (
    "'proposed', 'negotiating', 'agreed', 'confirmed', 'educated', 'slip_issued', 'boarded', 'arrived', "
    "'working', 'ended', 'settled', 'closed', 'cancelled', 'no_show', 'incident', 'disputed', 'duplicate'"
)


def upgrade() -> None:
    """Make the tables; nobody signed up before."""
    _make_lines()
    _make_left_places()
    _make_decisions()


def _make_lines() -> None:
    op.create_table(
        "sign_up",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("job_version", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("queue_number", sa.String(), nullable=False),
        sa.Column("hall_day", sa.Date(), nullable=False),
        sa.Column("own_arrived_at", sa.BigInteger(), nullable=False),
        sa.Column("own_kiosk", sa.String(), nullable=False),
        sa.Column("own_sequence", sa.Integer(), nullable=False),
        sa.Column("turn_arrived_at", sa.BigInteger(), nullable=False),
        sa.Column("turn_kiosk", sa.String(), nullable=False),
        sa.Column("turn_sequence", sa.Integer(), nullable=False),
        sa.Column("turn_shift", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("spot", sa.String(), nullable=False),
        sa.Column("held_at", sa.String(), nullable=False),
        sa.Column("called_at", sa.BigInteger(), nullable=True),
        sa.Column("answer_by", sa.BigInteger(), nullable=True),
        sa.Column("talked_at", sa.BigInteger(), nullable=True),
        sa.Column("agreed_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.CheckConstraint("way IN ('talk', 'place')", name=op.f("sign_up_way_known")),
        sa.CheckConstraint(f"state IN ({_STATES})", name=op.f("sign_up_state_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("sign_up_key")),
    )
    op.create_index("sign_up_by_line", "sign_up", ["hall_day", "job"])
    op.create_index("sign_up_by_worker", "sign_up", ["worker", "hall_day"])
    op.create_index("sign_up_by_keeper", "sign_up", ["held_at", "state"])


def _make_left_places() -> None:
    op.create_table(
        "left_place",
        sa.Column("placement", sa.String(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("placement", name=op.f("left_place_key")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("left_place_by_worker"), "left_place", ["worker"])


def _make_decisions() -> None:
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
        sa.CheckConstraint("kind IN ('call', 'refusal', 'move')", name=op.f("decision_kind_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("decision_key")),
    )
    op.create_index(op.f("decision_by_at"), "decision", ["at"])
    op.create_index("decision_by_job", "decision", ["job", "day", "at"])
    op.create_index("decision_by_about", "decision", ["about", "day", "at"])
