"""Registrations that are one person: told to every kiosk, and minded by all that counts people."""

from __future__ import annotations

from itertools import pairwise

from sqlalchemy import bindparam, select

from kiosk.bureau.feeds import CITY
from kiosk.bureau.merge_tables import merge
from kiosk.bureau.met import mark_due
from kiosk.bureau.problems import NotApplicable
from kiosk.bureau.projections.ground import Ground
from kiosk.bureau.riders import say_rides_of
from kiosk.bureau.rows import add, changed, put
from kiosk.bureau.same_person import is_same_person
from kiosk.bureau.tables import placement
from kiosk.domain.clock import hall_day
from kiosk.domain.placements import HELD_STATES
from kiosk.messages.events import MergeUndone, WorkersMerged
from kiosk.messages.merge_bodies import MergeBody
from kiosk.statements import Statement

CLASH = "bureau.notice.merged_clash"
ERASED = "bureau.refused.merged_erased"
_TOPIC = "merge"
_IS_UNDONE = Statement(select(merge.c.id).where(merge.c.id == bindparam("id"), merge.c.is_undone))
_HELD = Statement(
    select(placement.c.starts, placement.c.ends)
    .where(is_same_person(placement.c.worker))
    .where(placement.c.state.in_([bindparam(None, state.value) for state in HELD_STATES]))
    .where(placement.c.ends > bindparam("now", type_=placement.c.ends.type))
    .order_by(placement.c.starts)
)


def merge_workers(ground: Ground, body: WorkersMerged) -> None:
    """Let two registrations be one person. What was said of either stays as it was said.

    Places of one time that two kiosks gave out in the dark stay both: a person at the desk decides which is
    given back. Raises NotApplicable where somebody was erased since, whose history is not for another card.
    """
    kept, joined = ground.person(body.kept), ground.person(body.joined)
    if not ground.is_replay and any(map(ground.reader.is_forgotten, (body.kept, body.joined, kept, joined))):
        raise NotApplicable(ERASED)
    is_undone = _IS_UNDONE.first(ground.connection, {"id": body.merge}) is not None
    facts = {"kept": kept, "joined": joined, "merged_at": ground.source.at, "merged_by": body.actor}
    put(ground.connection, merge, {"id": body.merge}, {**facts, "is_undone": is_undone})
    if not is_undone and _clashes(ground, kept):
        ground.tell(CLASH)
    _say(ground, body, kept, joined, is_undone=is_undone)


def undo_merge(ground: Ground, body: MergeUndone) -> None:
    """Let a merge count no more, also one that is heard of later: a restored bureau may hear it so."""
    kept, joined = ground.person(body.kept), ground.person(body.joined)
    both = {"kept": kept, "joined": joined, "merged_at": ground.source.at, "merged_by": ""}
    undone = {"is_undone": True, "undone_by": body.actor}
    if changed(ground.connection, merge, {"id": body.merge}, undone) == 0:
        add(ground.connection, merge, {"id": body.merge, **both, **undone})
    _say(ground, body, kept, joined, is_undone=True)


def _say(
    ground: Ground, body: WorkersMerged | MergeUndone, kept: str, joined: str, *, is_undone: bool
) -> None:
    """Tell every kiosk, and let capsules and seats of everybody concerned be told anew."""
    if ground.is_replay:
        return
    told = MergeBody(kept=kept, joined=joined, merged_at=ground.source.at, is_undone=is_undone)
    ground.changes.say(CITY, _TOPIC, body.merge, told)
    today = hall_day(ground.source.received_at)
    mark_due(ground.connection, (kept, joined))
    for side in (kept, joined):
        say_rides_of(ground.connection, ground.changes, side, today)


def _clashes(ground: Ground, person: str) -> bool:
    """Return whether a person, by all of his registrations, holds two places of one time from now on."""
    asked = {"worker": person, "now": ground.source.received_at}
    held = _HELD.all(ground.connection, asked)
    return any(later.starts < earlier.ends for earlier, later in pairwise(held))
