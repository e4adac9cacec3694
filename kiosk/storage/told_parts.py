"""Employers' parts that were read at another kiosk: kept like those read here, and their places moved on."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from kiosk.actions.outcome_ports import Answer, ReturnedPart
from kiosk.domain.ids import PlacementId, SlipNumber
from kiosk.domain.outcomes import Outcome, WhyNot, after_return
from kiosk.messages.feed import FeedRow
from kiosk.messages.part_bodies import PartBody
from kiosk.storage.outcomes import SqlOutcomes
from kiosk.storage.placements import SqlPlacements

_TOPIC = "part"


def parted(rows: Sequence[FeedRow]) -> tuple[list[PartBody], list[FeedRow]]:
    """Return what the rows of a page tell of parts, and all others; what is taken back was kept long ago."""
    told = [part for part in map(_part, rows) if part is not None]
    others = [row for row in rows if _part(row) is None and not (row.topic == _TOPIC and row.is_deleted)]
    return told, others


def is_part(row: FeedRow) -> bool:
    """Return whether a row tells of a part that this version understands."""
    return _part(row) is not None


def keep_told(connection: Connection, parts: Sequence[PartBody]) -> None:
    """Keep parts that were told; one that was read here before stands as it was read."""
    outcomes, placements = SqlOutcomes(connection), SqlPlacements(connection)
    for part in parts:
        slip, answer = SlipNumber(part.slip), _answer(part)
        if outcomes.returned(slip, part.day) is not None:
            continue
        place = placements.by_id(PlacementId(part.placement))
        own = None if place is None else place.id
        outcomes.keep(ReturnedPart(slip, part.day, own, answer, part.is_keyed, part.read_at))
        if place is not None:
            placements.set_state(place.id, after_return(place.state, answer.outcome))
            if answer.outcome is Outcome.NOT_HIRED:
                outcomes.owe_nothing(place.id)


def _answer(part: PartBody) -> Answer:
    why = WhyNot(part.why) if part.why else None
    return Answer(Outcome(part.outcome), why, part.arrived_on, part.arrived_time, part.pay_fen)


def _part(row: FeedRow) -> PartBody | None:
    """Return a row's part; a word of a newer bureau is put aside like any other."""
    if row.topic != _TOPIC or row.is_deleted:
        return None
    try:
        return PartBody.model_validate_json(row.body)
    except ValueError:
        return None
