"""Finding work: what of a job decides how it fits, skills that were seen, and verified hardship."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_FILTERS = ["family", "trade", "is_same_day_pay", "has_coach", "first_day", "valid_until"]
_BY_PAY = ["is_open", "pay_rank", "starts", "id", *_FILTERS]
_RANKED = ["station", "town", "travel_min", "traits"]
_FILL = sa.text("UPDATE job SET town = :town, travel_min = :travel_min, traits = :traits WHERE id = :id")


def upgrade() -> None:
    """Add columns, fill them from the bodies that are kept, and write the two indexes that tell them."""
    op.add_column("job", sa.Column("town", sa.String(), nullable=False, server_default=""))
    op.add_column("job", sa.Column("travel_min", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("job", sa.Column("traits", sa.String(), nullable=False, server_default=""))
    _fill()
    op.drop_index("board_by_pay", table_name="job")
    op.create_index("board_by_pay", "job", [*_BY_PAY, *_RANKED], unique=False)
    op.drop_index("board_takeable", table_name="job")
    op.create_index(
        "board_takeable",
        "job",
        [*_BY_PAY, "open_here", *_RANKED],
        unique=False,
        sqlite_where=sa.text("open_here > 0"),
    )
    op.create_table(
        "held_skill",
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("trade", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["worker"], ["worker.id"], name=op.f("held_skill_of_worker"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("worker", "trade", name=op.f("held_skill_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "held_hardship",
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["worker"], ["worker.id"], name=op.f("held_hardship_of_worker"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("worker", "kind", name=op.f("held_hardship_key")),
        sqlite_with_rowid=False,
    )


def _fill() -> None:
    connection = op.get_bind()
    for job, body in connection.execute(sa.text("SELECT id, body FROM job")).all():
        told = json.loads(body)
        place = told["place"]
        row = {"id": job, "town": place["town"], "travel_min": place["travel_min"], "traits": _traits(told)}
        connection.execute(_FILL, row)


def _traits(told: Mapping[str, Any]) -> str:
    """Return what version 8 of this table keeps of a body; no body of before names a grade or a hardship."""
    first, last = (date.fromisoformat(told["shift"][name]) for name in ("first_day", "last_day"))
    values = [
        told["station"],
        told["trade"],
        None,
        (last - first).days + 1,
        int(told["pay"]["rule"] in {"same_day", "after_work"}),
        int(told["trip"] is not None),
        [],
        told["age_min"],
        int(told["is_dangerous"]),
        sorted(told["hazards"]),
        sorted(told["certificates"]),
        told["needs_education"],
    ]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
