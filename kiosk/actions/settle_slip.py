"""Settle a slip by a person's word: print it again as 补打 n, say that the paper is there, or void it."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from kiosk.actions.compose_slip import mark_copy
from kiosk.actions.faults import Refused
from kiosk.actions.give_back import cancel
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records, SlipRecord, Staff
from kiosk.actions.print_slip import slip_event
from kiosk.actions.record_act import record_act
from kiosk.domain.duties import Act
from kiosk.domain.ids import SlipNumber
from kiosk.domain.placements import PlacementState, may_follow
from kiosk.domain.sentences import Sentence
from kiosk.domain.slips import SlipState, may_become


def reprint_slip(hall: Hall, number: SlipNumber, reason: str, staff: Staff) -> SlipRecord:
    """Queue the same slip once more under the same number, marked 补打 n with who and why.

    Raises Refused also where its words are gone, since its worker was forgotten or asked to be erased.
    """
    with hall.store.writing() as records:
        slip = _settleable(records, number, SlipState.QUEUED)
        if not slip.document:
            raise _not_possible(number)
        copy_no = slip.copy_no + 1
        token = hashlib.sha256(f"{slip.placement}:{copy_no}".encode()).hexdigest()[:8]
        document = mark_copy(slip.document, copy_no, reason, staff.name)
        queued = replace(
            slip,
            state=SlipState.QUEUED,
            copy_no=copy_no,
            document=document,
            token=token,
            changed_at=hall.now(),
        )
        _keep(hall, records, queued, reason, staff, Act.REPRINT_SLIP)
    return queued


def confirm_paper(hall: Hall, number: SlipNumber, staff: Staff) -> None:
    """Close an uncertain slip as printed because an attendant holds the whole paper in hand."""
    with hall.store.writing() as records:
        slip = _settleable(records, number, SlipState.PRINTED)
        printed = replace(slip, state=SlipState.PRINTED, evidence="attendant", changed_at=hall.now())
        _keep(hall, records, printed, "paper_seen", staff, Act.CONFIRM_PAPER)
        placement = records.placements.by_id(slip.placement)
        if placement and may_follow(placement.state, PlacementState.SLIP_ISSUED):
            records.placements.set_state(placement.id, PlacementState.SLIP_ISSUED)


def void_slip(hall: Hall, number: SlipNumber, reason: str, staff: Staff) -> None:
    """Void a slip and cancel its placement; the numbers go back to the bureau, not to the next person here.

    A number given back is handed out again only after its paper is known to be gone, and only the bureau
    decides that.
    """
    with hall.store.writing() as records:
        slip = _settleable(records, number, SlipState.VOID)
        placement = records.placements.by_id(slip.placement)
        if placement is None or not may_follow(placement.state, PlacementState.CANCELLED):
            raise _not_possible(number)
        voided = replace(slip, state=SlipState.VOID, changed_at=hall.now())
        _keep(hall, records, voided, reason, staff, Act.VOID_SLIP)
        cancel(hall, records, placement, reason)


def _settleable(records: Records, number: SlipNumber, then: SlipState) -> SlipRecord:
    slip = records.slips.by_number(number)
    if slip is None or not may_become(slip.state, then):
        raise _not_possible(number)
    return slip


def _not_possible(number: SlipNumber) -> Refused:
    return Refused(Sentence("actions.slip.not_possible", {"number": number}))


def _keep(hall: Hall, records: Records, slip: SlipRecord, reason: str, staff: Staff, act: Act) -> None:
    if not reason.strip():
        raise Refused(Sentence("actions.reason_missing"))
    records.slips.update(slip)
    records.journal.append(slip_event(slip, reason, staff.id), hall.now())
    record_act(hall, records, staff, act, "slip", slip.number, reason)
