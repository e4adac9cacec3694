"""Places taken and given back, and the paper that goes with them. TIME-01: the first placement stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, exists, or_, select

from kiosk.bureau.problems import NotApplicable
from kiosk.bureau.projections import hiring, outcomes, papers
from kiosk.bureau.projections.ground import Ground
from kiosk.bureau.quotas import hold, rights_in
from kiosk.bureau.returns import notice_spent_of
from kiosk.bureau.riders import say_rider, take_rider_back
from kiosk.bureau.rows import add, change, put
from kiosk.bureau.same_person import is_same_person
from kiosk.bureau.tables import notice, placement, slip, spent_number
from kiosk.domain.ids import JobId, QuotaId, StreamId, TripId, places_of, seats_of
from kiosk.domain.placements import HELD_STATES, PlacementState, may_follow
from kiosk.messages.events import PlaceGivenBack, PlaceTaken, SlipStateChanged
from kiosk.protocol.quotas import Right
from kiosk.statements import Statement

OVERLAP = "bureau.refused.time_overlap"
PLACED_TWICE = "bureau.notice.placed_twice"
_PLACEMENT = Statement(select(placement).where(placement.c.id == bindparam("id")))
_WITH_SLIP = Statement(
    select(placement, slip.c.year)
    .join_from(placement, slip, slip.c.placement == placement.c.id)
    .where(placement.c.id == bindparam("id"), slip.c.number == bindparam("slip"))
)
_IS_SPENT = or_(
    *(
        (spent_number.c.quota == bindparam(f"{which}_quota"))
        & (spent_number.c.number == bindparam(f"{which}_number"))
        for which in ("first", "last")
    )
)
_OVERLAPPING = (
    select(placement.c.id)
    .where(is_same_person(placement.c.worker))
    .where(placement.c.state.in_([bindparam(None, state.value) for state in HELD_STATES]))
    .where(placement.c.starts < bindparam("ends"), placement.c.ends > bindparam("starts"))
    .limit(1)
)
_HELD = (
    select(spent_number.c.number)
    .join_from(spent_number, placement, placement.c.id == spent_number.c.placement)
    .where(spent_number.c.is_held, placement.c.stream == bindparam("stream"), _IS_SPENT)
)
_FOUND = Statement(
    select(
        _OVERLAPPING.scalar_subquery().label("overlaps"),
        exists(_HELD).label("is_held"),
        exists(hiring.OPEN_FOR).label("is_in_line"),
        exists(outcomes.WAITING).label("has_parts"),
    )
)
"""What a take meets, asked at once. A number may be held by another stream too, behind a restore: it gave
the number back, and only the backup has forgotten that."""


def take_place(ground: Ground, body: PlaceTaken) -> None:
    """Write a placement down. One whose time another one already takes, or took, is a duplicate.

    Accepted order decides, since clocks of dark kiosks prove nothing. A duplicate keeps its numbers until
    its paper is known to be kept out. The worker's capsule and the kiosk's tray both tell.
    """
    person = ground.person(body.worker)
    rights = _rights_of(ground, body)
    found = _found(ground, person, body)
    if found.is_held:
        raise NotApplicable("bureau.refused.number_taken")
    first = found.overlaps
    state = PlacementState.CONFIRMED if body.kind == "dispatch" else PlacementState.PROPOSED
    told_elsewhere = {"placement", "worker", "spent", "education", "educated_on", "due_h", "sign_up", "team"}
    facts = body.model_dump(exclude=told_elsewhere)
    add(
        ground.connection,
        placement,
        {
            **facts,
            **ground.key,
            "id": body.placement,
            "worker": person,
            "taken_at": ground.source.at,
            "state": PlacementState.DUPLICATE if first else state,
            "reason": OVERLAP if first else "",
            "overlaps": first,
            "pay_due_at": _pay_due_at(body),
        },
    )
    _hold_numbers(ground, body, rights)
    _queue_slip(ground, body)
    hiring.note_taken(ground, person, body, is_in_line=found.is_in_line)
    if first:
        ground.tell(OVERLAP)
        _tell_the_first(ground, first)
        papers.keep_out(ground, papers.paper_of(body.slip, ground.source.at), is_over=False)
    elif body.trip and not ground.is_replay:
        say_rider(ground.connection, ground.changes, body.placement)
    if found.has_parts:
        outcomes.note_place_of_parts(ground, body)
    ground.seen(person)


def give_place_back(ground: Ground, body: PlaceGivenBack) -> None:
    """Cancel a placement. Its numbers are free when its paper is kept out or was scanned in, not before."""
    taken = _placement(ground, body.placement)
    if taken.state != PlacementState.DUPLICATE:
        if not may_follow(PlacementState(taken.state), PlacementState.CANCELLED):
            raise NotApplicable("bureau.refused.contradiction")
        _set_state(ground, taken.id, PlacementState.CANCELLED, body.reason)
    papers.release(ground.connection, taken.id)
    if not ground.is_replay:
        take_rider_back(ground.connection, ground.changes, taken.id)
    paper = papers.paper_of(taken.slip, taken.taken_at)
    papers.keep_out(ground, paper, is_over=taken.stream == ground.source.stream)
    ground.seen(taken.worker)


def note_slip(ground: Ground, body: SlipStateChanged) -> None:
    """Keep what is now known of a slip's paper; a firm placement with its paper out is `slip_issued`."""
    found = _WITH_SLIP.all(ground.connection, {"id": body.placement, "slip": body.slip})
    if not found:
        raise NotApplicable("bureau.refused.unknown_placement")
    taken = found[0]
    number, year = papers.paper_of(body.slip, taken.taken_at)
    key = {"number": number, "year": year}
    if year not in {row.year for row in found}:
        raise NotApplicable("bureau.refused.unknown_placement")
    facts = body.model_dump(exclude={"slip", "placement"})
    change(ground.connection, slip, key, {**facts, "changed_at": ground.source.at})
    if body.state == "void" and taken.stream == ground.source.stream:
        papers.note_over(ground, (number, year))
    issued = PlacementState.SLIP_ISSUED
    if body.state == "printed" and may_follow(PlacementState(taken.state), issued):
        _set_state(ground, taken.id, issued, taken.reason)


