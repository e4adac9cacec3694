"""A slip number is given out again a year later: papers are kept by number and year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from kiosk.domain.clock import hall_day
from kiosk.domain.slips import slip_year

revision = "0031"
down_revision = "0030"

_TAKEN = sa.text("SELECT s.number, p.taken_at FROM slip s JOIN placement p ON p.id = s.placement")
_LAST = sa.text("SELECT max(received_at) FROM event")


def upgrade() -> None:
    """Give every paper the year in which its place was taken, or else that of the last entry."""
    link = op.get_bind()
    years = {row.number: slip_year(row.number, _day(row.taken_at)) for row in link.execute(_TAKEN)}
    last = link.execute(_LAST).scalar()
    today = _day(last) if last else datetime.now(UTC).date()
    _keep_years("slip", "number", _slip_columns(), years, today)
    op.create_index(op.f("ix_slip_placement"), "slip", ["placement"])
    names = ("is_over", "is_settled", "is_freed")
    is_so: list[sa.Column[Any]] = [sa.Column(name, sa.Boolean(), nullable=False) for name in names]
    _keep_years("block", "slip", [_id("trip"), *is_so], years, today)
    op.create_index(op.f("ix_block_trip"), "block", ["trip"])
    _keep_years("boarded", "slip", [_id("trip")], years, today)
    op.create_index(op.f("ix_boarded_trip"), "boarded", ["trip"])
    _keep_years("scanned_slip", "slip", [], years, today)
    _key_marks_by_trip()


def _keep_years(
    table: str,
    key: str,
    rest: Sequence[sa.Column[Any] | sa.ForeignKeyConstraint],
    years: Mapping[str, int],
    today: date,
) -> None:
    """Make a table anew with the year in its key, and put back what it held."""
    link = op.get_bind()
    kept = [
        dict(row) for row in link.execute(sa.select(sa.text("*")).select_from(sa.table(table))).mappings()
    ]
    op.drop_table(table)
    primary = sa.PrimaryKeyConstraint(key, "year", name=op.f(f"pk_{table}"))
    made = op.create_table(table, _id(key), sa.Column("year", sa.Integer(), nullable=False), *rest, primary)
    rows = [{**row, "year": years.get(row[key]) or slip_year(row[key], today)} for row in kept]
    if rows:
        link.execute(sa.insert(made), rows)


def _key_marks_by_trip() -> None:
    link = op.get_bind()
    kept = [dict(row) for row in link.execute(sa.text("SELECT * FROM return_mark")).mappings()]
    op.drop_table("return_mark")
    made = op.create_table(
        "return_mark",
        _id("trip"),
        _id("slip"),
        sa.Column("whereabouts", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        # Read and written as the text that it is; the table calls it a date.
        sa.Column("until", sa.Date(), nullable=True),
        _id("actor"),
        sa.Column("noted_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("trip", "slip", name=op.f("pk_return_mark")),
    )
    for row in kept:
        until = row["until"] and date.fromisoformat(row["until"])
        link.execute(sa.insert(made), {**row, "until": until})


def _slip_columns() -> list[sa.Column[Any] | sa.ForeignKeyConstraint]:
    return [
        _id("placement"),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("copy_no", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _id("actor"),
        sa.Column("changed_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["placement"], ["placement.id"], name=op.f("fk_slip_placement_placement")),
    ]


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=64), nullable=False)


def _day(instant: str) -> date:
    return hall_day(datetime.fromisoformat(instant))
