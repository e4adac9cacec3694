"""Every table of a kiosk, for whoever speaks of all of them: a screen loads those alone that it needs."""

from __future__ import annotations

from kiosk.storage import (  # noqa: F401 - that they are loaded is what is wanted
    book_tables,
    coach_book_tables,
    device_tables,
    door_tables,
    education_tables,
    feed_tables,
    found_tables,
    hiring_tables,
    merge_tables,
    name_tables,
    outcome_tables,
    outing_tables,
    paper_tables,
    pay_tables,
    proof_tables,
    restriction_tables,
    shift_tables,
    tables,
    trip_tables,
)
from kiosk.storage.metadata import METADATA

__all__ = ["METADATA"]