def _pay_due_at(body: PlaceTaken) -> datetime | None:
    try:
        return None if body.due_h is None else body.ends + timedelta(hours=body.due_h)
    except OverflowError as fault:
        raise ValueError("a payday beyond all calendars") from fault


def _rights_of(ground: Ground, body: PlaceTaken) -> dict[str, Right]:
    """Return what its stream has of each quota that a take spends of.

    Raises NotApplicable where it spends no place of its job or seat of its trip, or a number never granted.
    """
    spent = {item.quota: item.number for item in body.spent}
    needed = {places_of(JobId(body.job))} | ({seats_of(TripId(body.trip))} if body.trip else set())
    if spent.keys() != needed or len(spent) != len(body.spent):
        raise NotApplicable("bureau.refused.numbers_missing")
    rights = rights_in(ground.connection, spent, ground.source.stream)
    for name, number in spent.items():
        right = rights[name]
        # A replay reads of takes whose numbers have come back since.
        if number not in (right.granted if ground.is_replay else right.committed):
            raise NotApplicable("bureau.refused.number_not_granted")
    return rights


def _found(ground: Ground, person: str, body: PlaceTaken) -> Any:  # noqa: ANN401 - a row of a statement
    first, last = body.spent[0], body.spent[-1]
    numbers = {"first_quota": first.quota, "first_number": first.number}
    numbers |= {"last_quota": last.quota, "last_number": last.number}
    asked = {"worker": person, "starts": body.starts, "ends": body.ends, "stream": ground.source.stream}
    return _FOUND.first(ground.connection, {**asked, **numbers, "job": body.job, "slip": body.slip})


def _tell_the_first(ground: Ground, first: str) -> None:
    """Put the placement that stands into its kiosk's tray too: its worker holds two papers now."""
    kept = _placement(ground, first)
    put(ground.connection, notice, {"stream": kept.stream, "seq": kept.seq}, {"reason": PLACED_TWICE})


def _hold_numbers(ground: Ground, body: PlaceTaken, rights: Mapping[str, Right]) -> None:
    for item in body.spent:
        key = {"placement": body.placement, "quota": item.quota}
        add(ground.connection, spent_number, {**key, "number": item.number, "is_held": True})
        name, stream = QuotaId(item.quota), StreamId(ground.source.stream)
        if rights[name].counted is not None and not ground.is_replay:
            notice_spent_of(ground.connection, name, stream)
        hold(ground.connection, name, 1)


def _queue_slip(ground: Ground, body: PlaceTaken) -> None:
    facts = {"state": "queued", "copy_no": 0, "evidence": "", "reason": "", "actor": ""}
    number, year = papers.paper_of(body.slip, ground.source.at)
    key = {"number": number, "year": year, "placement": body.placement}
    add(ground.connection, slip, {**key, **facts, "changed_at": ground.source.at})


def _placement(ground: Ground, name: str) -> Any:  # noqa: ANN401 - a row of a statement
    taken = _PLACEMENT.first(ground.connection, {"id": name})
    if taken is None:
        raise NotApplicable("bureau.refused.unknown_placement")
    return taken


def _set_state(ground: Ground, name: str, state: PlacementState, reason: str) -> None:
    change(ground.connection, placement, {"id": name}, {"state": state, "reason": reason})
