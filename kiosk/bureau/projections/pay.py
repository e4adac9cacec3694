"""What workers say about their money: every answer is kept, and the newest one moves the placement on."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from kiosk.bureau.pay_tables import pay_answer
from kiosk.bureau.problems import NotApplicable
from kiosk.bureau.projections.ground import Ground
from kiosk.bureau.rows import change, put
from kiosk.bureau.same_person import ids_of
from kiosk.bureau.tables import placement
from kiosk.domain.paydays import PayAnswer, state_after
from kiosk.domain.placements import PlacementState
from kiosk.messages.events import PayAnswered
from kiosk.statements import Statement

_TAKEN = Statement(select(placement.c.worker, placement.c.state).where(placement.c.id == bindparam("id")))


def note_pay_answer(ground: Ground, body: PayAnswered) -> None:
    """Keep an answer; it moves a placement of the worker, by any registration. Raises NotApplicable else."""
    person = ground.person(body.worker)
    taken = _TAKEN.first(ground.connection, {"id": body.placement})
    if taken is None or taken.worker not in ids_of(ground.connection, person):
        raise NotApplicable("bureau.refused.unknown_placement")
    facts = {"placement": body.placement, "worker": person, "answer": body.answer}
    put(ground.connection, pay_answer, ground.key, {**facts, "answered_at": ground.source.at})
    state = state_after(PlacementState(taken.state), PayAnswer(body.answer))
    change(ground.connection, placement, {"id": body.placement}, {"state": state})
    ground.seen(person)
