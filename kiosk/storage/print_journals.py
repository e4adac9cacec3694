"""What the print journals share: slips, small papers and test pages go the same way out of the printer."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Select, String, Table, Text, bindparam, select
from sqlalchemy.schema import SchemaItem

from kiosk.domain.slips import SlipState
from kiosk.storage.columns import Instant, one_of


def document_columns() -> tuple[SchemaItem, ...]:
    """Return the columns of a paper with a document: its state and words, and what proves how it came out."""
    return (
        Column("state", String, nullable=False),
        Column("copy_no", Integer, nullable=False),
        Column("document", Text, nullable=False),
        Column("token", String, nullable=False),
        Column("evidence", String, nullable=False),
        Column("changed_at", Instant, nullable=False),
        one_of("state", SlipState),
    )


def in_states(journal: Table, order_by: str) -> Select[tuple[object, ...]]:
    """Return the select of what is in any of the `states`, the longest unchanged or asked for first."""
    is_in_one = journal.c.state.in_(bindparam("states", expanding=True))
    return select(journal).where(is_in_one).order_by(journal.c[order_by])


def asked_for(states: tuple[SlipState, ...]) -> dict[str, list[str]]:
    """Return what such a select takes."""
    return {"states": [state.value for state in states]}
