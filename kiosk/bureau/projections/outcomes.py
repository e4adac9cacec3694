"""What became of places: a part that came back to any kiosk, and who came by himself, as a desk was told.

A part may be told before its place: the kiosk that gave the slip out is in the dark. Then it waits here, and
moves the place when that is told. The hall that gave the slip out is told what its part says.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, select

from kiosk.bureau.feeds import hall_scope
from kiosk.bureau.met import mark_due
from kiosk.bureau.outcome_tables import arrival, returned_part
from kiosk.bureau.problems import NotApplicable
from kiosk.bureau.projections.ground import Ground
from kiosk.bureau.rows import add, change, put
from kiosk.bureau.tables import kiosk, placement, stream
from kiosk.domain.clock import hall_day
from kiosk.domain.outcomes import Outcome, after_arrival, after_return
from kiosk.domain.placements import PlacementState
from kiosk.messages.events import ArrivalConfirmed, PlaceTaken, SlipReturned
from kiosk.messages.part_bodies import PartBody
from kiosk.statements import Row, Statement

_SAME_SLIP = timedelta(days=180)
"""A slip number bears no year, and clocks of dark kiosks differ: nearer than this, it is the slip."""

_PLACE = [placement.c[name] for name in ("id", "worker", "state", "taken_at", "stream")]
_OF_SLIP = Statement(
    select(*_PLACE).where(placement.c.slip == bindparam("slip")).order_by(placement.c.taken_at.desc())
)
_BY_ID = Statement(select(*_PLACE).where(placement.c.id == bindparam("id")))
_STATION = Statement(
    select(kiosk.c.station)
    .join_from(stream, kiosk, kiosk.c.id == stream.c.kiosk)
    .where(stream.c.id == bindparam("stream"))
)
WAITING = select(returned_part).where(
    returned_part.c.slip == bindparam("slip"), returned_part.c.placement.is_(None)
)
"""The parts of a `slip` that were told before its place."""
_WAITING = Statement(WAITING.order_by(returned_part.c.read_at, returned_part.c.stream, returned_part.c.seq))


def note_part(ground: Ground, body: SlipReturned) -> None:
    """Keep what an employer's part says, and move its place on where that is known."""
    places = _OF_SLIP.all(ground.connection, {"slip": body.slip})
    place = next((row for row in places if _is_slip_of(row.taken_at, body.day)), None)
    facts = body.model_dump(exclude={"placement", "read"})
    told = {"placement": place.id if place else None, "is_keyed": body.read == "keyed"}
    facts |= {**told, "read_at": ground.source.at}
    put(ground.connection, returned_part, ground.key, facts)
    if place is not None:
        _move(ground, place, Outcome(body.outcome))
        _tell(ground, place, ground.source.stream, facts)


def note_place_of_parts(ground: Ground, body: PlaceTaken) -> None:
    """Let parts that were told before their place move it on."""
    waiting = _WAITING.all(ground.connection, {"slip": body.slip})
    for part in waiting:
        place = _BY_ID.first(ground.connection, {"id": body.placement})
        if place is not None and _is_slip_of(place.taken_at, part.day):
            key = {"stream": part.stream, "seq": part.seq}
            change(ground.connection, returned_part, key, {"placement": body.placement})
            _move(ground, place, Outcome(part.outcome))
            _tell(ground, place, part.stream, part._asdict() | {"placement": body.placement})


def note_arrival(ground: Ground, body: ArrivalConfirmed) -> None:
    """Keep who came by himself. Raises NotApplicable for a place that nobody took."""
    place = _BY_ID.first(ground.connection, {"id": body.placement})
    if place is None:
        raise NotApplicable("bureau.refused.unknown_placement")
    add(ground.connection, arrival, {**ground.key, **body.model_dump(exclude={"slip"})})
    _set(ground, place, after_arrival(PlacementState(place.state)), {})


def _move(ground: Ground, place: Row, outcome: Outcome) -> None:
    then = after_return(PlacementState(place.state), outcome)
    # Who was not hired is not asked whether he was paid.
    _set(ground, place, then, {"pay_due_at": None} if outcome is Outcome.NOT_HIRED else {})


def _tell(ground: Ground, place: Row, read_by: str, facts: Mapping[str, object]) -> None:
    """Tell the hall that gave the slip out what its part says, where another kiosk has read it."""
    if ground.is_replay or place.stream == read_by:
        return
    station = _STATION.scalar(ground.connection, {"stream": place.stream})
    told = PartBody.model_validate({name: facts[name] for name in PartBody.model_fields})
    ground.changes.say(hall_scope(str(station)), "part", f"{told.slip}@{told.day}", told)


def _set(ground: Ground, place: Row, then: PlacementState, values: dict[str, object]) -> None:
    change(ground.connection, placement, {"id": place.id}, {"state": then, **values})
    if not ground.is_replay:
        mark_due(ground.connection, [place.worker])


def _is_slip_of(taken_at: datetime, day: date) -> bool:
    return abs(hall_day(taken_at) - day) < _SAME_SLIP
