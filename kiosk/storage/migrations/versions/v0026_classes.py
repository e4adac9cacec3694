"""More of what a job asks for: several safety classes, what a body must bear, hours in the heat."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

_FILL = sa.text("UPDATE job SET traits = :traits WHERE id = :id")


def upgrade() -> None:
    """Write the classes that bodies name; one kept by an earlier version may name several already."""
    connection = op.get_bind()
    for job, body, traits in connection.execute(sa.text("SELECT id, body, traits FROM job")).all():
        told, values = json.loads(body), json.loads(traits)
        classes = {told["needs_education"], *told.get("needs_classes", ())} - {None, ""}
        values[-1] = sorted(classes)
        values += [_strain(told), _sun(told)]
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        connection.execute(_FILL, {"id": job, "traits": text})


def _strain(told: Mapping[str, Any]) -> list[int | bool] | None:
    of = told.get("strain")
    if not of:
        return None
    numbers = [of.get(name, 0) for name in ("lift_kg", "lifts_an_hour", "labour_grade")]
    return [*numbers, bool(of.get("is_underground"))]


def _sun(told: Mapping[str, Any]) -> list[str | int] | None:
    if "heat" not in told["hazards"]:
        return None
    shift = told["shift"]
    return [shift["starts_at"][:5], shift["ends_at"][:5], shift["break_min"]]
