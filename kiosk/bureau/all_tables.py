"""Every table of the bureau, for whoever speaks of all of them."""

from __future__ import annotations

from kiosk.bureau import (  # noqa: F401 - that they are loaded is what is wanted
    desk_tables,
    door_tables,
    duty_tables,
    found_tables,
    hiring_tables,
    intake_tables,
    kept_tables,
    merge_tables,
    outcome_tables,
    pay_tables,
    proof_tables,
    restore_tables,
    restriction_tables,
    tables,
    trip_tables,
    trust_tables,
)

METADATA = tables.metadata
