"""All tables that are projected from the log, in an order in which they can be emptied."""

from __future__ import annotations

from kiosk.bureau import desk_tables, duty_tables, outcome_tables, tables, trip_tables
from kiosk.bureau.found_tables import found_card
from kiosk.bureau.hiring_tables import sign_up, team_place
from kiosk.bureau.merge_tables import merge
from kiosk.bureau.pay_tables import pay_answer
from kiosk.bureau.proof_tables import proof
from kiosk.bureau.restriction_tables import restriction

PROJECTED = (
    sign_up,
    team_place,
    pay_answer,
    *outcome_tables.PROJECTED,
    found_card,
    merge,
    proof,
    restriction,
    *desk_tables.PROJECTED,
    *duty_tables.PROJECTED,
    *trip_tables.PROJECTED,
    *tables.PROJECTED,
)
"""What `rebuilding.rebuild` empties and fills again; foreign keys lead from the earlier to the later."""
