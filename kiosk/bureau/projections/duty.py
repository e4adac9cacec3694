"""Who answered for people on trips, what befell them, and who came back: kept as the halls told it."""

from __future__ import annotations

import json

from kiosk.bureau.duty_tables import duty_handed, incident, return_count, return_mark
from kiosk.bureau.projections.ground import Ground
from kiosk.bureau.rows import put
from kiosk.messages.events import DutyHanded, IncidentNoted, ReturnClosed, ReturnNoted


def note_handed(ground: Ground, body: DutyHanded) -> None:
    """Keep one hand-over; those of two kiosks are kept both, because they may contradict each other."""
    facts = body.model_dump(exclude={"hand_over"})
    told = {**facts, "station": ground.source.station, "noted_at": ground.source.at}
    put(ground.connection, duty_handed, {"hand_over": body.hand_over}, told)


def note_incident(ground: Ground, body: IncidentNoted) -> None:
    """Keep an incident as it was told last."""
    facts = body.model_dump(exclude={"incident", "told"})
    told = {**facts, "told": json.dumps(body.told), "station": ground.source.station}
    put(ground.connection, incident, {"incident": body.incident}, told)


def note_return(ground: Ground, body: ReturnNoted) -> None:
    """Keep where each of these passengers is, as it was told last."""
    facts = {
        "whereabouts": body.where,
        "reason": body.reason,
        "until": body.until,
        "actor": body.actor,
        "noted_at": ground.source.at,
    }
    for slip in body.slips:
        put(ground.connection, return_mark, {"trip": body.trip, "slip": slip}, facts)


def close_return(ground: Ground, body: ReturnClosed) -> None:
    """Keep how a trip's passengers were counted last."""
    facts = body.model_dump(exclude={"trip"})
    put(ground.connection, return_count, {"trip": body.trip}, {**facts, "closed_at": ground.source.at})
