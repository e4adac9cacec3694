"""Coaches on their way: who answers for people, what befell them, who is back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Make the tables; coaches that are on their way now begin here, with whoever came aboard first."""
    op.create_table(
        "outing",
        _text("trip"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        _instant("opened_at"),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("is_settled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("trip", name=op.f("outing_key")),
        sqlite_with_rowid=False,
    )
    op.create_index("outing_unsettled", "outing", ["day"], sqlite_where=sa.text("is_settled = 0"))
    op.execute(
        "INSERT INTO outing (trip, day, body, opened_at, is_settled) "
        "SELECT trip.id, trip.day, trip.body, min(boarded_slip.at), 0 "
        "FROM trip JOIN boarded_slip ON boarded_slip.trip = trip.id GROUP BY trip.id"
    )
    op.create_table(
        "hand_over",
        _text("id"),
        _text("trip"),
        _text("boundary"),
        _instant("at"),
        _instant("noted_at"),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        _text("signer"),
        _text("proof"),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("exceptions", sa.Text(), nullable=False),
        _known("hand_over", "boundary", "departure", "arrival", "pick_up", "return"),
        _known("hand_over", "proof", "signed", "phone", "paper"),
        sa.PrimaryKeyConstraint("id", name=op.f("hand_over_key")),
    )
    op.create_index(op.f("hand_over_by_trip"), "hand_over", ["trip"])
    _make_incidents()
    op.create_table(
        "return_mark",
        _text("slip"),
        _text("trip"),
        _text("whereabouts"),
        _instant("at"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        _known("return_mark", "whereabouts", "out", "back", "stayed", "missing"),
        sa.PrimaryKeyConstraint("slip", name=op.f("return_mark_key")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("return_mark_by_trip"), "return_mark", ["trip"])


def _make_incidents() -> None:
    op.create_table(
        "incident",
        _text("id"),
        _text("trip"),
        _instant("at"),
        _text("kind"),
        _text("severity"),
        _text("party"),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        _text("noted_by"),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        _known("incident", "kind", "injury", "traffic", "fight", "fraud", "fire", "health", "crowd", "other"),
        _known("incident", "severity", "I", "II", "III", "IV"),
        _known("incident", "party", "operator", "transport", "employer"),
        sa.PrimaryKeyConstraint("id", name=op.f("incident_key")),
    )
    op.create_index(op.f("incident_by_trip"), "incident", ["trip"])
    op.create_index("incident_open", "incident", ["at"], sqlite_where=sa.text("closed_at IS NULL"))


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _instant(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _known(table: str, column: str, *values: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"{table}_{column}_known"))
