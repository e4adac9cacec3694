"""More than one safety class: what of a job decides whom it asks for names each of them."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0023"

_FILL = sa.text("UPDATE job SET traits = :traits WHERE id = :id")


def upgrade() -> None:
    """Write the classes that bodies name; one kept by an earlier version may name several already."""
    connection = op.get_bind()
    for job, body, traits in connection.execute(sa.text("SELECT id, body, traits FROM job")).all():
        told, values = json.loads(body), json.loads(traits)
        classes = {told["needs_education"], *told.get("needs_classes", ())} - {None, ""}
        values[-1] = sorted(classes)
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        connection.execute(_FILL, {"id": job, "traits": text})
