"""Give a place back before departure: by its own worker, at any kiosk of the city.

At the kiosk that spent them the numbers stay spent: the bureau alone knows when the paper is gone, and hands
them out again. At another kiosk only the capsule knows the place, so that kiosk remembers for the rest of the
day that it was given back, and the one that made it hears of it with the person's next capsule.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records
from kiosk.actions.print_slip import slip_event
from kiosk.actions.recognise import Recognition
from kiosk.domain.ids import PlacementId
from kiosk.domain.placements import Placement, PlacementState, may_follow
from kiosk.domain.sentences import Sentence
from kiosk.domain.slips import SlipState, may_become
from kiosk.messages.events import PlaceGivenBack, Spent
from kiosk.messages.feed import CapsulePlacement


class Reason(StrEnum):
    """Why somebody gives a place back, each a picture; none of them ever counts against him."""

    ILL = "ill"
    FAMILY = "family"
    TOO_FAR = "too_far"
    PAY = "pay"
    OTHER = "other"


def give_back(hall: Hall, recognition: Recognition, placement: PlacementId, reason: Reason) -> None:
    """Give a place back. One transaction.

    Raises Refused where the work, the way included, has begun, or where the place is not this person's.
    """
    with hall.store.writing() as records:
        own = records.placements.by_id(placement)
        if own is not None:
            _give_back_here(hall, records, recognition, own, reason)
        else:
            _give_back_elsewhere(hall, records, recognition, placement, reason)


def cancel(hall: Hall, records: Records, placement: Placement, reason: str) -> None:
    """Cancel a place that was taken here and say so, in the caller's transaction.

    Its numbers are not handed out again here: only the bureau decides when their paper is gone.
    """
    spent = _let_go(records, placement)
    given_back = PlaceGivenBack(placement=placement.id, slip=placement.slip, spent=spent, reason=reason)
    records.journal.append(given_back, hall.now())


def give_back_here(hall: Hall, records: Records, own: Placement, reason: Reason) -> None:
    """Give back a place that was taken here, in the caller's transaction. Raises Refused like `give_back`."""
    if not may_follow(own.state, PlacementState.CANCELLED):
        raise Refused(Sentence("hiring.not_possible"))
    if own.starts <= hall.now():
        raise Refused(Sentence("hiring.give_back.too_late"))
    if not _void(hall, records, own, reason.value):
        raise Refused(Sentence("hiring.give_back.printing"))
    cancel(hall, records, own, reason.value)


def hear_given_back(hall: Hall, records: Records, recognition: Recognition) -> None:
    """Let go of places taken here that their worker gave back at another kiosk, as his capsule tells."""
    told = recognition.capsule.given_back if recognition.capsule else []
    for name in told:
        placement = records.placements.by_id(PlacementId(name))
        if placement is None or not may_follow(placement.state, PlacementState.CANCELLED):
            continue
        _let_go(records, placement)
        _void(hall, records, placement, "given_back")


def _give_back_here(
    hall: Hall, records: Records, recognition: Recognition, own: Placement, reason: Reason
) -> None:
    if own.worker not in records.merges.ids_of(recognition.worker):
        raise Refused(Sentence("hiring.not_possible"))
    give_back_here(hall, records, own, reason)


def _give_back_elsewhere(
    hall: Hall, records: Records, recognition: Recognition, placement: PlacementId, reason: Reason
) -> None:
    told = _told(records, recognition, placement)
    if told is None:
        raise Refused(Sentence("hiring.not_possible"))
    if told.starts <= hall.now():
        raise Refused(Sentence("hiring.give_back.too_late"))
    records.placements.note_left(placement, recognition.worker, hall.now())
    given_back = PlaceGivenBack(placement=placement, slip=told.slip, spent=[], reason=reason.value)
    records.journal.append(given_back, hall.now())


def _told(records: Records, recognition: Recognition, placement: PlacementId) -> CapsulePlacement | None:
    """Return a place that the capsule tells of and that was not given back here before."""
    if recognition.capsule is None or records.placements.is_left(placement):
        return None
    return next((item for item in recognition.capsule.placements if item.placement == placement), None)


def _void(hall: Hall, records: Records, placement: Placement, reason: str) -> bool:
    """Make a place's slip void, so that no more copies come out; a slip on its way to paper cannot be."""
    slip = records.slips.by_number(placement.slip)
    if slip is None or slip.state is SlipState.VOID:
        return True
    if not may_become(slip.state, SlipState.VOID):
        return False
    voided = replace(slip, state=SlipState.VOID, changed_at=hall.now())
    records.slips.update(voided)
    records.journal.append(slip_event(voided, reason, ""), hall.now())
    return True


def _let_go(records: Records, placement: Placement) -> list[Spent]:
    records.placements.set_state(placement.id, PlacementState.CANCELLED)
    for item in placement.spent:
        records.rights.give_back(item)
    return [Spent(quota=item.quota, number=item.number) for item in placement.spent]
