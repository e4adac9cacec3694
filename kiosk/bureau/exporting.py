"""Giving out what the halls are told now, as the table that it would come in by.

A row is written by the description that reads it, so a table that is taken in again changes nothing.
"""

from __future__ import annotations

from sqlalchemy import select

from kiosk.bureau.databases import Database
from kiosk.bureau.feeds import hall_scope
from kiosk.bureau.progress import Progress, Step, told, untold
from kiosk.bureau.tables import feed_row
from kiosk.intake.cells import Written
from kiosk.intake.forms import Form
from kiosk.intake.kinds import TOLD

_HALL = hall_scope("")


def rows_now(database: Database, form: Form, tell: Progress = untold) -> list[list[Written]]:
    """Return the rows of everything of a kind that the halls are told, in the order of its identifiers.

    `form` is one of `kinds.TOLD`.
    """
    topic, kind = TOLD[form.name]
    now = select(feed_row.c.scope, feed_row.c.body).where(
        feed_row.c.topic == topic, feed_row.c.is_deleted.is_(False)
    )
    with database.reading() as connection:
        rows = connection.execute(now.order_by(feed_row.c.id, feed_row.c.scope)).all()
    each = told(rows, tell, Step.GATHER, len(rows))
    said = ((row.scope.removeprefix(_HALL), kind.model_validate_json(row.body)) for row in each)
    return [row for station, body in said if form.tells(body) for row in form.written(body, station)]
