"""Take the paper of a slip in at the desk: its place is given back, and nobody can board with it any more.

A number that was given back waits until its paper is out of the way. With the paper in hand nothing has to be
waited for: the bureau may hand the number out again as soon as it hears of it.
"""

from __future__ import annotations

from kiosk.actions.faults import Refused
from kiosk.actions.give_back import Reason, give_back_here
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records, Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.duties import Act
from kiosk.domain.ids import SlipNumber
from kiosk.domain.placements import Placement, PlacementState
from kiosk.domain.sentences import Sentence
from kiosk.messages.events import SlipScannedIn

_NOBODYS = frozenset({PlacementState.CANCELLED, PlacementState.DUPLICATE})


def is_nobodys(place: Placement) -> bool:
    """Return whether a place was given back before, or never counted: its paper alone is still about."""
    return place.state in _NOBODYS


def take_slip_in(hall: Hall, slip: SlipNumber, why: Reason, staff: Staff) -> None:
    """Keep a paper that was scanned just now, and give its place back where it still is somebody's.

    Raises Refused for a slip of another kiosk, and as `give_back` does: nothing is kept then.
    """
    with hall.store.writing() as records:
        place = _place(records, slip)
        if not is_nobodys(place):
            give_back_here(hall, records, place, why)
        records.journal.append(SlipScannedIn(slip=slip, actor=staff.id), hall.now())
        record_act(hall, records, staff, Act.GIVE_BACK_FOR, "slip", slip, why.value)


def _place(records: Records, slip: SlipNumber) -> Placement:
    place = records.placements.by_slip(slip)
    if place is None:
        raise Refused(Sentence("hiring.not_possible"))
    return place
